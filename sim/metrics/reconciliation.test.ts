/** The reconciliation says what is off, since when, and which fills explain it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../check/contract.ts';
import { Judge } from '../check/judge.ts';
import { SIMULATED } from '../check/sources.ts';
import { FACTS } from '../check/testing/judged.ts';
import { BTC, ETH, TraceBuilder, XAU } from '../check/testing/trace-builder.ts';
import { type Reconciliation, ReconciliationFold } from './reconciliation.ts';

const SEED = 127;

function reconciled(trace: TraceBuilder, more: Partial<Facts> = {}): Reconciliation {
  const facts = { ...FACTS, ...more };
  const fold = new ReconciliationFold(facts);
  const judge = new Judge(SIMULATED, facts, [], [fold]);
  for (const segment of trace.segments()) judge.read(segment);
  return fold.finish(judge.book);
}

const amounts = ({ missing }: Reconciliation): string[] => missing.map((one) => one.amount);
const orders = ({ missing }: Reconciliation): number[] => missing.map((one) => one.order);

describe('a reconciliation', () => {
  it('shows ledger, aggregator and difference of every symbol, traded or not', () => {
    const trace = new TraceBuilder().by(BTC).order(1, 2, 17).fill(1, 8_806).metrics(1, 8_806);
    const result = reconciled(trace.total(8_806));
    expect(result.symbols).toEqual([
      {
        symbol: BTC,
        name: 'BTCUSD.s',
        ledger: '88.06',
        aggregator: '88.06',
        difference: '0.00',
        trades: 1,
        wins: 1,
        exposureBp: 17,
      },
      ...[ETH, XAU].map((symbol) => ({
        symbol,
        name: FACTS.symbolNames[symbol],
        ledger: '0.00',
        aggregator: '0.00',
        difference: '0.00',
        trades: 0,
        wins: 0,
        exposureBp: 0,
      })),
    ]);
    expect(result).toMatchObject({
      ledgerTotal: '88.06',
      aggregatorTotal: '88.06',
      difference: '0.00',
      partedAt: undefined,
      missingCount: 0,
      explained: true,
    });
  });

  it('names what came after the last snapshot, and since when the two part', () => {
    const trace = new TraceBuilder().by(BTC).order(1).fill(1, 100).order(2).fill(2, -30);
    trace.metrics(2, 70).at(9).order(3).fill(3, 500).by(ETH).order(4).fill(4, -7);
    const result = reconciled(trace.total(70));
    expect(orders(result)).toEqual([3, 4]);
    expect(amounts(result)).toEqual(['5.00', '-0.07']);
    expect(result).toMatchObject({ difference: '4.93', explained: true });
    expect(result.partedAt).toEqual({ seq: 6, timeUs: 9_000 });
    expect(result.missing[0]?.at).toEqual(result.partedAt);
  });

  it('names the one update that was lost among many that were not', () => {
    const trace = new TraceBuilder().by(BTC);
    let figure = 0;
    for (let order = 1; order <= 50; order++) {
      trace.order(order).fill(order, order * 3);
      if (order === 17) continue;
      figure += order * 3;
      trace.metrics(order, figure);
    }
    const result = reconciled(trace.total(figure));
    expect(orders(result)).toEqual([17]);
    expect(result).toMatchObject({ difference: '0.51', explained: true, missingCount: 1 });
  });

  it('names the executions too many of an order', () => {
    const trace = new TraceBuilder().by(BTC).order(1).fill(1, 40).fill(1, 40).fill(1, 40);
    const result = reconciled(trace.metrics(1, 40).total(40));
    expect(orders(result)).toEqual([1, 1]);
    expect(result.symbols[0]).toMatchObject({ trades: 1, difference: '0.80' });
  });

  it('names updates of the total that another task overwrote at the same instant', () => {
    const trace = new TraceBuilder().by(BTC).order(1).fill(1, 100).by(ETH).order(2).fill(2, 20);
    trace.at(5).by(BTC).metrics(1, 100).by(ETH).metrics(2, 20);
    const result = reconciled(trace.total(20));
    expect(orders(result)).toEqual([1]);
    expect(result).toMatchObject({ difference: '1.00', explained: true });
    expect(result.partedAt).toEqual(result.missing[0]?.at);
  });

  it('names nothing where the amounts do not explain the gap', () => {
    const trace = new TraceBuilder().by(BTC).order(1).fill(1, 100).metrics(1, 100);
    const result = reconciled(trace.at(8).total(30));
    expect(result).toMatchObject({ difference: '0.70', missing: [], explained: false });
    expect(result.partedAt).toEqual({ seq: 3, timeUs: 8_000 });
  });

  it('shows a float to its last digit, and does not call an update missing that only drifts', () => {
    const trace = new TraceBuilder().by(BTC).order(1).fill(1, 10).floatMetrics(1, 0.1);
    trace
      .order(2)
      .fill(2, 20)
      .floatMetrics(2, 0.1 + 0.2)
      .floatTotal(0.1 + 0.2);
    const result = reconciled(trace);
    expect(result.aggregatorTotal).toBe('0.3000000000000000444089209850062616169452667236328125');
    expect(result.difference).toBe('-0.0000000000000000444089209850062616169452667236328125');
    expect(result.missingCount).toBe(0);
    expect(result.partedAt).toEqual({ seq: 4, timeUs: 0 });
  });

  it('counts every missing update and keeps the first hundred', () => {
    const trace = new TraceBuilder().by(BTC);
    for (let order = 1; order <= 5_000; order++) trace.order(order).fill(order, 1);
    const result = reconciled(trace.total(0));
    expect(result.missing).toHaveLength(100);
    expect(result).toMatchObject({ missingCount: 5_000, difference: '50.00' });
  });

  it('sees none missing from an aggregator that adds every fill, in whatever order', () => {
    const fills = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: -1e6, max: 1e6 })));
    fc.assert(
      fc.property(fills, (played) => {
        const trace = new TraceBuilder();
        const figures = [0, 0, 0];
        played.forEach(([symbol, cents], n) => {
          figures[symbol] = (figures[symbol] ?? 0) + cents;
          trace
            .at(n)
            .by(symbol)
            .order(n + 1)
            .fill(n + 1, cents)
            .metrics(n + 1, figures[symbol]);
        });
        const result = reconciled(trace.total(figures.reduce((sum, one) => sum + one, 0)));
        expect(result).toMatchObject({ difference: '0.00', missingCount: 0, partedAt: undefined });
      }),
      { seed: SEED },
    );
  });

  it('names exactly the fills that a snapshot without a flush leaves out', () => {
    const fills = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: -1e6, max: 1e6 })));
    fc.assert(
      fc.property(fills, fc.integer({ min: 1, max: 6 }), (played, every) => {
        const trace = new TraceBuilder();
        const earned = [0, 0, 0];
        const shown = [0, 0, 0];
        const pending: number[][] = [[], [], []];
        played.forEach(([symbol, cents], n) => {
          earned[symbol] = (earned[symbol] ?? 0) + cents;
          pending[symbol]?.push(n + 1);
          trace
            .at(n)
            .by(symbol)
            .order(n + 1)
            .fill(n + 1, cents);
          if ((pending[symbol]?.length ?? 0) < every) return;
          pending[symbol] = [];
          shown[symbol] = earned[symbol];
          trace.metrics(n + 1, shown[symbol]);
        });
        const result = reconciled(trace.total(shown.reduce((sum, one) => sum + one, 0)));
        // A fill that leaves the figure as it was cannot be told from one that is in it.
        const told = orders(result);
        expect(pending.flat()).toEqual(expect.arrayContaining(told));
        expect(result.explained).toBe(true);
        expect(told.length).toBe(pending.flat().length);
      }),
      { seed: SEED },
    );
  });
});

describe('a reconciliation of a log', () => {
  const printed = { printed: true };

  it('takes the printed figures for the ledger and finds the fills after the last snapshots', () => {
    const trace = new TraceBuilder().by(BTC).fill(1, 10_804).metrics(1, 10_803).fill(2, -2_792);
    trace.by(ETH).fill(3, 162_019).metrics(3, 162_019).fill(4, 18_269).fill(5, 13_383);
    trace.books(8_012, BTC).books(193_671, ETH);
    const result = reconciled(trace.total(172_822), printed);
    expect(amounts(result)).toEqual(['-27.92', '182.69', '133.83']);
    expect(result).toMatchObject({ difference: '288.61', explained: true, missingCount: 3 });
    expect(result.symbols[1]).toMatchObject({ ledger: '1936.71', aggregator: '1620.19' });
  });

  it('takes the one final sum where it is printed', () => {
    const result = reconciled(new TraceBuilder().books(500).total(400), printed);
    expect(result).toMatchObject({ ledgerTotal: '5.00', difference: '1.00' });
  });

  it('states nothing that the log does not state', () => {
    const result = reconciled(new TraceBuilder().by(BTC).fill(1, 500), printed);
    expect(result).toMatchObject({ aggregatorTotal: '', difference: '', missingCount: 0 });
    expect(result.symbols[0]).toMatchObject({ ledger: '5.00', aggregator: '', difference: '' });
    expect(result.partedAt).toBeUndefined();
  });
});
