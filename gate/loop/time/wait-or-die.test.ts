/** Waiting ends in time: with the answer, with a reason why it is hopeless, or in death. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../testing/virtual-clock.ts';
import { backOffMs } from './back-off.ts';
import { systemClock } from './clock.ts';
import { type Attempt, type Waiting, waitOrDie, type WaitNotice } from './wait-or-die.ts';

const BACK_OFF = { firstMs: 100, mostMs: 1_000 };

function waiting<T>(
  clock: Waiting<T>['clock'],
  attempt: Waiting<T>['attempt'],
  more: Partial<Waiting<T>> = {},
): Waiting<T> {
  return {
    clock,
    chance: () => 0.5,
    backOff: BACK_OFF,
    deadlineMs: clock.now() + 5_000,
    attemptMs: 60_000,
    signal: new AbortController().signal,
    attempt,
    onWait: () => {},
    ...more,
  };
}

const again = (reason: string, notBeforeMs?: number): Attempt<never> => ({
  kind: 'again',
  reason,
  notBeforeMs,
});
const silent = () => new Promise<never>(() => {});

describe('the back-off', () => {
  it('doubles up to its most and never comes back at once', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((failed) => backOffMs(BACK_OFF, failed, 1));
    expect(waits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.double({ min: 0, max: 1 }), (n, chance) => {
        const wait = backOffMs(BACK_OFF, n, Number.isNaN(chance) ? 0 : chance);
        expect(wait).toBeGreaterThanOrEqual(50);
        expect(wait).toBeLessThanOrEqual(1_000);
      }),
    );
  });
});

describe('waiting on a virtual clock', () => {
  it('gives the first answer, and says before it for what it waits and how long is left', async () => {
    const clock = new VirtualClock();
    const told: WaitNotice[] = [];
    let asked = 0;
    const attempt = () => {
      asked += 1;
      const answer: Attempt<string> =
        asked < 3 ? again(`busy ${asked}`) : { kind: 'done', value: 'yes' };
      return Promise.resolve(answer);
    };
    const onWait = (notice: WaitNotice) => void told.push(notice);
    const result = await clock.until(waitOrDie(waiting(clock, attempt, { onWait })));
    expect(result).toEqual({ kind: 'done', value: 'yes', attempts: 3 });
    expect(told).toEqual([
      { attempts: 1, reason: 'busy 1', nextMs: 75, leftMs: 5_000 },
      { attempts: 2, reason: 'busy 2', nextMs: 150, leftMs: 4_925 },
    ]);
    expect(clock.pending).toBe(0);
  });

  it('dies at the deadline to the millisecond, whatever the attempts do', async () => {
    const attempt = fc.oneof(
      fc.constant('silent' as const),
      fc.constant('busy' as const),
      fc.integer({ min: 1, max: 20_000 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(attempt, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 3_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (script, deadlineMs, attemptMs, chance) => {
          const clock = new VirtualClock();
          let at = 0;
          const next = (): Promise<Attempt<never>> => {
            const what = script[at++ % script.length] ?? 'silent';
            if (what === 'silent') return silent();
            if (what === 'busy') return Promise.resolve(again('busy'));
            return Promise.resolve(again('later', what));
          };
          const setting = { deadlineMs, attemptMs, chance: () => chance };
          const result = await clock.until(waitOrDie(waiting(clock, next, setting)));
          expect(result.kind).toBe('died');
          expect(clock.now()).toBe(deadlineMs);
          expect(clock.pending).toBe(0);
        },
      ),
    );
  });

  it('waits at least as long as it was asked to', async () => {
    const clock = new VirtualClock();
    const times: number[] = [];
    const attempt = () => {
      times.push(clock.now());
      return Promise.resolve(again('rate limit', 1_700));
    };
    await clock.until(waitOrDie(waiting(clock, attempt)));
    expect(times).toEqual([0, 1_700, 3_400]);
  });

  it('aborts an attempt that takes too long and tries again', async () => {
    const clock = new VirtualClock();
    const aborted: boolean[] = [];
    const attempt = (signal: AbortSignal) => {
      const at = aborted.push(false) - 1;
      signal.addEventListener('abort', () => (aborted[at] = true));
      return silent();
    };
    const result = await clock.until(
      waitOrDie(waiting(clock, attempt, { attemptMs: 2_000, deadlineMs: 3_000 })),
    );
    expect(result).toEqual({ kind: 'died', reason: 'no answer within 2 s', attempts: 2 });
    expect(aborted).toEqual([true, true]);
  });

  it('does not wait where waiting cannot help', async () => {
    const clock = new VirtualClock();
    const hopeless = () => Promise.resolve({ kind: 'hopeless', reason: '401' } as const);
    const result = await clock.until(waitOrDie(waiting(clock, hopeless)));
    expect([result, clock.now()]).toEqual([{ kind: 'died', reason: '401', attempts: 1 }, 0]);
  });

  it('can be cancelled in an attempt, in a wait, and before the first', async () => {
    for (const cancelAtMs of [0, 30, 75, 80]) {
      const clock = new VirtualClock();
      const cancel = new AbortController();
      clock.at(cancelAtMs, () => cancel.abort());
      if (cancelAtMs === 0) cancel.abort();
      let asked = 0;
      const attempt = () => (asked++ === 0 ? Promise.resolve(again('busy')) : silent());
      const result = await clock.until(
        waitOrDie(waiting(clock, attempt, { signal: cancel.signal })),
      );
      expect([result.kind, clock.now()]).toEqual(['cancelled', cancelAtMs]);
    }
  });

  it('throws on what an attempt throws, and ignores a failure that comes too late', async () => {
    const clock = new VirtualClock();
    const broken = () => Promise.reject(new Error('a defect'));
    await expect(clock.until(waitOrDie(waiting(clock, broken)))).rejects.toThrow('a defect');
    const late = () =>
      new Promise<never>((_, reject) => clock.at(6_000, () => reject(new Error('late'))));
    const result = await clock.until(waitOrDie(waiting(clock, late)));
    expect(result.kind).toBe('died');
    await clock.until(new Promise<void>((resolve) => clock.at(7_000, resolve)));
  });
});

describe('waiting on the real clock', () => {
  it.each([
    ['an attempt that never answers', silent],
    ['attempts that fail at once', () => Promise.resolve(again('busy'))],
  ])('dies at most 20 ms late, and never early, with %s', async (_, attempt) => {
    const late: number[] = [];
    // A machine that is busy with something else makes one wait late, not every one of them.
    while (late.length < 10 && !late.some((ms) => ms <= 20)) {
      const startMs = systemClock.now();
      const setting = { deadlineMs: startMs + 120, attemptMs: 50, backOff: BACK_OFF };
      const result = await waitOrDie(waiting(systemClock, attempt, setting));
      late.push(systemClock.now() - startMs - 120);
      expect(result.kind).toBe('died');
    }
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...late)).toBeLessThanOrEqual(20);
  });
});
