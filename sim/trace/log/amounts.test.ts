import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCents } from '../../base/money.ts';
import { readCents, readMoneyLine } from './amounts.ts';

describe('an amount', () => {
  it('comes back as it was printed, to the cent', () => {
    const cents = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(cents, (value) => {
        expect(readCents(formatCents(value))).toBe(value);
        expect(readCents(`$${formatCents(value)}`)).toBe(value);
      }),
    );
  });

  it.each([
    ['$-62.80', -6_280],
    ['-$62.80', -6_280],
    ['+62.8', 6_280],
    ['4,371.53', 437_153],
    ['$4_371.53,', 437_153],
    ['€12', 1_200],
    ['-0.00', 0],
    ['1e3', 100_000],
    ['645.103068', 64_510.3068],
    ['0.1000000000000000055511151231257827', 10],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('%s is %d cents', (text, value) => {
    expect(readCents(text)).toBe(value);
  });

  it.each(['nan', '$inf', '', '-', '--1', '-$-1', '12..3', 'abc', '90071992547409.92', '1e999'])(
    '%s is none',
    (text) => {
      expect(readCents(text)).toBeUndefined();
    },
  );
});

describe('a line about money', () => {
  it.each([
    [
      '2026-11-22 20:14:51,006 - [DEBUG] -   [XAUUSD.s] Signal #0: Trade executed, PnL=$18.09',
      { kind: 'fill', symbol: 'XAUUSD.s', cents: 1_809 },
    ],
    [
      '[INFO] -   [BTC] Trades: 10, PnL: $-487.68, Exposure: 3.49%, Win Rate: 70.00%',
      { kind: 'metrics', symbol: 'BTC', cents: -48_768 },
    ],
    [
      '  [BTC] Completed: 23 trades, PnL=$1296.28',
      { kind: 'books', symbol: 'BTC', cents: 129_628 },
    ],
    [
      '  [BTC]: Trades=21, PnL=$1751.89, Exposure=6.48, WinRate=76.19%',
      { kind: 'books', symbol: 'BTC', cents: 175_189 },
    ],
    ['  Simulated Total PnL: $4371.53', { kind: 'ledgerTotal', cents: 437_153 }],
    ['  Aggregator Total PnL: $3726.43', { kind: 'aggregatorTotal', cents: 372_643 }],
    ['  Aggregator Total PnL: $nan', { kind: 'unreadable' }],
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
