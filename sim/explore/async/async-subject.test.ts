/** Locks on promises of ours: what is wrong with them is found, and what is right is proved. */
import { describe, expect, it } from 'vitest';
import { Search } from '../search.ts';
import { Shrink } from '../shrink.ts';
import { replay } from '../replay.ts';
import { scheduleOf } from '../schedule.ts';
import { asyncTarget } from './async-target.ts';
import { AsyncLockSubject, type AsyncWorld, ForeignLockError } from './async-subject.ts';
import { Jobs } from './jobs.ts';
import { promiseClass } from './promise-class.ts';
import { type Timer, Timers } from './timers.ts';

type Make = (world: { readonly type: PromiseConstructor; readonly timers: Timers }) => unknown;

function worldOf(make: Make): AsyncWorld {
  const jobs = new Jobs();
  const timers = new Timers();
  const promise = promiseClass(jobs);
  const type = promise as unknown as PromiseConstructor;
  return { jobs, timers, promise, make: () => make({ type, timers }) };
}

const SCOPE = { clients: 3, rounds: 2 };
const FIFO = { kind: 'fifo' } as const;

function search(make: Make, scope = SCOPE, stopAtFirst = true) {
  const subject = new AsyncLockSubject(worldOf(make), { name: 'own', scope, fairness: FIFO });
  const searching = new Search(subject, { strategy: 'exhaustive', stopAtFirst });
  while (searching.advance(1_000));
  return searching.result();
}

/** A queue of waiters; `take` says which of them is next. */
function queue(take: (waiting: (() => void)[]) => (() => void) | undefined): Make {
  return ({ type }) => {
    const waiting: (() => void)[] = [];
    let held = false;
    return {
      acquire: () => {
        if (held) return new type<void>((admit) => waiting.push(admit));
        held = true;
        return undefined;
      },
      release: () => {
        const next = take(waiting);
        if (next === undefined) held = false;
        else next();
      },
    };
  };
}

const correct = queue((waiting) => waiting.shift());

/** Each waits a job between looking and taking. */
const checkThenAct: Make = ({ type }) => {
  let held = false;
  return {
    acquire: () => {
      if (held) return type.reject(new Error('held'));
      return type.resolve().then(() => {
        held = true;
      });
    },
    release: () => {
      held = false;
    },
  };
};

describe('a lock on stepped promises', () => {
  it('is proved where it is right, for the scope that is printed', () => {
    const result = search(correct);
    expect(result).toMatchObject({ conclusion: 'proved', complete: true, violations: [] });
    expect(result.scope).toMatch(/^3 clients, 2 rounds each; one atomic step is one turn/);
  });

  it.each([
    ['lets in who came last', queue((waiting) => waiting.pop()), 'lock.fifo'],
    ['forgets a waiter', queue((waiting) => void waiting.shift()), 'lock.lost-wakeup'],
    ['lets everybody in', () => ({ run: (section: () => unknown) => section() })],
    ['looks and takes later', checkThenAct],
  ])('is refuted where it %s', (_, make, check = 'lock.exclusion') => {
    const { conclusion, findings } = search(make);
    expect(conclusion).toBe('violated');
    expect(findings[0]?.violated).toContain(check);
    expect(findings[0]?.reproduced).toBe(true);
  });

  it('needs two clients in one turn for a race between two jobs', () => {
    const { findings } = search(checkThenAct);
    const subject = new AsyncLockSubject(worldOf(checkThenAct), {
      name: 'own',
      scope: SCOPE,
      fairness: FIFO,
    });
    const picks = findings[0]?.picks ?? [];
    const again = replay(subject, scheduleOf(picks));
    if (again.kind === 'error') throw new Error(again.error.message);
    const { choices } = again.value;
    expect(picks.some((pick, at) => pick > 0 && choices.kind(at) === 'choose')).toBe(true);
  });

  it('is the same in each execution, whatever came before', () => {
    const subject = new AsyncLockSubject(worldOf(correct), {
      name: 'own',
      scope: SCOPE,
      fairness: FIFO,
    });
    const oracle = { chooseNext: () => 1, choose: (count: number) => count - 1 };
    const first = subject.attempt(oracle);
    for (let n = 0; n < 5; n++) expect(subject.attempt(oracle).digest).toBe(first.digest);
  });

  it('shrinks to fewer clients and a 1-minimal schedule that replays', () => {
    const target = asyncTarget(worldOf(checkThenAct), {
      name: 'own',
      scope: SCOPE,
      fairness: FIFO,
    });
    const searching = new Search(target.subject, { strategy: 'random' });
    while (searching.advance(1_000));
    const found = replay(target.subject, scheduleOf(searching.result().findings[0]?.picks ?? []));
    if (found.kind === 'error') throw new Error(found.error.message);
    const shrinking = new Shrink(target, found.value, 'lock.exclusion');
    while (shrinking.advance(100));
    const { minimal, target: smallest, schedule, attempt } = shrinking.result();
    expect(minimal).toBe(true);
    expect(smallest.value).toEqual({ clients: 2, rounds: 1 });
    const again = replay(smallest.subject, schedule);
    expect(again).toMatchObject({ kind: 'ok', value: { digest: attempt.digest } });
  });

  it.each([
    ['nothing', undefined, /got undefined/],
    ['an object with other names', { lock: () => undefined }, /an object with lock/],
    ['acquire alone, without a way back', { acquire: () => 5 }, /got number and no release/],
  ])('is refused where it is %s', (_, lock, message) => {
    const act = () => search(() => lock);
    expect(act).toThrow(ForeignLockError);
    expect(act).toThrow(message);
  });

  it('is not judged where a turn never ends', () => {
    const { conclusion, unsettled } = search(({ type }) => ({
      acquire: () => {
        const spin = (): Promise<unknown> => type.resolve().then(spin);
        return spin();
      },
      release: () => undefined,
    }));
    expect(conclusion).not.toBe('proved');
    expect(unsettled).toBeDefined();
  });
});

describe('timers', () => {
  const enabled = (timers: Timers): Timer[] => {
    const list: Timer[] = [];
    timers.addEnabled(list);
    return list;
  };
  const nothing = (): void => undefined;

  it('fire at any time, but not before an earlier one that is as short', () => {
    const timers = new Timers();
    const long = timers.set('timeout', nothing, 100);
    const short = timers.set('timeout', nothing, 10);
    const same = timers.set('timeout', nothing, 10);
    expect(enabled(timers)).toEqual([short, long]);
    timers.fire(short);
    expect(enabled(timers)).toEqual([same, long]);
    timers.fire(long);
    expect(timers.nowUs).toBe(100_000);
    timers.clear(same);
    expect(enabled(timers)).toEqual([]);
  });

  it('repeat until they are cleared, by themselves or by their number', () => {
    const timers = new Timers();
    const every = timers.set('interval', nothing, 5);
    timers.fire(every);
    timers.fire(every);
    expect(timers.nowUs).toBe(10_000);
    timers.clear(Number(every));
    expect(enabled(timers)).toEqual([]);
  });
});
