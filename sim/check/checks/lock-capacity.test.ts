/** lock.capacity catches holds that last longer together than the clock ran. */
import { describe, expect, it } from 'vitest';
import { describeCheck, judged, judgedAsLog, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { lockCapacity } from './lock-capacity.ts';

const backToBack = (): TraceBuilder =>
  new TraceBuilder().at(1).by(BTC).enter(1).at(4).exit(1).by(ETH).enter(2).at(6).exit(2);

describeCheck(lockCapacity, backToBack);

describe('lock.capacity', () => {
  it('lets exclusive holds fill the span to the last microsecond', () => {
    const { verdict, measured } = judged(lockCapacity, backToBack());
    expect(verdict).toBe('passed');
    expect(measured).toEqual({ heldUs: 5_000, spanUs: 5_000, ratio: '1.00' });
  });

  it('adds up holds and compares them with the span', () => {
    const trace = new TraceBuilder().at(1).by(BTC).enter(1).at(2).by(ETH).enter(2);
    const result = judged(lockCapacity, trace.at(4).by(BTC).exit(1).at(5).by(ETH).exit(2));
    expect(result).toMatchObject({ verdict: 'violated', examined: 2, count: 1 });
    expect(result.measured).toEqual({ heldUs: 6_000, spanUs: 4_000, ratio: '1.50' });
    expect(texts(result)).toEqual([
      '2 holds of the socket last 6 ms together, but only 4 ms passed from the first enter to the ' +
        'last exit: 1.50 times what exclusive use has room for.',
    ]);
  });

  it('counts a hold that never ends neither way', () => {
    const trace = new TraceBuilder().by(BTC).enter(1).at(2).by(ETH).enter(2).at(4).exit(2);
    expect(judged(lockCapacity, trace.at(50))).toMatchObject({ verdict: 'passed', examined: 1 });
  });

  it('judges a log only where every lock line is timed', () => {
    const overlap = (): TraceBuilder =>
      new TraceBuilder().at(1).by(BTC).enter(1).by(ETH).enter(2).at(4).exit(2).by(BTC).exit(1);
    expect(judgedAsLog(lockCapacity, overlap())).toMatchObject({
      verdict: 'violated',
      required: true,
    });
    const untimed = judgedAsLog(lockCapacity, overlap(), undefined, false);
    expect(untimed).toMatchObject({ verdict: 'inconclusive', required: false });
    expect(texts(untimed).at(-1)).toBe(
      'This check compares times, and not every event of the log has one.',
    );
  });

  it('adds up nothing once the clock has run backwards', () => {
    const trace = new TraceBuilder().at(9).by(BTC).enter(1).at(20).exit(1);
    const result = judged(lockCapacity, trace.at(2).by(ETH).enter(2).at(10).exit(2));
    expect(result.verdict).toBe('inconclusive');
    expect(texts(result)).toEqual([
      'The times run backwards at 3, so durations cannot be added up.',
    ]);
  });
});
