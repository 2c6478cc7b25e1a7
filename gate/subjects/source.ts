/**
 * Whose lock is meant: a file of the user's, or a library under a name of the gallery.
 *
 * A library is a file too, one of ours that uses it as its manual shows, or in the one documented
 * way in which it breaks. Nothing is claimed of it beyond that use.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { similar } from '../input/similar.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';

/** What was asked for on the command line. */
export interface SubjectRequest {
  readonly kind: 'subject' | 'library';
  readonly name: string;
}

export interface SubjectSource extends SubjectRequest {
  readonly path: string;
  /** What it is called, a library with its version. */
  readonly title: string;
  /** One sentence about how the lock is used; empty for a user's own. */
  readonly about: string;
}

interface LibraryUse {
  readonly name: string;
  /** The package that is used, of which the version is told. */
  readonly library: string;
  readonly about: string;
}

/** Every use of a library that can be explored by name. */
export const LIBRARY_USES: readonly LibraryUse[] = [
  {
    name: 'async-lock',
    library: 'async-lock',
    about: 'acquire(key, section), as its manual shows it.',
  },
  {
    name: 'async-lock-max-execution-time',
    library: 'async-lock',
    about: 'acquire(key, section) with maxExecutionTime.',
  },
  {
    name: 'async-mutex',
    library: 'async-mutex',
    about: 'acquire() and the function that it resolves to.',
  },
  {
    name: 'async-mutex-release-unowned',
    library: 'async-mutex',
    about: 'withTimeout, and mutex.release() in `finally` also where the wait timed out.',
  },
  {
    name: 'semaphore-async-await',
    library: 'semaphore-async-await',
    about: 'acquire() and one release().',
  },
  {
    name: 'semaphore-async-await-double-release',
    library: 'semaphore-async-await',
    about: 'acquire() and two calls of release().',
  },
];

/** Where the code of the lock is that was asked for. */
export function findSubject({ kind, name }: SubjectRequest): Outcome<SubjectSource> {
  if (kind === 'subject') {
    return { kind: 'ok', value: { kind, name, path: name, title: name, about: '' } };
  }
  const use = LIBRARY_USES.find((each) => each.name === name);
  if (use === undefined) return unknownLibrary(name);
  const { library, about } = use;
  const path = join(import.meta.dirname, 'library', `${name}.ts`);
  const title = `${library} ${versionOf(library)}`;
  return { kind: 'ok', value: { kind, name, path, title, about } };
}

/** The version of an installed package. */
export function versionOf(library: string): string {
  const path = createRequire(import.meta.url).resolve(`${library}/package.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version;
}

function unknownLibrary(name: string): Outcome<never> {
  const names = LIBRARY_USES.map((each) => each.name);
  const near = similar(name, names);
  const meant = near.length === 0 ? `one of ${names.join(', ')}` : near.join(' or ');
  return refuse(
    'unknown-library',
    `expected a library that Interlock uses, got ${name}: ${meant}?`,
  );
}
