import { describe, expect, it } from 'vitest';
import { readMoneyLine } from './money-line.ts';

describe('a line about money', () => {
  it.each([
    [
      '2026-11-22 20:14:51,006 - [DEBUG] -   [XAUUSD.s] Signal #0: Trade executed, PnL=$18.09',
      { kind: 'fill', symbol: 'XAUUSD.s', amount: { cents: 1_809, dollars: undefined } },
    ],
    [
      '[INFO] -   [BTC] Trades: 10, PnL: $-487.68, Exposure: 3.49%, Win Rate: 70.00%',
      { kind: 'metrics', symbol: 'BTC', amount: { cents: -48_768, dollars: undefined } },
    ],
    [
      '  [BTC] Completed: 23 trades, PnL=$1296.28',
      { kind: 'books', symbol: 'BTC', amount: { cents: 129_628, dollars: undefined } },
    ],
    [
      '  [BTC]: Trades=21, PnL=$1751.89, Exposure=6.48, WinRate=76.19%',
      { kind: 'books', symbol: 'BTC', amount: { cents: 175_189, dollars: undefined } },
    ],
    [
      '  Simulated Total PnL: $4371.53',
      { kind: 'ledgerTotal', symbol: '', amount: { cents: 437_153, dollars: undefined } },
    ],
    [
      '  Aggregator Total PnL: $3726.43',
      { kind: 'aggregatorTotal', symbol: '', amount: { cents: 372_643, dollars: undefined } },
    ],
    ['  Aggregator Total PnL: n/a', { kind: 'aggregatorTotal', symbol: '', amount: undefined }],
  ])('says: %s', (text, expected) => {
    expect(readMoneyLine(text)).toEqual(expected);
  });

  it.each([
    'PnL Match: Difference = $0.000000 (< 0.001 threshold)',
    '[INFO] PnL consistency verified, PnL=$3',
    'Trade executed, PnL=$3 without a symbol',
    'Trades: many, PnL: $3',
    '[] Signal #1: Trade executed, PnL=$3',
  ])('says nothing: %s', (text) => {
    expect(readMoneyLine(text)).toBeUndefined();
  });
});
