/**
 * The locks that come with the lab: examples of right and wrong ones, and uses of npm libraries.
 *
 * A library is used by a module of ours, as its manual shows or in the one documented way in which
 * it breaks. Nothing is claimed of it beyond that use.
 */

/** Names of the examples; each is a module in fixtures/subjects. */
export const EXAMPLES = [
  'correct',
  'unfair',
  'escaping',
  'check-then-act',
  'lost-on-exception',
] as const;
export type ExampleName = (typeof EXAMPLES)[number];

export interface LibraryUse {
  /** Its module is `library/NAME.ts`. */
  readonly name: string;
  /** The package that is used, of which the version is told. */
  readonly library: string;
  /** The documented call. */
  readonly about: string;
  /** The check that this use violates; undefined where it is right. */
  readonly breaks: 'lock.exclusion' | undefined;
}

/** Every use of a library that can be explored by name. */
export const LIBRARY_USES: readonly LibraryUse[] = [
  {
    name: 'async-lock',
    library: 'async-lock',
    about: 'acquire(key, section), as its manual shows it.',
    breaks: undefined,
  },
  {
    name: 'async-lock-max-execution-time',
    library: 'async-lock',
    about: 'acquire(key, section) with maxExecutionTime.',
    breaks: 'lock.exclusion',
  },
  {
    name: 'async-mutex',
    library: 'async-mutex',
    about: 'acquire() and the function that it resolves to.',
    breaks: undefined,
  },
  {
    name: 'async-mutex-release-unowned',
    library: 'async-mutex',
    about: 'withTimeout, and mutex.release() in `finally` also where the wait timed out.',
    breaks: 'lock.exclusion',
  },
  {
    name: 'semaphore-async-await',
    library: 'semaphore-async-await',
    about: 'acquire() and one release().',
    breaks: undefined,
  },
  {
    name: 'semaphore-async-await-double-release',
    library: 'semaphore-async-await',
    about: 'acquire() and two calls of release().',
    breaks: 'lock.exclusion',
  },
];
