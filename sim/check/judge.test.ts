/** The judge shows each check what it reads, and never calls passed what was not checked. */
import { describe, expect, it } from 'vitest';
import { EventKind, type EventView } from '../trace/event.ts';
import { eventsOf } from '../trace/segment.ts';
import { CHECKS, checkOf } from './checks/index.ts';
import { type Check, CHECK_IDS, type Finding, type Source, type Verdict } from './contract.ts';
import { Judge, worst } from './judge.ts';
import { EXPLORED, LIVE, LIVE_UNGUARDED, logSource, SIMULATED } from './sources.ts';
import { FACTS } from './testing/judged.ts';
import { BTC, ETH, TraceBuilder } from './testing/trace-builder.ts';

const END = { timeUs: 0, complete: true };

/** A check that remembers what it was shown and ends as it is told. */
function stub(id: Check['id'], reads: Check['reads'], verdict: Verdict, seen: number[]): Check {
  const finding: Finding = { verdict, examined: 1, count: 0, evidence: [], measured: {} };
  const step = (event: EventView): void => void seen.push(event.kind);
  return {
    id,
    claim: '',
    reads,
    needs: [],
    timed: false,
    start: () => ({ findings: { count: 0 }, step, finish: () => finding }),
  };
}

const trade = (): TraceBuilder =>
  new TraceBuilder().by(BTC).acquire(1).order(1).fill(1, 5).giveBack(1).by(ETH).signal(1);

describe('the judge', () => {
  it('shows a check the kinds that it reads, all of them, in order', () => {
    const seen: number[] = [];
    const { fill, exit, signal } = EventKind;
    const judge = new Judge(SIMULATED, FACTS, [
      stub('pnl.total', [signal, exit, fill], 'passed', seen),
    ]);
    for (const segment of trade().segments()) judge.read(segment);
    expect(seen).toEqual([fill, exit, signal]);
  });

  it('shows observers the same, with the book up to date', () => {
    const inside: number[] = [];
    const observer = {
      reads: [EventKind.enter, EventKind.exit],
      step: (_: EventView, book: Judge['book']) => void inside.push(book.locks.of(0).inside.size),
    };
    const judge = new Judge(SIMULATED, FACTS, [], [observer]);
    for (const segment of trade().segments()) judge.read(segment);
    expect(inside).toEqual([1, 0]);
  });

  it('comes to the same by segments and event by event', () => {
    const bySegments = new Judge(SIMULATED, FACTS, CHECKS);
    const trace = trade();
    for (const segment of trace.segments()) bySegments.read(segment);
    const byEvents = new Judge(SIMULATED, FACTS, CHECKS);
    for (const event of eventsOf(trade().segments())) byEvents.step(event);
    expect(byEvents.finish(END)).toEqual(bySegments.finish(END));
  });

  it('lists results in the order of CHECK_IDS, in whatever order the checks come', () => {
    const judge = new Judge(SIMULATED, FACTS, [...CHECKS].reverse());
    expect(judge.finish(END).checks.map((check) => check.id)).toEqual(CHECK_IDS);
  });

  it('says while a trace goes on what is violated by now, and what the end alone shows it not', () => {
    const judge = new Judge(SIMULATED, FACTS, CHECKS);
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).acquire(2);
    expect(judge.violated()).toEqual([]);
    for (const event of eventsOf(trace.segments())) judge.step(event);
    expect(judge.violated()).toEqual(['lock.exclusion']);
    const { checks } = judge.finish(END);
    expect(checks.find(({ id }) => id === 'lock.pairing')?.verdict).toBe('violated');
  });

  it('calls nothing violated that the source does not carry', () => {
    const judge = new Judge(LIVE_UNGUARDED, FACTS, CHECKS);
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).acquire(2);
    for (const event of eventsOf(trace.segments())) judge.step(event);
    expect(judge.violated()).toEqual([]);
    const locks = judge.finish(END).checks.filter(({ id }) => id.startsWith('lock.'));
    expect(locks.length).toBeGreaterThan(0);
    for (const { verdict, required } of locks) {
      expect({ verdict, required }).toEqual({ verdict: 'inconclusive', required: false });
    }
  });

  it('judges by the required checks alone', () => {
    const required = new Set(['lock.fifo', 'lock.bypass'] as const);
    const source: Source = { ...SIMULATED, required };
    const judged = (fifo: Verdict, bypass: Verdict, other: Verdict): Verdict =>
      new Judge(source, FACTS, [
        stub('lock.fifo', [], fifo, []),
        stub('lock.bypass', [], bypass, []),
        stub('run.latency', [], other, []),
      ]).finish(END).verdict;
    expect(judged('passed', 'passed', 'violated')).toBe('passed');
    expect(judged('passed', 'inconclusive', 'violated')).toBe('inconclusive');
    expect(judged('violated', 'inconclusive', 'passed')).toBe('violated');
  });

  it('calls nothing passed where nothing was checked', () => {
    expect(new Judge(SIMULATED, FACTS, []).finish(END).verdict).toBe('inconclusive');
    expect(worst([])).toBe('inconclusive');
  });

  it('keeps the book for a run without checks', () => {
    const judge = new Judge(SIMULATED, FACTS, []);
    for (const segment of trade().segments()) judge.read(segment);
    expect(judge.book.ledger.total).toBe(5);
    expect(judge.book.orders.executedCount).toBe(1);
  });

  it('takes the source that only the end shows', () => {
    const judge = new Judge(SIMULATED, FACTS, [checkOf('lock.exclusion')]);
    const empty = logSource({ carries: new Set(), timed: false });
    expect(judge.finish(END, empty)).toMatchObject({
      verdict: 'inconclusive',
      checks: [{ required: true, verdict: 'inconclusive' }],
    });
  });
});

describe('every check', () => {
  it('stands under its own id, once, with a claim that is a sentence', () => {
    expect(CHECKS.map((check) => check.id)).toEqual(CHECK_IDS);
    for (const check of CHECKS) expect(check.claim).toMatch(/^[A-Z].*\.$/);
  });

  it('begins anew with every start', () => {
    for (const check of CHECKS) expect(check.start(FACTS)).not.toBe(check.start(FACTS));
  });
});

describe('a source', () => {
  it('of a run carries everything and requires everything', () => {
    for (const source of [SIMULATED, LIVE]) {
      expect([...source.carries]).toHaveLength(Object.keys(EventKind).length);
      expect([...source.required]).toEqual(CHECK_IDS);
    }
  });

  it('of an exploration requires all but what only durations decide', () => {
    const left = CHECK_IDS.filter((id) => !EXPLORED.required.has(id));
    const byDuration = ['lock.capacity', 'run.concurrency', 'run.throughput', 'run.latency'];
    expect(left).toEqual(byDuration);
  });

  it.each([
    ['lock lines alone', [], false, []],
    ['times on every lock line', [], true, ['lock.capacity']],
    ['a state error', [EventKind.socketError], false, ['socket.alternation']],
    ['totals', [EventKind.total, EventKind.books], false, ['pnl.total']],
    ['a total and nothing to compare it with', [EventKind.total], false, []],
  ])('of a log with %s requires what that shows', (_, carries, timed, more) => {
    const { required } = logSource({ carries: new Set(carries), timed });
    const always = ['lock.pairing', 'lock.exclusion', 'lock.ownership'];
    expect([...required].sort()).toEqual([...always, ...more].sort());
  });

  it('of a log with a final sum that is no number requires the sums to agree', () => {
    const { required } = logSource({ carries: new Set(), timed: false, unreadTotal: true });
    expect(required.has('pnl.total')).toBe(true);
  });
});
