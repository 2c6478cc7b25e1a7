import { describe, expect, it } from 'vitest';
import { NONE, RunEnd } from '../trace/event.ts';
import { FIRST_DELIVERY, Footprints, NOBODY } from './footprints.ts';
import { Kernel, type KernelOptions } from './kernel.ts';
import { fifoOracle, type Oracle, STOP } from './oracle.ts';
import { park, sleep, type TaskRef } from './task.ts';

function bench(options: Partial<KernelOptions> = {}) {
  const log = new Footprints();
  const kernel = new Kernel({
    clock: { nowUs: 0 },
    oracle: fifoOracle,
    timing: 'abstract',
    timeLimitUs: 1e12,
    footprints: log,
    ...options,
  });
  return { log, kernel };
}

/** Picks by process, in this order; afterwards the default. */
function inOrder(...processes: number[]): Oracle {
  return {
    chooseNext: (options) => {
      const wanted = processes.shift();
      return Math.max(
        0,
        options.findIndex(({ process }) => process === wanted),
      );
    },
    choose: () => 0,
  };
}

const touchesOf = (log: Footprints, step: number): number[] =>
  log.touches.slice(step === 0 ? 0 : log.touchesEnd[step - 1], log.touchesEnd[step]);

describe('footprints', () => {
  it('hold who stepped, what it touched and looked at, and what it decided', () => {
    const { log, kernel } = bench({ oracle: { chooseNext: () => 0, choose: () => 1 } });
    const cell = log.resource('cell');
    const other = log.resource('other');
    kernel.spawn('a', NONE, 'worker', function* () {
      log.touch(cell);
      log.look(cell);
      yield sleep(1);
      log.look(other);
      log.touch(other);
      kernel.choose(3);
    });
    kernel.run(10);
    expect(log.process.slice(0, log.size)).toEqual([0, 0]);
    expect(touchesOf(log, 0)).toContain(cell * 2 + 1);
    expect(touchesOf(log, 0)).not.toContain(cell * 2);
    expect(touchesOf(log, 1)).toEqual(expect.arrayContaining([other * 2, other * 2 + 1]));
    expect(log.decisions.slice(0, log.decisionCount)).toEqual([1]);
    expect(log.decisionsEnd.slice(0, 2)).toEqual([0, 1]);
  });

  it('say which step made a task possible that could not go on by itself', () => {
    const { log, kernel } = bench();
    const sleeper = kernel.spawn('sleeper', NONE, 'worker', function* () {
      yield park(Infinity);
    });
    const patient = kernel.spawn('patient', NONE, 'worker', function* () {
      yield park(1_000);
    });
    kernel.spawn('waker', NONE, 'worker', function* () {
      kernel.wake(sleeper);
      kernel.wake(patient);
    });
    kernel.run(10);
    expect(log.process.slice(0, log.size)).toEqual([0, 1, 2, 0, 1]);
    expect(log.enabler.slice(0, log.size)).toEqual([NOBODY, NOBODY, NOBODY, 2, NOBODY]);
  });

  it('say who set a delivery off, and whom a step took the next one from', () => {
    const { log, kernel } = bench({ oracle: inOrder(0, 1) });
    let withdraw = (): void => undefined;
    kernel.spawn('sends', NONE, 'worker', function* () {
      kernel.after(5, () => undefined);
      withdraw = kernel.after(7, () => undefined);
      yield sleep(20);
    });
    kernel.spawn('withdraws', NONE, 'worker', function* () {
      withdraw();
    });
    kernel.run(10);
    expect([...log.parent, ...log.nth]).toEqual([0, 0, 0, 1]);
    expect(log.disabled.slice(0, 3)).toEqual([1, FIRST_DELIVERY + 1, 0]);
  });

  it('say that the end of a run takes the next step from daemons', () => {
    const { log, kernel } = bench();
    kernel.spawn('beats', NONE, 'daemon', function* () {
      for (;;) yield sleep(10);
    });
    kernel.spawn('works', NONE, 'worker', function* () {
      yield sleep(5);
    });
    kernel.run(10);
    expect(kernel.end).toBe(RunEnd.done);
    expect(log.disabled.slice(0, log.disabledCount)).toEqual([2, 0, NOBODY]);
  });

  it('mean the same by a name in every run, and nothing outside of steps', () => {
    const { log } = bench();
    const row = log.row('row', 4);
    expect([log.resource('x'), log.resource('y')]).toEqual([row + 8, row + 10]);
    log.touch(row);
    expect(log.touchCount).toBe(0);
  });
});

describe('causal time', () => {
  /** Who saw which time, under that order of the steps. */
  function timesSeen(...order: number[]): Record<string, number> {
    const { log, kernel } = bench({ oracle: inOrder(...order) });
    const cell = log.resource('cell');
    const seen: Record<string, number> = {};
    kernel.spawn('early', NONE, 'worker', function* () {
      yield sleep(10);
      seen['early'] = kernel.nowUs;
    });
    kernel.spawn('late', NONE, 'worker', function* () {
      yield sleep(1_000);
      log.touch(cell);
    });
    kernel.spawn('meets', NONE, 'worker', function* () {
      yield sleep(20);
      log.touch(cell);
      seen['meets'] = kernel.nowUs;
    });
    kernel.run(10);
    return seen;
  }

  it('does not pass for one who could not know of the others', () => {
    expect(timesSeen(0, 1, 2, 1, 0, 2)['early']).toBe(10);
  });

  it('is as late as what a task meets', () => {
    expect(timesSeen(0, 1, 2, 1, 2, 0)['meets']).toBe(1_000);
    expect(timesSeen(0, 1, 2, 2, 1, 0)['meets']).toBe(20);
  });
});

describe('the bounds of an explored run', () => {
  it('let so many deadlines pass early, and the others when nothing else can happen', () => {
    const outcomes = (deadlinesMax: number): string[] => {
      const told: string[] = [];
      const { kernel } = bench({ deadlinesMax, oracle: inOrder(0, 1, 2, 0, 1) });
      for (const name of ['a', 'b']) {
        kernel.spawn(name, NONE, 'worker', function* () {
          told.push(`${name} ${String(yield park(10))}`);
        });
      }
      kernel.spawn('works', NONE, 'worker', function* () {
        yield sleep(500);
        told.push('work done');
      });
      kernel.run(20);
      return told;
    };
    expect(outcomes(0)).toEqual(['work done', 'a false', 'b false']);
    expect(outcomes(1)).toEqual(['a false', 'work done', 'b false']);
    expect(outcomes(2)).toEqual(['a false', 'b false', 'work done']);
  });

  it('count no work that a wake-up may cut short as a deadline', () => {
    const { kernel } = bench({ deadlinesMax: 0, oracle: inOrder(0, 1, 0) });
    const told: string[] = [];
    kernel.spawn('serves', NONE, 'worker', function* () {
      yield { kind: 'park', timeoutUs: 10, works: true };
      told.push('served');
    });
    kernel.spawn('works', NONE, 'worker', function* () {
      yield sleep(500);
      told.push('work done');
    });
    kernel.run(20);
    expect(told).toEqual(['served', 'work done']);
  });

  it('let a daemon sleep so often, and then for ever', () => {
    const { kernel } = bench({ daemonSleepsMax: 2, oracle: inOrder(0, 1, 0, 0, 0, 0) });
    let beats = 0;
    kernel.spawn('beats', NONE, 'daemon', function* () {
      for (;;) {
        yield sleep(1);
        beats += 1;
      }
    });
    kernel.spawn('works', NONE, 'worker', function* () {
      yield sleep(500);
    });
    kernel.run(20);
    expect(beats).toBe(2);
    expect(kernel.end).toBe(RunEnd.done);
  });

  it('end where the oracle says so', () => {
    const { kernel } = bench({ oracle: { chooseNext: () => STOP, choose: () => 0 } });
    for (const name of ['a', 'b']) kernel.spawn(name, NONE, 'worker', function* () {});
    expect(kernel.run(10)).toBe(false);
    expect([kernel.end, kernel.steps]).toEqual([RunEnd.cancelled, 0]);
  });
});

describe('the abstract kernel', () => {
  it('does not resume a task twice that wakes itself when its deadline passes', () => {
    const { kernel } = bench();
    let resumed = 0;
    const self: TaskRef = kernel.spawn('self', NONE, 'worker', function* () {
      yield park(10);
      kernel.wake(self);
      resumed += 1;
      yield sleep(10);
    });
    kernel.run(10);
    expect([resumed, kernel.steps, kernel.end]).toEqual([1, 3, RunEnd.done]);
  });
});
