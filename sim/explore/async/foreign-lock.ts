/**
 * What a lock of somebody else's looks like, and how one is told from what is none.
 *
 * Two forms, as ordinary code has them: one that is acquired and released, and one that runs a
 * critical section. Where a lock has `run`, that is used. What `acquire` comes to decides how a
 * hold is given back: a function is called; for anything else the lock has `release`.
 */
import { fail, ok, type Result } from '../../base/result.ts';

/** Acquired with `acquire`; given back by what that came to, or by `release`. */
export interface AcquiredLock {
  readonly kind: 'acquired';
  acquire(who: string): unknown;
  readonly release: ((who: string) => unknown) | undefined;
}

/** Runs the critical section itself, once it is its turn. */
export interface RunningLock {
  readonly kind: 'running';
  run(section: () => unknown, who: string): unknown;
}

export type ForeignLock = AcquiredLock | RunningLock;

/** Where the code of a lock runs: whoever loaded it provides this. */
export interface LockMaker {
  /** Loads the code anew, as if nothing had run before, and makes a lock with it. */
  make(): unknown;
}

const FORMS =
  'expected createLock() to return { acquire(who), release(who) }, { acquire(who) } that resolves ' +
  'to a function that releases, or { run(section, who) }';

/** What `createLock` returned, as one of the two forms. */
export function readLock(value: unknown): Result<ForeignLock> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return fail('not-a-lock', `${FORMS}; got ${value === null ? 'null' : typeof value}`);
  }
  const lock = value as Readonly<Record<string, unknown>>;
  const { run, acquire, release } = lock;
  if (typeof run === 'function') {
    return ok({ kind: 'running', run: (section, who) => run.call(value, section, who) as unknown });
  }
  if (typeof acquire === 'function') {
    return ok({
      kind: 'acquired',
      acquire: (who) => acquire.call(value, who) as unknown,
      release:
        typeof release === 'function' ? (who) => release.call(value, who) as unknown : undefined,
    });
  }
  const names = Object.keys(lock).slice(0, 8).join(', ');
  const what = typeof (value as { then?: unknown }).then === 'function' ? 'a promise' : 'an object';
  return fail('not-a-lock', `${FORMS}; got ${what} with ${names === '' ? 'no fields' : names}`);
}
