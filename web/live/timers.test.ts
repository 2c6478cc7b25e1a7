/** A worker's timer is never early, can be withdrawn, and never sets a timer from a timer. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { localUs } from './clocks.ts';
import { workerTimer } from './timers.ts';

afterEach(() => vi.restoreAllMocks());

describe('a worker’s timer', () => {
  it.each([0, 300, 1_000, 2_500])('fires no earlier than after %i us', async (us) => {
    const later = workerTimer(localUs);
    const startUs = localUs();
    await new Promise<void>((resolve) => void later(us, resolve));
    expect(localUs() - startUs).toBeGreaterThanOrEqual(us);
  });

  it.each([0, 300, 1_000])('that is withdrawn does not fire, set for %i us', async (us) => {
    const later = workerTimer(localUs);
    const fired = vi.fn();
    const withdraw = later(us, fired);
    withdraw();
    await new Promise<void>((resolve) => void later(3_000, resolve));
    expect(fired).not.toHaveBeenCalled();
  });

  it('sets a wait that is asked for while it fires from a message, not from the timer', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const later = workerTimer(localUs);
    let setByThen = 0;
    await new Promise<void>((resolve) => {
      later(1_000, () => {
        const before = set.mock.calls.length;
        later(1_000, resolve);
        setByThen = set.mock.calls.length - before;
      });
    });
    expect(setByThen).toBe(0);
    expect(set.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('waits on where the timer of the browser comes before its time', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    let nowUs = 0;
    const later = workerTimer(() => nowUs);
    const fired = vi.fn();
    const over = new Promise<void>((resolve) => {
      later(2_500, () => {
        fired();
        resolve();
      });
    });
    await vi.waitUntil(() => set.mock.calls.filter(([, ms]) => ms === 3).length >= 2);
    expect(fired).not.toHaveBeenCalled();
    nowUs = 2_500;
    await over;
    expect(fired).toHaveBeenCalledTimes(1);
  });
});
