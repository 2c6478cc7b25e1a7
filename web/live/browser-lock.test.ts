/**
 * `navigator.locks` as a machine keeps the laws of every lock; a browser that let everybody in
 * would be found out.
 */
import { describe, expect, it } from 'vitest';
import { breachesOf } from './testing/lock-laws.ts';
import { FakeWebLocks, OpenWebLocks } from './testing/web-locks.ts';
import { browserLock, NO_LOCKS } from './browser-lock.ts';

const SEED = 127;
const SCRIPTS = 150;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the browser’s lock', () => {
  it('keeps every law', async () => {
    expect(await breachesOf(new FakeWebLocks(), turn, SEED, SCRIPTS)).toEqual([]);
  });

  it('is found out where it does not exclude', async () => {
    const breaches = await breachesOf(new OpenWebLocks(), turn, SEED, SCRIPTS);
    expect(breaches.join()).toContain('never lets two in at once');
  });

  it('says what is missing where a browser has none', () => {
    const { create } = browserLock({ arrive: (deliver) => deliver() }, undefined);
    const effects = { grant: () => {}, release: () => {}, after: () => () => {} };
    expect(() => create(effects, { leaseUs: 0 })).toThrow(NO_LOCKS);
  });
});
