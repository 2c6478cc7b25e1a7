/** The locks that can be chosen: the examples, and the uses of npm libraries, with their code. */
import { EXAMPLES, type ExampleName, LIBRARY_USES, type LibraryUse } from '../../subjects/uses.ts';
import checkThenAct from '../../fixtures/subjects/check-then-act.ts?raw';
import correct from '../../fixtures/subjects/correct.ts?raw';
import escaping from '../../fixtures/subjects/escaping.ts?raw';
import lostOnException from '../../fixtures/subjects/lost-on-exception.ts?raw';
import unfair from '../../fixtures/subjects/unfair.ts?raw';
import asyncLockLate from '../../subjects/library/async-lock-max-execution-time.ts?raw';
import asyncLock from '../../subjects/library/async-lock.ts?raw';
import asyncMutexUnowned from '../../subjects/library/async-mutex-release-unowned.ts?raw';
import asyncMutex from '../../subjects/library/async-mutex.ts?raw';
import semaphoreTwice from '../../subjects/library/semaphore-async-await-double-release.ts?raw';
import semaphore from '../../subjects/library/semaphore-async-await.ts?raw';

/** A lock that comes with the page. */
export type Shipped =
  | {
      readonly kind: 'example';
      readonly id: string;
      readonly name: ExampleName;
      readonly source: string;
    }
  | {
      readonly kind: 'library';
      readonly id: string;
      readonly use: LibraryUse;
      readonly source: string;
    };

const EXAMPLE_TEXT: Readonly<Record<ExampleName, string>> = {
  correct,
  unfair,
  escaping,
  'check-then-act': checkThenAct,
  'lost-on-exception': lostOnException,
};

const LIBRARY_TEXT: Readonly<Record<string, string>> = {
  'async-lock': asyncLock,
  'async-lock-max-execution-time': asyncLockLate,
  'async-mutex': asyncMutex,
  'async-mutex-release-unowned': asyncMutexUnowned,
  'semaphore-async-await': semaphore,
  'semaphore-async-await-double-release': semaphoreTwice,
};

/** Every lock that ships, the examples first. */
export const SHIPPED: readonly Shipped[] = [
  ...EXAMPLES.map((name) => {
    return { kind: 'example', id: `example:${name}`, name, source: EXAMPLE_TEXT[name] } as const;
  }),
  ...LIBRARY_USES.map((use) => {
    const source = LIBRARY_TEXT[use.name] ?? '';
    return { kind: 'library', id: `library:${use.name}`, use, source } as const;
  }),
];

/** What the reader's own lock begins with: one that looks right. */
export const FIRST_SOURCE = EXAMPLE_TEXT['check-then-act'];

/** Whether nothing is known to be wrong with a lock that ships. */
export function isRight(lock: Shipped): boolean {
  return lock.kind === 'example' ? lock.name === 'correct' : lock.use.breaks === undefined;
}
