/** A lock in a file or a link as something to explore: finds it, loads it, and tries it once. */
import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { AsyncScope, Target } from '../../sim/index.ts';
import { explored, lockTarget } from '../../subjects/contract.ts';
import { SubjectProblem } from '../../subjects/problem.ts';
import { openFile } from '../input/file.ts';
import type { Outcome } from '../shell/outcome.ts';
import { type LinkedModule, Modules } from './modules.ts';
import { Realm } from './realm.ts';
import { refusalOf } from './refusal.ts';
import type { SubjectSource } from './source.ts';

/** A lock that can be explored. */
export interface LoadedSubject {
  readonly target: Target<AsyncScope>;
  /** Its code, where that is one file and so fits into a link by itself. */
  readonly text: string | undefined;
  /** Of all its code: the same code has the same, wherever it is. */
  readonly fingerprint: string;
  /** Throws if a loop of the last execution had to be cut off. */
  settle(): void;
}

/** The lock that `source` stands for, used so often. */
export async function loadSubject(
  source: Pick<SubjectSource, 'path' | 'name' | 'link'>,
  scope: AsyncScope,
): Promise<Outcome<LoadedSubject>> {
  const { path, name, link } = source;
  const absolute = isAbsolute(path) ? path : resolve(path);
  const linked = link && { path: absolute, text: link.lock.source };
  if (linked === undefined) {
    const opened = await openFile(path);
    if (opened.kind === 'error') return opened;
    await opened.value.close();
  }
  return guarded(path, () => load(path, name, absolute, linked, scope));
}

/** What `act` gives, or what is wrong with the code that it runs. */
export function guarded<T>(path: string, act: () => T): Outcome<T> {
  try {
    return { kind: 'ok', value: explored(path, act) };
  } catch (error) {
    if (error instanceof SubjectProblem) return refusalOf(error);
    throw error;
  }
}

/** The same of what takes longer. */
export async function guardedLater<T>(path: string, act: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { kind: 'ok', value: await act() };
  } catch (error) {
    return guarded(path, () => {
      throw error;
    });
  }
}

function load(
  path: string,
  name: string,
  absolute: string,
  linked: LinkedModule | undefined,
  scope: AsyncScope,
): LoadedSubject {
  const realm = new Realm();
  const modules = new Modules(realm, linked);
  const evaluate = (): unknown => modules.evaluate(absolute);
  const { world } = realm;
  const module = { path, name, world, evaluate, stackName: absolute, lines: Infinity };
  const target = lockTarget(module, scope);
  const isAlone = modules.files.length === 1;
  const text = linked?.text ?? (isAlone ? readFileSync(absolute, 'utf8') : undefined);
  const { fingerprint } = modules;
  return { target, text, fingerprint, settle: () => world.settle() };
}
