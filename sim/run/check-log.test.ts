/** What a log came to: what was not seen, or has no time that means something, is not passed. */
import { describe, expect, it } from 'vitest';
import type { CheckId, CheckResult } from '../check/contract.ts';
import { encodeUtf8 } from '../trace/utf8.ts';
import { LogCheck, type LogResult } from './check-log.ts';

function judge(...lines: readonly string[]): LogResult {
  const check = new LogCheck();
  check.push(encodeUtf8(`${lines.join('\n')}\n`));
  return check.finish(false);
}

function checkOf(result: LogResult, id: CheckId): CheckResult {
  const found = result.checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`expected the check ${id}`);
  return found;
}

const LOCK_CHECKS = ['lock.pairing', 'lock.exclusion', 'lock.ownership'] as const;
const PAIR = ['[ZMQ_LOCK_ACQUIRE] [B] lock_id=1', '[ZMQ_LOCK_RELEASE] [B] lock_id=1'];
const OVERLAP = [
  '[ZMQ_LOCK_ACQUIRE] [A] lock_id=1',
  '[ZMQ_LOCK_ACQUIRE] [B] lock_id=2',
  '[ZMQ_LOCK_RELEASE] [A] lock_id=1',
  '[ZMQ_LOCK_RELEASE] [B] lock_id=2',
];
const at = (second: string, words: string) => `2026-01-18 15:10:${second} ${words}`;

describe('lock lines that cannot be read', () => {
  it('leave the checks of the lock open, with the first line as evidence', () => {
    const result = judge('[ZMQ_LOCK_ACQUIRE] [A]', '[ZMQ_LOCK_RELEASE] lock_id=7', ...PAIR);
    expect(result.verdict).toBe('inconclusive');
    for (const id of LOCK_CHECKS) {
      const { verdict, evidence } = checkOf(result, id);
      expect(verdict, id).toBe('inconclusive');
      expect(evidence.at(-1)?.values, id).toEqual({ count: 2, line: 1 });
    }
    expect(result.checks.filter(({ verdict }) => verdict === 'passed')).toEqual([]);
  });

  it('do not hide a violation', () => {
    const result = judge(...OVERLAP, '[ZMQ_LOCK_ACQUIRE] [A]');
    expect(result.verdict).toBe('violated');
    expect(checkOf(result, 'lock.exclusion').verdict).toBe('violated');
    expect(checkOf(result, 'lock.ownership').verdict).toBe('inconclusive');
  });

  it('are missing from a log that passes', () => {
    expect(judge(...PAIR).verdict).toBe('passed');
  });
});

describe('times', () => {
  const [acquire, release] = PAIR as [string, string];
  const good = [at('41,100', acquire), at('41,200', release)];

  it('are judged and measured where all are in order', () => {
    const result = judge(...good, at('41,300', acquire), at('41,350', release));
    expect(checkOf(result, 'lock.capacity')).toMatchObject({ verdict: 'passed', required: true });
    expect(result.lock.holdUs).toMatchObject({ samples: 2, max: 100_000 });
    expect(result.lock.heldUs).toBe(150_000);
  });

  it.each([
    ['go back a little', [...good, at('41,110', acquire), at('41,210', release)]],
    ['go back far', [...good, at('11,300', acquire), at('11,350', release)]],
    ['are missing once', [...good, acquire, at('41,350', release)]],
    ['are missing', PAIR],
  ])('that %s are neither judged nor measured, and the rest is', (_, lines) => {
    const result = judge(...lines);
    const capacity = checkOf(result, 'lock.capacity');
    expect(capacity).toMatchObject({ verdict: 'inconclusive', required: false });
    expect(result.verdict).toBe('passed');
    const { holdUs, heldUs, perSymbol } = result.lock;
    expect([holdUs.samples, heldUs]).toEqual([0, 0]);
    expect(perSymbol.map((each) => each.holdUs.samples)).toEqual([0]);
    expect(perSymbol.map((each) => each.acquires)).toEqual([lines.length / 2]);
  });
});

describe('final sums', () => {
  const sums = (ledger: string, aggregator: string) =>
    judge(...PAIR, `Simulated Total PnL: $${ledger}`, `Aggregator Total PnL: $${aggregator}`);

  it.each([
    ['5.00', '5.00', 'passed'],
    ['5.00', 'nan', 'violated'],
    ['5.00', '-inf', 'violated'],
    ['5.00', 'none', 'inconclusive'],
    ['nan', '5.00', 'inconclusive'],
    ['inf', 'inf', 'inconclusive'],
    ['?', '?', 'inconclusive'],
  ])('of %s and %s make the log %s', (ledger, aggregator, verdict) => {
    const result = sums(ledger, aggregator);
    expect(checkOf(result, 'pnl.total')).toMatchObject({ verdict, required: true });
    expect(result.verdict).toBe(verdict);
  });

  it('do not pass while one of them is no number, though the others agree', () => {
    const result = judge(
      ...PAIR,
      '[A] Completed: 1 trades, PnL=$nan',
      '[B] Completed: 1 trades, PnL=$5.00',
      'Aggregator Total PnL: $5.00',
    );
    expect(checkOf(result, 'pnl.total').evidence.at(-1)?.values).toEqual({ count: 1, line: 3 });
    expect(result.verdict).toBe('inconclusive');
  });
});
