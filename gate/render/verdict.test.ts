/** The verdict's sentence says what was found, what was not, and never more than that. */
import { describe, expect, it } from 'vitest';
import { check, lockStats, NARROW, PLAIN, RICH } from '../testing/samples.ts';
import { type Judged, sentenceOf, splitLines, verdictLines } from './verdict.ts';

function judged(extra: Partial<Judged>): Judged {
  return {
    verdict: 'passed',
    checks: [],
    lock: lockStats(),
    source: 'run',
    reservations: [],
    ...extra,
  };
}

const escaping = judged({
  verdict: 'violated',
  checks: [check('lock.pairing', 'passed'), check('lock.exclusion', 'violated')],
  lock: lockStats({ maxHolders: 3 }),
  source: 'log',
});

describe('the sentence', () => {
  it('says of a passed run that it is no proof', () => {
    expect(sentenceOf(judged({}))).toBe(
      'Passed on this schedule. Never more than 1 holder. Not a proof.',
    );
    expect(sentenceOf(judged({ source: 'log' }))).toContain('Passed on this log.');
  });

  it('says that nobody entered, where nobody did', () => {
    const lock = lockStats({ acquires: 0, releases: 0, maxHolders: 0 });
    expect(sentenceOf(judged({ lock }))).toContain('Nobody entered the critical section.');
  });

  it('sets balanced pairs against overlapping holds', () => {
    expect(sentenceOf(escaping)).toBe(
      'Violated. All 150 pairs balance, yet 149 acquisitions began while another symbol held the ' +
        'lock. At most 3 held at once.',
    );
  });

  it('does not call pairs balanced that are not', () => {
    const lock = lockStats({ releases: 149, maxHolders: 2 });
    const checks = [check('lock.exclusion', 'violated', { count: 1 })];
    expect(sentenceOf({ ...escaping, lock, checks })).toBe(
      'Violated. 150 acquisitions, 149 releases, and 1 acquisition began while another symbol held ' +
        'the lock. At most 2 held at once.',
    );
  });

  it('names another check with its evidence, and the rest by name', () => {
    const checks = [
      check('lock.capacity', 'violated', { required: false }),
      check('pnl.total', 'violated'),
      check('run.throughput', 'violated'),
    ];
    expect(sentenceOf(judged({ verdict: 'violated', checks }))).toBe(
      'Violated. pnl.total: pnl.total speaks Also violated: lock.capacity, run.throughput.',
    );
  });

  it('gives the reasons of an inconclusive outcome, required checks only', () => {
    const checks = [
      check('lock.fifo', 'inconclusive', { required: false }),
      check('lock.pairing', 'inconclusive'),
      check('lock.ownership', 'inconclusive'),
    ];
    const reservations = ['The first 41 % were judged.'];
    expect(sentenceOf(judged({ verdict: 'inconclusive', checks, reservations }))).toBe(
      'Inconclusive. The first 41 % were judged. lock.pairing: lock.pairing speaks ' +
        'Not judged either: lock.ownership.',
    );
  });

  it('stands behind its glyph, coloured, and within the width', () => {
    const [rich = ''] = verdictLines(RICH, escaping);
    expect(rich.startsWith('\u001b[1;31m✘ Violated.\u001b[0m All 150 pairs balance')).toBe(true);
    const narrow = verdictLines(NARROW, escaping);
    expect(narrow[0]).toBe('! Violated. All 150 pairs balance, yet');
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});

describe('the split verdict', () => {
  it('puts the counter of pairs beside the holders', () => {
    expect(splitLines(PLAIN, lockStats({ maxHolders: 3 }), 'violated')).toEqual([
      'Pair counter: 150 = 150, PASS   |   Interlock: violated, 3 holders at once',
    ]);
  });

  it('takes two lines where one is too narrow', () => {
    expect(splitLines(NARROW, lockStats({ releases: 149 }), 'passed')).toEqual([
      'Pair counter: 150 > 149, FAIL',
      'Interlock: passed, never more than 1',
    ]);
  });
});
