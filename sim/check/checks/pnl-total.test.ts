/** pnl.total catches every cent, and every bit, that the aggregator is off by. */
import { describe, expect, it } from 'vitest';
import { EventKind, RunEnd } from '../../trace/event.ts';
import { describeCheck, FACTS, judged, judgedAsLog, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder, XAU } from '../testing/trace-builder.ts';
import { pnlTotal } from './pnl-total.ts';

const earned = (): TraceBuilder =>
  new TraceBuilder().by(BTC).order(1).fill(1, 145_966).by(ETH).order(2).fill(2, -27);

describeCheck(pnlTotal, () => earned().total(145_939));

describe('pnl.total', () => {
  it('measures ledger, aggregator and difference, with the reference’s threshold beside them', () => {
    expect(judged(pnlTotal, earned().total(145_939)).measured).toEqual({
      ledger: '1459.39',
      aggregator: '1459.39',
      difference: '0.00',
      tolerance: '0.00',
      referenceThreshold: '0.001',
      withinReference: 'yes',
    });
  });

  it('catches one cent', () => {
    const result = judged(pnlTotal, earned().total(145_938));
    expect(result).toMatchObject({ verdict: 'violated', examined: 1, count: 1 });
    expect(result.measured).toMatchObject({ difference: '0.01', withinReference: 'no' });
    expect(texts(result)).toEqual([
      'The aggregator ends at 1459.38, the ledger at 1459.39: 0.01 apart, where 0.00 is allowed.',
    ]);
  });

  it('catches a float that is not equal, and shows all its digits', () => {
    const result = judged(pnlTotal, earned().floatTotal(1459.39));
    expect(result.verdict).toBe('violated');
    expect(result.measured).toMatchObject({
      aggregator: '1459.390000000000100044417195022106170654296875',
      difference: '-0.000000000000100044417195022106170654296875',
      withinReference: 'yes',
    });
  });

  it('lets a float pass that is the amount exactly', () => {
    const trace = new TraceBuilder().by(BTC).order(1).fill(1, 150).floatTotal(1.5);
    expect(judged(pnlTotal, trace).verdict).toBe('passed');
  });

  it.each([NaN, Infinity])('catches a total of %s', (total) => {
    expect(judged(pnlTotal, earned().floatTotal(total)).verdict).toBe('violated');
  });

  it('allows what the scenario allows, and no more', () => {
    const facts = { thresholds: { ...FACTS.thresholds, toleranceCents: 5 } };
    expect(judged(pnlTotal, earned().total(145_934), { facts }).verdict).toBe('passed');
    expect(judged(pnlTotal, earned().total(145_933), { facts }).verdict).toBe('violated');
  });

  it('cannot tell where the aggregator never stated its total, or was not done', () => {
    const silent = judged(pnlTotal, earned());
    expect(silent.verdict).toBe('inconclusive');
    expect(texts(silent)).toEqual([
      'The aggregator never stated its total, so nothing can be compared with 1459.39.',
    ]);
    const stuck = judged(pnlTotal, earned().total(9).end(RunEnd.stuck));
    expect(stuck.verdict).toBe('inconclusive');
    expect(texts(stuck)).toEqual([
      'The trace ended before the aggregator was done: it stands at 0.09, the ledger at 1459.39.',
    ]);
  });
});

describe('pnl.total of a log', () => {
  const CARRIES = [EventKind.books, EventKind.total];
  const printed = (total: number): TraceBuilder =>
    new TraceBuilder().books(104_412, BTC).books(193_671, ETH).books(139_070, XAU).total(total);

  it('lets rounding explain half a cent for each printed amount', () => {
    expect(judgedAsLog(pnlTotal, printed(437_155), CARRIES)).toMatchObject({
      verdict: 'passed',
      required: true,
    });
    expect(judgedAsLog(pnlTotal, printed(437_156), CARRIES).verdict).toBe('violated');
  });

  it('names the line and the gap', () => {
    const result = judgedAsLog(pnlTotal, printed(372_643), CARRIES);
    expect(result.measured).toMatchObject({ difference: '645.10', tolerance: '0.02' });
    expect(texts(result)).toEqual([
      'The aggregator prints 3726.43 in line 4, but the final figures of the symbols add up to 4371.53: ' +
        '645.10 apart, where rounding explains 0.02.',
    ]);
  });

  it('takes the one final sum where no symbol’s is printed', () => {
    const trace = new TraceBuilder().books(437_153).total(372_643);
    expect(judgedAsLog(pnlTotal, trace, CARRIES).measured).toMatchObject({ tolerance: '0.01' });
  });

  it('is not required where no totals are printed', () => {
    const result = judgedAsLog(pnlTotal, new TraceBuilder().by(BTC).enter(1).exit(1));
    expect(result).toMatchObject({ verdict: 'inconclusive', required: false });
  });
});
