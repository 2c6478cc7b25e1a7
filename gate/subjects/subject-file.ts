/**
 * A lock in a file as something to explore: finds it, loads it, and sees that it lets somebody in.
 *
 * The module exports `createLock()`, and may export `fairness`. Everything that is wrong with it is
 * said before a search begins, in terms of what was expected and what came.
 */
import { isAbsolute, resolve } from 'node:path';
import {
  AsyncLockSubject,
  type AsyncScope,
  asyncTarget,
  type AsyncWorld,
  fifoOracle,
  ForeignLockError,
  type Target,
} from '../../sim/index.ts';
import { openFile } from '../input/file.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import { Modules } from './modules.ts';
import { SubjectProblem } from './problem.ts';
import { Realm } from './realm.ts';

type Fairness = ConstructorParameters<typeof AsyncLockSubject>[1]['fairness'];

/** A lock that can be explored. */
export interface LoadedSubject {
  readonly target: Target<AsyncScope>;
  readonly fairness: Fairness;
  /** Files that its code came from. */
  readonly files: readonly string[];
}

/** The lock of the module at `path`, used so often. */
export async function loadSubject(
  path: string,
  name: string,
  scope: AsyncScope,
): Promise<Outcome<LoadedSubject>> {
  const opened = await openFile(path);
  if (opened.kind === 'error') return opened;
  await opened.value.close();
  return guarded(path, () => load(isAbsolute(path) ? path : resolve(path), name, scope));
}

/** What `act` gives, or what is wrong with the code that it runs. */
export function guarded<T>(path: string, act: () => T): Outcome<T> {
  try {
    return { kind: 'ok', value: act() };
  } catch (error) {
    if (error instanceof SubjectProblem) return refuse(error.code, error.message);
    if (error instanceof ForeignLockError) {
      return refuse('subject-contract', `${path}: ${error.message}`);
    }
    throw error;
  }
}

function load(path: string, name: string, scope: AsyncScope): LoadedSubject {
  const realm = new Realm();
  const modules = new Modules(realm);
  const exported = exportsOf(path, modules);
  const fairness = fairnessOf(path, exported['fairness']);
  const { jobs, timers, promise } = realm;
  const world: AsyncWorld = {
    jobs,
    timers,
    promise,
    make: () => {
      const { createLock } = exportsOf(path, modules);
      if (typeof createLock === 'function') return ownWords(path, createLock as () => unknown);
      throw new SubjectProblem(
        'subject-contract',
        `expected ${path} to export a function createLock, got ${typeof createLock}`,
      );
    },
  };
  rehearse(path, new AsyncLockSubject(world, { name, scope: { clients: 1, rounds: 1 }, fairness }));
  const target = asyncTarget(world, { name, scope, fairness });
  return { target, fairness, files: modules.files };
}

/** One client alone, in the default order: it has to get in, or there is nothing to explore. */
function rehearse(path: string, subject: AsyncLockSubject): void {
  subject.attempt(fifoOracle);
  const { admitted, complaint } = subject.rehearsal;
  if (admitted) return;
  throw new SubjectProblem(
    'subject-shut',
    `expected the lock of ${path} to let in one client that asks alone, got ` +
      (complaint ?? 'no answer, and nothing left that could happen'),
  );
}

function exportsOf(path: string, modules: Modules): Readonly<Record<string, unknown>> {
  const exported = ownWords(path, () => modules.evaluate(path));
  return (exported ?? {}) as Readonly<Record<string, unknown>>;
}

/** Tells what the code of a lock threw while it was loaded or made. */
function ownWords<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof SubjectProblem) throw error;
    throw new SubjectProblem('subject-throws', `expected ${path} to load, got ${String(error)}`);
  }
}

function fairnessOf(path: string, value: unknown): Fairness {
  if (value === undefined || value === 'unfair') return { kind: 'unfair' };
  if (value === 'fifo') return { kind: 'fifo' };
  const max = typeof value === 'object' && value !== null && 'bypass' in value && value.bypass;
  if (typeof max === 'number' && Number.isInteger(max) && max >= 0) return { kind: 'bypass', max };
  throw new SubjectProblem(
    'subject-contract',
    `expected fairness of ${path} to be 'fifo', 'unfair' or { bypass: number }, got ${JSON.stringify(value)}`,
  );
}
