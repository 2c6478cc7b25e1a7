/** The walks against closed forms: how many schedules there are is known beforehand. */
import { describe, expect, it } from 'vitest';
import { fifoOracle } from '../kernel/oracle.ts';
import { LOCKS } from '../locks/index.ts';
import { RunEnd } from '../trace/event.ts';
import { EveryOracle, EveryWalk, ReducedWalk } from './exhaustive.ts';
import { partClasses, partSchedules, rangesOf } from './parting.ts';
import { DEFAULT_SEARCH } from './settings.ts';
import { lockSubject } from './lock-subject.ts';
import { seeClasses, seeEvery } from './testing/agreement.ts';
import { type ToyOp, ToySubject } from './testing/toy.ts';
import type { Walk } from './walk.ts';

/** `tasks` tasks of `steps` steps, each of which does `op`. */
function toyOf(tasks: number, steps: number, op: (task: number) => ToyOp[]): ToySubject {
  return new ToySubject({
    tasks: Array.from({ length: tasks }, (_, task) => ({
      daemon: false,
      steps: Array.from({ length: steps }, () => ({ ops: op(task), then: 'go-on' as const })),
    })),
    deadlinesMax: 0,
  });
}

/** How often `parts` numbers of `size` things each can be interleaved. */
function multinomial(parts: number, size: number): number {
  let ways = 1;
  for (let part = 1; part <= parts; part++) {
    for (let n = 1; n <= size; n++) ways = (ways * ((part - 1) * size + n)) / n;
  }
  return Math.round(ways);
}

/** Schedules of a correct lock: who waits cannot step, and a release lets the next one in. */
function lockSchedules(clients: number, rounds: number, steps: number): number {
  interface Client {
    readonly roundsLeft: number;
    /** Steps left of the round, 0 before it; a waiter stands at its second step. */
    readonly left: number;
    readonly waits: boolean;
  }
  const known = new Map<string, number>();
  const count = (all: readonly Client[], queue: readonly number[]): number => {
    const key = JSON.stringify([all, queue]);
    const before = known.get(key);
    if (before !== undefined) return before;
    let ways = 0;
    let over = true;
    all.forEach((client, at) => {
      if (client.waits || client.roundsLeft === 0) return;
      over = false;
      const next = all.map((each) => ({ ...each }));
      const mine = next[at] as { -readonly [key in keyof Client]: Client[key] };
      let waiting = [...queue];
      if (client.left === 0) {
        mine.left = steps - 1;
        mine.waits = queue.length > 0;
        waiting.push(at);
      } else {
        mine.left = client.left - 1;
        if (mine.left === 0) {
          mine.roundsLeft -= 1;
          waiting = waiting.slice(1);
          const [first] = waiting;
          if (first !== undefined) next[first] = { ...(next[first] as Client), waits: false };
        }
      }
      ways += count(next, waiting);
    });
    if (over) ways = 1;
    known.set(key, ways);
    return ways;
  };
  const client: Client = { roundsLeft: rounds, left: 0, waits: false };
  return count(
    Array.from({ length: clients }, () => client),
    [],
  );
}

describe('walking every schedule', () => {
  it.each([
    [2, 1],
    [2, 3],
    [3, 2],
    [4, 1],
    [2, 5],
    [3, 3],
  ])('of %i tasks of %i steps walks each interleaving once', (tasks, steps) => {
    const apart = toyOf(tasks, steps, (task) => [{ kind: 'change', cell: task }]);
    const together = toyOf(tasks, steps, () => [{ kind: 'change', cell: 0 }]);
    const expected = multinomial(tasks, steps);
    expect(seeEvery(apart, 10_000).executions).toBe(expected);
    expect(seeEvery(together, 10_000).executions).toBe(expected);
    // Where all steps depend on each other each schedule is a class.
    expect(seeClasses(together, 10_000).executions).toBe(expected);
  });

  it('meets as few classes as there are orders of the last steps where tasks share nothing', () => {
    const apart = toyOf(3, 3, (task) => [{ kind: 'change', cell: task }]);
    const seen = seeClasses(apart, 10_000);
    expect([seen.executions, seen.cut]).toEqual([6, 0]);
  });

  it('asks about decisions like about anything else', () => {
    const subject = toyOf(2, 1, () => [{ kind: 'decide' }, { kind: 'decide' }]);
    expect(seeEvery(subject, 1_000).executions).toBe(2 * 4 * 4);
  });

  it.each([
    [2, 1, 2, 4],
    [2, 2, 2, 28],
    [3, 1, 2, 30],
    [3, 2, 2, 2_898],
    [4, 1, 2, 336],
    [2, 2, 3, 78],
    [2, 3, 3, undefined],
    [3, 1, 4, undefined],
  ])('of a lock with %i clients, %i rounds, %i steps is as long as counted', (...scope) => {
    const [clients, rounds, steps, known] = scope;
    const expected = lockSchedules(clients, rounds, steps);
    if (known !== undefined) expect(expected).toBe(known);
    const subject = lockSubject(LOCKS.fifo, { clients, rounds, steps });
    const oracle = new EveryOracle();
    let executions = 0;
    do {
      const { violated, end } = subject.attempt(oracle);
      expect([violated.length, end]).toEqual([0, RunEnd.done]);
      executions += 1;
    } while (oracle.advance());
    expect(executions).toBe(expected);
  });

  it('has 330,252 schedules for three clients with three rounds of two steps', () => {
    expect(lockSchedules(3, 3, 2)).toBe(330_252);
  });

  it('begins with the default schedule', () => {
    const subject = lockSubject(LOCKS.fifo, { clients: 3, rounds: 2, steps: 2 });
    const first = subject.attempt(new EveryOracle());
    expect(first.choices.picks).toEqual(subject.attempt(fifoOracle).choices.picks);
  });

  it('leaves choices past its limit at the default and says so', () => {
    const subject = toyOf(2, 3, () => [{ kind: 'change', cell: 0 }]);
    const oracle = new EveryOracle(2);
    let executions = 0;
    do {
      subject.attempt(oracle);
      executions += 1;
    } while (oracle.advance());
    expect([executions, oracle.bounded]).toEqual([4, true]);
  });
});

describe('parts', () => {
  const subject = lockSubject(LOCKS['check-then-act'], { clients: 2, rounds: 2, steps: 2 });

  /** What a walk counts, class by class. */
  function walked(walk: Walk): string[] {
    const keys: string[] = [];
    for (let stride = walk.next(); stride !== undefined; stride = walk.next()) {
      expect(stride.kind).not.toBe('strayed');
      if (stride.kind === 'counted') keys.push(walk.classKey() ?? '');
    }
    return keys;
  }

  it.each([
    ['every schedule', partSchedules, () => new EveryWalk(subject, Infinity)],
    ['every class', partClasses, () => new ReducedWalk(subject, Infinity)],
  ] as const)('of %s are walked once together, in any order', (_, partsOf, whole) => {
    const parting = partsOf(subject, DEFAULT_SEARCH);
    expect(parting.count).toBeGreaterThan(10);
    const keys = Array.from({ length: parting.count }, (__, nth) =>
      walked(parting.walk(parting.count - 1 - nth)),
    );
    expect(keys.flat().sort()).toEqual(walked(whole()).sort());
    expect(keys.filter((part) => part.length > 0).length).toBeGreaterThan(10);
    // Once more, and from another log, where resources have other numbers.
    expect(walked(partsOf(subject, DEFAULT_SEARCH).walk(3))).toEqual(walked(parting.walk(3)));
  });

  it('of a strategy that draws are ranges that begin small and leave nothing out', () => {
    for (const end of [0, 1, 63, 64, 65, 10_000, 1_000_000, 1_000_000_000]) {
      const ranges = rangesOf(end);
      expect(ranges.map(({ begin }) => begin).slice(1)).toEqual(
        ranges.map(({ end: last }) => last).slice(0, -1),
      );
      expect([ranges[0]?.begin, ranges.at(-1)?.end]).toEqual([0, end]);
      expect(ranges.length).toBeLessThan(1_024);
      expect(ranges[0]?.end).toBeLessThanOrEqual(64);
      for (const { begin, end: last } of ranges) {
        expect(last - begin).toBeLessThanOrEqual(64 + begin / 10);
      }
    }
  });
});
