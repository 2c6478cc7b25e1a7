/**
 * The gallery's Python does what its cards say: each wrong side has its defect, each right one has
 * not, seen by running both.
 *
 * On a clock of their own (virtual_loop.py), so that no figure depends on the machine. `said` is
 * what became of each task, "waits" one that waits for ever; `inside` how many were in the critical
 * section at once.
 */
import { describe, expect, it } from 'vitest';
import { codeOf, type Snippet } from '../../web/gallery/python/pair.ts';
import { pythonPair, THEMES } from '../../web/gallery/python/pairs.ts';
import { spansOf } from '../../web/gallery/python/spans.ts';
import { type Findings, runSnippets, type Sides } from './run-snippets.ts';

const ALL_DONE = ['done', 'done', 'done'];
const BOTH_DONE = ['done', 'done'];
const EXCLUDES = { said: ALL_DONE, inside: 1 };
const BTC_TWICE_FIRST = ['BTCUSD.s', 'BTCUSD.s', 'ETHUSD.s'];

/** What the scenes see, by the name of the defect. */
const SEEN: Readonly<Record<string, Sides<unknown>>> = {
  'reference-as-claimed': {
    wrong: { ...EXCLUDES, seconds: 2.5 },
    right: { ...EXCLUDES, seconds: 0.9 },
  },
  'escaping-lock': {
    wrong: { said: ['done', 'EFSM', 'EFSM'], inside: 2 },
    right: EXCLUDES,
  },
  'lock-per-symbol': {
    wrong: { said: ['done', 'EFSM', 'EFSM'], inside: 2 },
    right: EXCLUDES,
  },
  'lease-expires': {
    wrong: { said: ['TimeoutError', 'EFSM', 'EFSM'], inside: 2 },
    right: EXCLUDES,
  },
  'double-release': { wrong: { said: ALL_DONE, inside: 2 }, right: EXCLUDES },
  'crossed-locks': {
    wrong: { said: ['waits', 'waits'], total: '0' },
    right: { said: BOTH_DONE, total: '2.00' },
  },
  'lost-wakeup': { wrong: { said: ['done', 'waits'] }, right: { said: BOTH_DONE } },
  'barging-lock': {
    wrong: { said: BOTH_DONE, entered: BTC_TWICE_FIRST },
    right: { said: BOTH_DONE, entered: ['BTCUSD.s', 'ETHUSD.s', 'BTCUSD.s'] },
  },
  'lost-on-error': {
    wrong: { said: ['waits', 'waits', 'waits'], held: true },
    right: { said: ALL_DONE, held: false },
  },
  'no-lock': { wrong: { said: ['EFSM'], inside: 2 }, right: { said: ['done'], inside: 1 } },
  'heartbeat-shares-socket': {
    wrong: { said: ['done', 'EFSM'], inside: 2 },
    right: { said: ['done', 'waits'], inside: 1 },
  },
  'timeout-leaves-efsm': {
    wrong: { said: ['TimeoutError', 'EFSM', 'EFSM'] },
    right: { said: ['TimeoutError', 'done', 'done'] },
  },
  'announced-wait': {
    wrong: { said: ['TimeoutError'], seconds: 7.5 },
    right: { said: ['TimeoutError'], seconds: 1.2 },
  },
  'timeouts-count': {
    wrong: { asked: 100, counted: 98, 'p99 ms': 3 },
    right: { asked: 100, counted: 100, 'p99 ms': 200 },
  },
  'retry-duplicates-order': {
    wrong: { deal: 'BTCUSD.s-1', fills: { 'BTCUSD.s-1': 3 } },
    right: { deal: 'BTCUSD.s-1', fills: { 'BTCUSD.s-1': 1 } },
  },
  'timer-pump-gateway': {
    wrong: { 'latency ms at most': 990 },
    right: { 'latency ms at most': 0 },
  },
  'timer-pump-gateway-four-clients': {
    wrong: { 'latency ms at most': 4_000 },
    right: { 'latency ms at most': 0 },
  },
  'books-forget-commission': { wrong: { difference: '0.14' }, right: { difference: '0.00' } },
  'snapshot-gap': {
    wrong: { ledger: '147.00', aggregator: '135.00' },
    right: { ledger: '147.00', aggregator: '147.00' },
  },
  'float-drift': { wrong: { equal: false }, right: { equal: true } },
  'lost-update': {
    wrong: { ledger: '3.00', aggregator: '1.00' },
    right: { ledger: '3.00', aggregator: '3.00' },
  },
  'shared-slot': {
    wrong: { figures: ['1.00', '1.00', '1.00'], total: '1.00' },
    right: { figures: ['1.00', '0', '0'], total: '1.00' },
  },
  'breaker-blocks-close': {
    wrong: { open: [false, false], ill: [false, false] },
    right: { open: [false, true], ill: [false, true] },
  },
  'limit-blocks-close': {
    wrong: { OPEN: false, CLOSE: false },
    right: { OPEN: false, CLOSE: true },
  },
  // Orders sent after a query that failed, one that found nothing, one that found a position.
  'failed-query-reads-flat': { wrong: { sent: [1, 1, 0] }, right: { sent: [0, 1, 0] } },
  'exposure-ignored': { wrong: { sent: 5 }, right: { sent: 2 } },
  'breaker-ignored': {
    wrong: { sent: 10, 'sent when cool': 1 },
    right: { sent: 3, 'sent when cool': 1 },
  },
};

/** What the scenes of the races see when two are far apart, which both sides show, and meeting. */
const RACES_SEEN: Readonly<Record<string, Sides<unknown> & { readonly apart: unknown }>> = {
  'flag-race': {
    apart: { said: BOTH_DONE, inside: 1 },
    wrong: { said: BOTH_DONE, inside: 2 },
    right: { said: BOTH_DONE, inside: 1 },
  },
  'wake-up-race': {
    apart: { said: BOTH_DONE, inside: 1 },
    wrong: { said: ['done', 'waits'], inside: 1 },
    right: { said: BOTH_DONE, inside: 1 },
  },
  'hand-over-race': {
    apart: { said: BOTH_DONE, entered: BTC_TWICE_FIRST },
    wrong: { said: BOTH_DONE, entered: BTC_TWICE_FIRST },
    right: { said: BOTH_DONE, entered: ['BTCUSD.s', 'ETHUSD.s', 'BTCUSD.s'] },
  },
  'time-out-race': {
    apart: EXCLUDES,
    wrong: { said: ['done', 'TimeoutError', 'waits'], inside: 1 },
    right: { said: ['done', 'TimeoutError', 'done'], inside: 1 },
  },
  'withdrawal-race': {
    apart: EXCLUDES,
    // The holder that was pushed out finds its lock given back already.
    wrong: { said: ['done', 'TimeoutError', 'RuntimeError'], inside: 2 },
    right: { said: ['done', 'TimeoutError', 'done'], inside: 1 },
  },
  'lease-race': {
    apart: { said: BOTH_DONE, inside: 1 },
    wrong: { said: BOTH_DONE, inside: 2 },
    right: { said: BOTH_DONE, inside: 1 },
  },
  'lock-order-race': {
    apart: { said: BOTH_DONE, total: '2.00' },
    wrong: { said: ['waits', 'waits'], total: '0' },
    right: { said: BOTH_DONE, total: '2.00' },
  },
  'heartbeat-race': {
    apart: { said: ['done', 'waits'], inside: 1 },
    wrong: { said: ['done', 'EFSM'], inside: 2 },
    right: { said: ['done', 'waits'], inside: 1 },
  },
  'split-update-race': {
    apart: { ledger: '2.00', aggregator: '2.00' },
    wrong: { ledger: '2.00', aggregator: '1.00' },
    right: { ledger: '2.00', aggregator: '2.00' },
  },
};

const NAMES = THEMES.flatMap((theme) => Object.keys(theme));
const PAIRS = NAMES.map((name) => {
  const pair = pythonPair(name);
  if (pair === undefined) throw new Error(`expected a pair of that name, got ${name}`);
  return [name, pair] as const;
});

/** Where a snippet's strings and comments are, in the form in which Python tells it. */
function spansIn({ lines }: Snippet): unknown[] {
  return lines.flatMap((line, at) => {
    let column = 0;
    return spansOf(line).flatMap(({ kind, text }) => {
      const from = column;
      column += text.length;
      return kind === 'code' ? [] : [[at + 1, from, column, kind]];
    });
  });
}

function answerOf(findings: Findings, name: string): Findings['answers'][string] {
  const answer = findings.answers[name];
  if (answer === undefined) throw new Error(`expected an answer of Python for ${name}`);
  return answer;
}

describe('the Python of the gallery, in Python', () => {
  const findings = runSnippets(
    Object.fromEntries(
      PAIRS.map(([name, { wrong, right }]) => [
        name,
        { wrong: codeOf(wrong), right: codeOf(right) },
      ]),
    ),
  );

  it('has a scene for every pair, and none else', () => {
    expect(NAMES.length).toBeGreaterThan(30);
    expect([...findings.scenes].sort()).toEqual([...NAMES].sort());
    expect([...Object.keys(SEEN), ...Object.keys(RACES_SEEN)].sort()).toEqual([...NAMES].sort());
  });

  it.each(PAIRS)('%s: parses, uses only names that it may, and is dimmed rightly', (name, pair) => {
    const { wrong, right } = answerOf(findings, name);
    expect(wrong.unknown).toEqual([]);
    expect(right.unknown).toEqual([]);
    expect(spansIn(pair.wrong)).toEqual(wrong.spans);
    expect(spansIn(pair.right)).toEqual(right.spans);
  });

  it.each(Object.entries(SEEN))('%s: the wrong side fails, the right one passes', (name, seen) => {
    const { wrong, right } = answerOf(findings, name);
    expect(seen.wrong).not.toEqual(seen.right);
    expect(wrong.found).toEqual(seen.wrong);
    expect(right.found).toEqual(seen.right);
  });

  it.each(Object.entries(RACES_SEEN))(
    '%s: both pass apart; meeting, the wrong side fails and the right one passes',
    (name, { apart, wrong, right }) => {
      const answer = answerOf(findings, name);
      expect(wrong).not.toEqual(right);
      expect(answer.wrong.found).toEqual({ apart, meeting: wrong });
      expect(answer.right.found).toEqual({ apart, meeting: right });
    },
  );

  it('is told where it is no Python, or uses a name out of nowhere', () => {
    const sides = (wrong: string) => ({ x: { wrong, right: 'pass\n' } });
    expect(() => runSnippets(sides('async def f(:\n'))).toThrow('SyntaxError');
    const { unknown, found } = answerOf(runSnippets(sides('x = y + asincio\n')), 'x').wrong;
    expect(unknown).toEqual(['asincio', 'y']);
    expect(found).toBeNull();
  });
});
