/** A real-time kernel that shares a run with others, each in a thread of its own. */
import { describe, expect, it } from 'vitest';
import { NONE, RunEnd } from '../trace/event.ts';
import { type RealTimeEnd, RealTimeKernel } from './real-time.ts';
import { park, sleep, type TaskBody } from './task.ts';
import { FakeWall } from './testing/fake-wall.ts';

interface Part {
  readonly wall: FakeWall;
  readonly kernel: RealTimeKernel;
  readonly ends: RealTimeEnd[];
}

function part(firstTask = 0): Part {
  const wall = new FakeWall();
  const clock = { nowUs: 0 };
  const kernel = new RealTimeKernel({
    ...{ clock, wall, timeLimitUs: Infinity, isPart: true, firstTask },
  });
  return { wall, kernel, ends: [] };
}

function start({ kernel, wall, ends }: Part): void {
  kernel.start((end) => ends.push(end));
  wall.pass(0);
}

describe('a kernel that is one of several of a run', () => {
  it('is quiet and not stuck while its task waits for somebody elsewhere', () => {
    const world = part();
    const waiter = world.kernel.spawn('waiter', NONE, 'worker', function* (): TaskBody {
      yield park(Infinity);
    });
    start(world);
    world.wall.pass(1_000_000);
    expect(world.ends).toEqual([]);
    expect(world.kernel.isQuiet).toBe(true);
    expect(world.wall.pending).toBe(0);
    world.kernel.arrive(() => world.kernel.wake(waiter));
    expect(world.ends).toEqual([{ kind: 'over', end: RunEnd.done }]);
  });

  it('is not quiet while a timer of it is set', () => {
    const world = part();
    world.kernel.after(50, () => undefined);
    start(world);
    expect(world.kernel.isQuiet).toBe(false);
    world.wall.pass(50);
    expect(world.kernel.isQuiet).toBe(true);
  });

  it('deals with what arrives before that call returns, and with all that follows', () => {
    const world = part();
    const seen: string[] = [];
    const waiter = world.kernel.spawn('waiter', NONE, 'daemon', function* (): TaskBody {
      for (;;) {
        yield park(Infinity);
        seen.push('woken');
        yield sleep(0);
        seen.push('after');
      }
    });
    start(world);
    world.kernel.arrive(() => {
      seen.push('arrived');
      world.kernel.wake(waiter);
    });
    expect(seen).toEqual(['arrived', 'woken', 'after']);
  });

  it('keeps a timer that is due later than what arrives', () => {
    const world = part();
    let fired = 0;
    world.kernel.after(1_000, () => (fired += 1));
    start(world);
    world.wall.pass(400);
    world.kernel.arrive(() => undefined);
    world.wall.pass(599);
    expect(fired).toBe(0);
    world.wall.pass(1);
    expect(fired).toBe(1);
  });

  it('keeps what arrives before its start until then', () => {
    const world = part();
    const seen: number[] = [];
    world.kernel.arrive(() => seen.push(1));
    expect(seen).toEqual([]);
    start(world);
    expect(seen).toEqual([1]);
  });

  it('numbers its tasks from where it is told to', () => {
    const world = part(7);
    const body = function* (): TaskBody {
      yield park(Infinity);
    };
    const ids = [1, 2].map(() => world.kernel.spawn('one', NONE, 'daemon', body).id);
    expect(ids).toEqual([7, 8]);
  });
});
