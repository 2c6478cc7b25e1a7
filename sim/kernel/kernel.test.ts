import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NONE, RunEnd } from '../trace/event.ts';
import { Kernel, type Timing } from './kernel.ts';
import { fifoOracle, type Oracle } from './oracle.ts';
import { park, sleep, type TaskRef } from './task.ts';

function newKernel(options: { timing?: Timing; oracle?: Oracle; timeLimitUs?: number } = {}) {
  return new Kernel({
    clock: { nowUs: 0 },
    oracle: options.oracle ?? fifoOracle,
    timing: options.timing ?? 'virtual',
    timeLimitUs: options.timeLimitUs ?? 1e12,
  });
}

function runToEnd(kernel: Kernel): void {
  while (kernel.run(1_000));
}

describe('the virtual kernel', () => {
  it('resumes sleepers in order of their due time, ties in order of falling asleep', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 }), (naps) => {
        const kernel = newKernel();
        const woken: { due: number; at: number; task: number }[] = [];
        naps.forEach((us, task) =>
          kernel.spawn(`t${task}`, NONE, 'worker', function* () {
            yield sleep(us);
            woken.push({ due: us, at: kernel.nowUs, task });
          }),
        );
        runToEnd(kernel);
        const expected = naps
          .map((due, task) => ({ due, at: due, task }))
          .sort((x, y) => x.due - y.due || x.task - y.task);
        expect(woken).toEqual(expected);
      }),
      { seed: 127 },
    );
  });

  it('tells a parked task whether it was woken or its deadline passed', () => {
    const kernel = newKernel();
    const outcomes: [string, boolean, number][] = [];
    const early = kernel.spawn('early', NONE, 'worker', function* () {
      outcomes.push(['early', yield park(100), kernel.nowUs]);
    });
    kernel.spawn('late', NONE, 'worker', function* () {
      outcomes.push(['late', yield park(50), kernel.nowUs]);
    });
    kernel.spawn('waker', NONE, 'worker', function* () {
      yield sleep(20);
      kernel.wake(early);
    });
    runToEnd(kernel);
    expect(outcomes).toEqual([
      ['early', true, 20],
      ['late', false, 50],
    ]);
    expect(kernel.end).toBe(RunEnd.done);
  });

  it('lets the deadline win that was set before a wake-up of the same instant', () => {
    const kernel = newKernel();
    const outcomes: boolean[] = [];
    const sleeper: TaskRef = kernel.spawn('sleeper', NONE, 'worker', function* () {
      outcomes.push(yield park(20));
      outcomes.push(yield sleep(5));
    });
    kernel.spawn('waker', NONE, 'worker', function* () {
      yield sleep(20);
      kernel.wake(sleeper);
    });
    runToEnd(kernel);
    expect(outcomes[0]).toBe(false);
  });

  it('does not cut a sleep short by a wake-up', () => {
    const kernel = newKernel();
    let wokeUs = 0;
    const sleeper = kernel.spawn('sleeper', NONE, 'worker', function* () {
      yield sleep(20);
      wokeUs = kernel.nowUs;
    });
    kernel.spawn('waker', NONE, 'worker', function* () {
      yield sleep(5);
      kernel.wake(sleeper);
    });
    runToEnd(kernel);
    expect(wokeUs).toBe(20);
  });

  it('ends as stuck when a worker waits and nothing can happen any more', () => {
    const kernel = newKernel();
    kernel.spawn('waits', NONE, 'worker', function* () {
      yield park(Infinity);
    });
    runToEnd(kernel);
    expect(kernel.end).toBe(RunEnd.stuck);
    expect(kernel.unfinished).toBe(1);
  });

  it('ends when the workers are done, whatever daemons still do', () => {
    const kernel = newKernel();
    kernel.spawn('beats', NONE, 'daemon', function* () {
      for (;;) yield sleep(1);
    });
    kernel.spawn('works', NONE, 'worker', function* () {
      yield sleep(10);
    });
    runToEnd(kernel);
    expect(kernel.end).toBe(RunEnd.done);
    expect(kernel.nowUs).toBe(10);
  });

  it('stops at its time limit', () => {
    const kernel = newKernel({ timeLimitUs: 5 });
    kernel.spawn('works', NONE, 'worker', function* () {
      for (;;) yield sleep(2);
    });
    runToEnd(kernel);
    expect(kernel.end).toBe(RunEnd.limit);
    expect(kernel.nowUs).toBe(4);
  });

  it('withdraws a delivery that nobody wants any more', () => {
    const kernel = newKernel();
    const delivered: string[] = [];
    kernel.spawn('works', NONE, 'worker', function* () {
      kernel.after(5, () => delivered.push('kept'));
      const withdraw = kernel.after(3, () => delivered.push('withdrawn'));
      withdraw();
      yield sleep(10);
    });
    runToEnd(kernel);
    expect(delivered).toEqual(['kept']);
  });

  it('does the same steps whatever the slices in which it is run', () => {
    const run = (slice: number) => {
      const kernel = newKernel();
      const steps: string[] = [];
      for (let task = 0; task < 3; task++)
        kernel.spawn(`t${task}`, NONE, 'worker', function* () {
          for (let i = 0; i < 5; i++) {
            steps.push(`${task}@${kernel.nowUs}`);
            yield sleep(task + i);
          }
        });
      while (kernel.run(slice));
      return steps;
    };
    expect(run(1)).toEqual(run(1_000));
  });
});

describe('the oracle', () => {
  /** Picks the last option and notes how many there were. */
  function lastOracle(counts: number[]): Oracle {
    return {
      chooseNext: (options) => {
        counts.push(options.length);
        return options.length - 1;
      },
      choose: (count) => count - 1,
    };
  }

  it('decides between all that are ready, and is not asked where there is no choice', () => {
    const counts: number[] = [];
    const kernel = newKernel({ oracle: lastOracle(counts) });
    const order: number[] = [];
    for (let task = 0; task < 3; task++)
      kernel.spawn(`t${task}`, NONE, 'worker', function* () {
        order.push(task);
      });
    runToEnd(kernel);
    expect(order).toEqual([2, 1, 0]);
    expect(counts).toEqual([3, 2]);
  });

  it('may let any sleeper go first in abstract time, and the clock never goes back', () => {
    const kernel = newKernel({ timing: 'abstract', oracle: lastOracle([]) });
    const seen: number[] = [];
    const times: number[] = [];
    for (let task = 0; task < 3; task++)
      kernel.spawn(`t${task}`, NONE, 'worker', function* () {
        yield sleep(10 * (task + 1));
        seen.push(task);
        times.push(kernel.nowUs);
      });
    runToEnd(kernel);
    expect(seen).toEqual([2, 1, 0]);
    expect(times).toEqual([...times].sort((x, y) => x - y));
  });

  it('reproduces virtual time in abstract time when it always takes the default', () => {
    const run = (timing: Timing) => {
      const kernel = newKernel({ timing });
      const steps: string[] = [];
      for (let task = 0; task < 3; task++)
        kernel.spawn(`t${task}`, NONE, 'worker', function* () {
          for (let i = 0; i < 4; i++) {
            yield sleep(7 * task + 3 * i + 1);
            steps.push(`${task}@${kernel.nowUs}`);
          }
        });
      runToEnd(kernel);
      return steps;
    };
    expect(run('abstract')).toEqual(run('virtual'));
  });
});
