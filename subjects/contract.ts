/**
 * A module's exports as a lock that can be explored, or what is wrong with them.
 *
 * The module exports `createLock()`, and may export `fairness`. Everything that is wrong with it is
 * said before a search begins, in terms of what was expected and what came.
 */
import {
  AsyncLockSubject,
  type AsyncScope,
  asyncTarget,
  type AsyncWorld,
  fifoOracle,
  ForeignLockError,
  type Target,
} from '../sim/index.ts';
import { SubjectProblem } from './problem.ts';
import type { World } from './world.ts';

export type Fairness = ConstructorParameters<typeof AsyncLockSubject>[1]['fairness'];

/** Where a lock's code is from. */
export interface LockModule {
  /** What messages call the module. */
  readonly path: string;
  /** What the lock is called. */
  readonly name: string;
  readonly world: World;
  /** Evaluates the module anew, with all that it imports, and gives its exports. */
  readonly evaluate: () => unknown;
  /** What a stack calls the text with the module, before the line. */
  readonly stackName: string;
  /** How many lines of that text are the module, from the first on. */
  readonly lines: number;
}

/** The lock that a module makes, used so often; throws a SubjectProblem where it is none. */
export function lockTarget(module: LockModule, scope: AsyncScope): Target<AsyncScope> {
  const { path, name, world } = module;
  world.lineOf = (error) => lineIn(error, module);
  const fairness = world.traced(() => fairnessOf(path, exportsOf(module)['fairness']));
  const { jobs, timers, promise } = world;
  const place: AsyncWorld = {
    jobs,
    timers,
    promise,
    make: () => {
      const { createLock } = exportsOf(module);
      if (typeof createLock === 'function') return ownWords(module, createLock as () => unknown);
      throw new SubjectProblem(
        'subject-contract',
        `expected ${path} to export a function createLock, got ${typeof createLock}`,
      );
    },
  };
  const alone = { clients: 1, rounds: 1 };
  world.traced(() =>
    rehearse(module, new AsyncLockSubject(place, { name, scope: alone, fairness })),
  );
  return asyncTarget(place, { name, scope, fairness });
}

/** What `act` gives; a lock that breaks the contract while it is explored is a SubjectProblem. */
export function explored<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ForeignLockError)) throw error;
    throw new SubjectProblem('subject-contract', `${path}: ${error.message}`);
  }
}

/** One client alone, in the default order: it has to get in, or there is nothing to explore. */
function rehearse(module: LockModule, subject: AsyncLockSubject): void {
  const { path, world } = module;
  explored(path, () => subject.attempt(fifoOracle));
  world.settle();
  const { admitted, complaint, reason } = subject.rehearsal;
  if (admitted) return;
  const line = lineIn(reason, module);
  throw new SubjectProblem(
    'subject-shut',
    `expected the lock of ${path} to let in one client that asks alone, got ` +
      (complaint ?? 'no answer, and nothing left that could happen'),
    line,
  );
}

function exportsOf(module: LockModule): Readonly<Record<string, unknown>> {
  module.world.restart();
  const exported = ownWords(module, module.evaluate);
  return (exported ?? {}) as Readonly<Record<string, unknown>>;
}

/** Tells what the code of a lock threw while it was loaded or made. */
function ownWords<T>(module: LockModule, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof SubjectProblem) throw error;
    const message = `expected ${module.path} to load, got ${String(error)}`;
    throw new SubjectProblem('subject-throws', message, lineIn(error, module));
  } finally {
    module.world.leave();
  }
}

/** The first line of a module that an error's stack names; undefined where it names none. */
function lineIn(error: unknown, { stackName, lines }: LockModule): number | undefined {
  const { stack } = (error ?? {}) as { readonly stack?: unknown };
  if (typeof stack !== 'string') return undefined;
  const named = stack.split(`${stackName}:`).slice(1);
  return named.map((text) => Number.parseInt(text, 10)).find((line) => line <= lines);
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
