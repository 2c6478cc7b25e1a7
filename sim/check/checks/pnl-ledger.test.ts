/** pnl.ledger catches books that say anything else than the executions. */
import { describe, expect, it } from 'vitest';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { pnlLedger } from './pnl-ledger.ts';

const executed = (): TraceBuilder =>
  new TraceBuilder().by(BTC).order(1).fill(1, 10_007).by(ETH).order(2).fill(2, -27);

describeCheck(pnlLedger, () => executed().books(10_007, BTC).books(-27, ETH).books(9_980));

describe('pnl.ledger', () => {
  it('names whose books are off, and by how much', () => {
    const result = judged(pnlLedger, executed().books(10_014, BTC).books(-27, ETH).books(9_987));
    expect(result).toMatchObject({ verdict: 'violated', examined: 3, count: 2 });
    expect(result.measured).toEqual({ ledger: '99.80', executions: 2 });
    expect(texts(result)).toEqual([
      'The books of BTCUSD.s say 100.14, its executions (1) add up to 100.07: 0.07 apart.',
      'The books of the account say 99.87, its executions (2) add up to 99.80: 0.07 apart.',
    ]);
  });

  it('compares books with what was executed until then', () => {
    const trace = executed().books(9_980).by(BTC).order(3).fill(3, 20).books(10_000);
    expect(judged(pnlLedger, trace)).toMatchObject({ verdict: 'passed', examined: 2 });
  });

  it('counts an order that was executed twice twice, because the money moved twice', () => {
    expect(judged(pnlLedger, executed().by(ETH).fill(2, -27).books(-54, ETH)).verdict).toBe(
      'passed',
    );
  });

  it('cannot tell where there were executions and no books', () => {
    const result = judged(pnlLedger, executed());
    expect(result.verdict).toBe('inconclusive');
    expect(texts(result)).toEqual([
      'The executions (2) add up to 99.80, and the gateway showed no books.',
    ]);
  });
});
