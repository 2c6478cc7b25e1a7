/** The window keeps what surrounds its place, of that resource alone, in bounded memory. */
import { describe, expect, it } from 'vitest';
import { NONE } from '../../sim/index.ts';
import { BARGE, eventsFrom, segmentsFrom, type Step } from '../testing/traces.ts';
import { HoldWindow, type Picture } from './hold-window.ts';

function watch(steps: readonly Step[], aroundSeq: number | undefined): Picture | undefined {
  const window = new HoldWindow(aroundSeq);
  for (const segment of segmentsFrom(steps)) window.read(segment);
  return window.picture();
}

const told = (picture: Picture | undefined) =>
  picture?.spans.map((span) => [span.kind, span.symbol, span.from.seq, span.to?.seq]);

describe('a window of holds', () => {
  it('finds the first overlap by itself, and the same picture where it is told the place', () => {
    const found = watch(BARGE, undefined);
    expect(found?.at).toEqual({ seq: 5, timeUs: 4_000 });
    expect(told(found)).toEqual([
      ['hold', 0, 2, 6],
      ['wait', 1, 3, 4],
      ['hold', 1, 5, 8],
      ['hold', 2, 9, 10],
    ]);
    expect(told(watch(BARGE, 5))).toEqual(told(found));
  });

  it('has no picture where nothing overlaps, or the place never comes', () => {
    const alone: Step[] = [
      [0, 'enter', 0, 1],
      [1, 'exit', 0, 1],
      [1, 'enter', 1, 2],
      [2, 'exit', 1, 2],
    ];
    expect(watch(alone, undefined)).toBeUndefined();
    expect(watch(alone, 99)).toBeUndefined();
  });

  it('leaves out what happens at another resource, its waiters too', () => {
    const beside: Step[] = [[0, 'enter', 2, 8, 1], [0, 'request', 2, 9, 1], ...BARGE.slice(0, 9)];
    const picture = watch(beside, undefined);
    expect(picture?.at.seq).toBe(7);
    expect(picture?.spans.map((span) => span.object)).toEqual([0, 0, 0]);
  });

  it('keeps a hold that never ends open', () => {
    const picture = watch(BARGE.slice(0, 6), undefined);
    expect(told(picture)?.at(-1)).toEqual(['hold', 1, 5, undefined]);
    expect(picture?.to.seq).toBe(5);
  });

  it('is done soon after its place, however long the trace goes on', () => {
    const window = new HoldWindow(2);
    let read = 0;
    for (let hold = 1; !window.done; hold++) {
      for (const event of eventsFrom([
        [hold, 'enter', NONE, hold],
        [hold, 'exit', NONE, hold],
      ])) {
        window.step({ ...event, seq: read++ });
      }
      expect(read).toBeLessThan(1_000);
    }
    expect(read).toBeGreaterThan(10);
    expect(window.picture()?.spans.length).toBeLessThan(20);
  });
});
