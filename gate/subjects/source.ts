/**
 * Whose lock is meant: a file of the user's, the code in a link, or a library under a name of the
 * gallery.
 *
 * A library is a file too, one of ours that uses it as its manual shows, or in the one documented
 * way in which it breaks. Nothing is claimed of it beyond that use.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isLockLink, type LockLink, parseLockLink } from '../../sim/index.ts';
import { LIBRARY_USES } from '../../subjects/uses.ts';
import { similar } from '../input/similar.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';

/** What was asked for on the command line. */
export interface SubjectRequest {
  readonly kind: 'subject' | 'library';
  readonly name: string;
}

export interface SubjectSource extends SubjectRequest {
  /** Where its code is; of a link, where it would be. */
  readonly path: string;
  /** What came with a link; undefined for a file. */
  readonly link: LockLink | undefined;
  /** What it is called, a library with its version. */
  readonly title: string;
  /** One sentence about how the lock is used; empty for a user's own. */
  readonly about: string;
}

/** Where the code of the lock is that was asked for. */
export function findSubject({ kind, name }: SubjectRequest): Outcome<SubjectSource> {
  if (kind === 'subject') {
    if (isLockLink(name)) return linkedSubject(name);
    const value = { kind, name, path: name, link: undefined, title: name, about: '' };
    return { kind: 'ok', value };
  }
  const use = LIBRARY_USES.find((each) => each.name === name);
  if (use === undefined) return unknownLibrary(name);
  const { library, about } = use;
  const path = join(import.meta.dirname, '..', '..', 'subjects', 'library', `${name}.ts`);
  const title = `${library} ${versionOf(library)}`;
  return { kind: 'ok', value: { kind, name, path, link: undefined, title, about } };
}

/** The lock in a link; nothing of it is written anywhere. */
function linkedSubject(name: string): Outcome<SubjectSource> {
  const link = parseLockLink(name);
  if (link.kind === 'error') return refuse(link.error.code, link.error.message);
  const path = `lock.${link.value.lock.language}`;
  const title = `${path} of a link`;
  return { kind: 'ok', value: { kind: 'subject', name, path, link: link.value, title, about: '' } };
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
