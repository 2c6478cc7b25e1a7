/**
 * The real-time driver keeps the laws of the virtual one, and those that a clock on the wall adds.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NONE, RunEnd } from '../trace/event.ts';
import { fifoOracle } from './oracle.ts';
import { Kernel } from './kernel.ts';
import { RealTimeKernel, type RealTimeEnd } from './real-time.ts';
import { type Driver, park, sleep, type TaskBody, type TaskRef } from './task.ts';
import { FakeWall } from './testing/fake-wall.ts';

const LONG_US = 1_000_000_000;

interface Bench {
  readonly wall: FakeWall;
  readonly clock: { nowUs: number };
  readonly kernel: RealTimeKernel;
  readonly ends: RealTimeEnd[];
}

function bench(timeLimitUs = LONG_US): Bench {
  const wall = new FakeWall();
  const clock = { nowUs: 0 };
  const kernel = new RealTimeKernel({ clock, wall, timeLimitUs });
  return { wall, clock, kernel, ends: [] };
}

function start({ kernel, wall, ends }: Bench): void {
  kernel.start((end) => ends.push(end));
  wall.pass(0);
}

describe('a task in real time', () => {
  it('sleeps at least as long as it asks, and knows when it really woke', () => {
    const world = bench();
    world.wall.lateUs = 300;
    const woke: number[] = [];
    world.kernel.spawn('sleeper', NONE, 'worker', function* (): TaskBody {
      for (let n = 0; n < 3; n++) {
        yield sleep(1_000);
        woke.push(world.kernel.nowUs);
      }
    });
    start(world);
    world.wall.pass(10_000);
    expect(woke).toEqual([1_300, 2_600, 3_900]);
    expect(world.ends).toEqual([{ kind: 'over', end: RunEnd.done }]);
  });

  it('is told whether it was woken or its time passed', () => {
    const world = bench();
    const told: boolean[] = [];
    const waiter = world.kernel.spawn('waiter', NONE, 'worker', function* (): TaskBody {
      told.push(yield park(5_000), yield park(5_000));
    });
    start(world);
    world.wall.pass(1_000);
    world.kernel.outside(() => world.kernel.wake(waiter));
    world.wall.pass(0);
    expect(told).toEqual([]);
    world.wall.pass(10_000);
    expect(told).toEqual([true, false]);
  });

  it('that is not parked is left alone by a wake-up', () => {
    const world = bench();
    const sleeper = world.kernel.spawn('sleeper', NONE, 'worker', function* (): TaskBody {
      yield sleep(5_000);
    });
    start(world);
    world.kernel.outside(() => world.kernel.wake(sleeper));
    world.wall.pass(4_999);
    expect(world.ends).toEqual([]);
    world.wall.pass(1);
    expect(world.ends).toHaveLength(1);
  });

  it('may be made by another one while it runs', () => {
    const world = bench();
    const seen: string[] = [];
    world.kernel.spawn('parent', NONE, 'worker', function* (): TaskBody {
      world.kernel.spawn('child', NONE, 'worker', function* (): TaskBody {
        yield sleep(10);
        seen.push('child');
      });
      seen.push('parent');
    });
    start(world);
    world.wall.pass(10);
    expect(seen).toEqual(['parent', 'child']);
    expect(world.ends).toEqual([{ kind: 'over', end: RunEnd.done }]);
  });
});

describe('time', () => {
  it('begins at 0, is whole microseconds and never goes back', () => {
    const world = bench();
    const seen: number[] = [];
    world.kernel.spawn('busy', NONE, 'worker', function* (): TaskBody {
      for (let n = 0; n < 4; n++) {
        seen.push(world.kernel.nowUs);
        world.wall.spend(0.4);
        yield sleep(0);
      }
    });
    start(world);
    expect(seen).toEqual([0, 0, 0, 1]);
  });

  it('that a step spends is seen by the next one, whose own deadline has then passed', () => {
    const world = bench();
    const order: string[] = [];
    world.kernel.spawn('hog', NONE, 'worker', function* (): TaskBody {
      order.push(`hog ${world.kernel.nowUs}`);
      world.wall.spend(7_000);
    });
    world.kernel.spawn('other', NONE, 'worker', function* (): TaskBody {
      order.push(`other ${world.kernel.nowUs}`);
    });
    start(world);
    expect(order).toEqual(['hog 0', 'other 7000']);
  });

  it('beyond the limit ends the run, even while nothing happens', () => {
    const world = bench(20_000);
    world.kernel.spawn('waiter', NONE, 'worker', function* (): TaskBody {
      yield park(Infinity);
    });
    world.kernel.await();
    start(world);
    world.wall.pass(20_000);
    expect(world.ends).toEqual([]);
    world.wall.pass(1);
    expect(world.ends).toEqual([{ kind: 'over', end: RunEnd.limit }]);
  });
});

describe('what happens outside', () => {
  it('enters as a step of its own, with the time of its entry', () => {
    const world = bench();
    const seen: number[] = [];
    world.kernel.spawn('sleeper', NONE, 'worker', function* (): TaskBody {
      yield sleep(9_000);
    });
    start(world);
    world.wall.pass(4_000);
    world.kernel.outside(() => seen.push(world.kernel.nowUs));
    expect(seen).toEqual([]);
    world.wall.pass(0);
    expect(seen).toEqual([4_000]);
  });

  it('keeps a run alive as long as it is awaited', () => {
    const world = bench();
    world.kernel.spawn('waiter', NONE, 'worker', function* (): TaskBody {
      yield park(Infinity);
    });
    const settled = world.kernel.await();
    start(world);
    world.wall.pass(LONG_US / 2);
    expect(world.ends).toEqual([]);
    settled();
    settled();
    world.wall.pass(0);
    expect(world.ends).toEqual([{ kind: 'over', end: RunEnd.stuck }]);
  });

  it('may follow at once on what ended without the run being stuck', () => {
    const world = bench();
    const waiter = world.kernel.spawn('waiter', NONE, 'worker', function* (): TaskBody {
      yield park(Infinity);
    });
    const settled = world.kernel.await();
    start(world);
    settled();
    world.kernel.outside(() => world.kernel.wake(waiter));
    world.wall.pass(0);
    expect(world.ends).toEqual([{ kind: 'over', end: RunEnd.done }]);
  });
});

describe('the end', () => {
  it('leaves no timer, and nothing that arrives later has an effect', () => {
    const world = bench();
    const seen: string[] = [];
    const task = world.kernel.spawn('sleeper', NONE, 'worker', function* (): TaskBody {
      yield park(1_000);
      seen.push('resumed');
    });
    world.kernel.after(500, () => seen.push('delivered'));
    start(world);
    world.kernel.stop();
    expect(world.wall.pending).toBe(0);
    world.kernel.outside(() => seen.push('outside'));
    world.kernel.wake(task);
    world.wall.pass(LONG_US);
    expect(seen).toEqual([]);
    expect(world.wall.pending).toBe(0);
    expect(world.ends).toEqual([{ kind: 'over', end: RunEnd.cancelled }]);
  });

  it('comes with the error of a step that fails, and no step follows', () => {
    const world = bench();
    const error = new Error('a mistake');
    const seen: string[] = [];
    world.kernel.spawn('wrong', NONE, 'worker', function* (): TaskBody {
      yield sleep(1);
      throw error;
    });
    world.kernel.spawn('right', NONE, 'worker', function* (): TaskBody {
      yield sleep(2);
      seen.push('right');
    });
    start(world);
    world.wall.pass(LONG_US);
    expect(world.ends).toEqual([{ kind: 'crashed', error }]);
    expect(seen).toEqual([]);
    expect(world.kernel.end).toBeUndefined();
  });

  it('comes with an error of our own from outside, and what is pending never happens', () => {
    const world = bench();
    const error = new Error('a mistake outside');
    const seen: string[] = [];
    world.kernel.spawn('right', NONE, 'worker', function* (): TaskBody {
      yield sleep(2);
      seen.push('right');
    });
    start(world);
    world.kernel.fail(error);
    world.wall.pass(LONG_US);
    expect(world.ends).toEqual([{ kind: 'crashed', error }]);
    expect(seen).toEqual([]);
  });

  it('waits for no daemon', () => {
    const world = bench();
    world.kernel.spawn('daemon', NONE, 'daemon', function* (): TaskBody {
      for (;;) yield sleep(10);
    });
    world.kernel.spawn('worker', NONE, 'worker', function* (): TaskBody {
      yield sleep(25);
    });
    start(world);
    world.wall.pass(100);
    expect(world.ends).toEqual([{ kind: 'over', end: RunEnd.done }]);
  });
});

describe('a turn', () => {
  it('is given back to the host now and then, however much is ready', () => {
    const world = bench();
    let steps = 0;
    world.kernel.spawn('busy', NONE, 'worker', function* (): TaskBody {
      for (; steps < 1_000; steps++) yield sleep(0);
    });
    world.kernel.start((end) => world.ends.push(end));
    let turns = 0;
    const later = world.wall.later.bind(world.wall);
    world.wall.later = (us, callback) => {
      turns += 1;
      return later(us, callback);
    };
    world.wall.pass(0);
    expect(steps).toBe(1_000);
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});

describe('between turns', () => {
  it('somebody may look at what is known, and no step is under way then', () => {
    const wall = new FakeWall();
    const clock = { nowUs: 0 };
    let inStep = false;
    const looks: boolean[] = [];
    const betweenTurns = (): void => void looks.push(inStep);
    const kernel = new RealTimeKernel({ clock, wall, timeLimitUs: LONG_US, betweenTurns });
    kernel.spawn('task', NONE, 'worker', function* (): TaskBody {
      for (let n = 0; n < 3; n++) {
        inStep = true;
        wall.spend(1);
        inStep = false;
        yield sleep(100);
      }
    });
    kernel.start(() => {});
    wall.pass(1_000);
    expect(looks).toEqual([false, false, false, false]);
  });
});

/** What a task of the comparison does, one after the other. */
type Act = readonly ['sleep', number] | readonly ['wait', number] | readonly ['wake', number];

const acts = fc.array(
  fc.oneof(
    fc.tuple(fc.constant('sleep' as const), fc.integer({ min: 0, max: 5 })),
    fc.tuple(fc.constant('wait' as const), fc.integer({ min: 1, max: 5 })),
    fc.tuple(fc.constant('wake' as const), fc.integer({ min: 0, max: 2 })),
  ),
  { maxLength: 8 },
);

/** Runs the tasks and notes who did what when. */
function play(
  driver: Driver & Pick<Kernel, 'spawn'>,
  programs: readonly (readonly Act[])[],
): string[] {
  const notes: string[] = [];
  const tasks: TaskRef[] = [];
  programs.forEach((program, n) => {
    const task = driver.spawn(`task ${n}`, NONE, 'worker', function* (): TaskBody {
      for (const [what, value] of program) {
        let woken = true;
        if (what === 'sleep') woken = yield sleep(value * 100);
        else if (what === 'wait') woken = yield park(value * 100);
        else driver.wake(tasks[value % tasks.length] as TaskRef);
        notes.push(`${n} ${what} ${value} ${String(woken)} at ${driver.nowUs}`);
      }
    });
    tasks.push(task);
  });
  return notes;
}

describe('with a clock that is never late', () => {
  it('everything happens when and in the order in which it does in virtual time', () => {
    fc.assert(
      fc.property(fc.array(acts, { minLength: 1, maxLength: 3 }), (programs) => {
        const clock = { nowUs: 0 };
        const timing = 'virtual';
        const virtual = new Kernel({ clock, oracle: fifoOracle, timing, timeLimitUs: LONG_US });
        const expected = play(virtual, programs);
        while (virtual.run(1_000));
        const world = bench();
        const got = play(world.kernel, programs);
        start(world);
        world.wall.pass(100_000);
        expect(got).toEqual(expected);
        expect(world.kernel.end).toBe(virtual.end);
      }),
    );
  });
});
