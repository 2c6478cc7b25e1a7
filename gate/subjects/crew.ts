/**
 * Threads that go on with the search through a lock which is not ours, each with a copy of its own.
 *
 * Invariant: what comes of it is what this thread would have found alone, a problem of the lock's
 * code too: the one in the lowest part is told, once. A thread that is stuck or out of memory ends
 * the search at once, and the other threads with it.
 */
import { join } from 'node:path';
import { assertUnreachable } from '../../sim/index.ts';
import { SubjectProblem } from '../../subjects/problem.ts';
import type { Crew } from '../explore/crew.ts';
import { type Fault, poolCrew, type PoolOptions } from '../explore/pool.ts';
import { type Bounds, died, START_MS, stuck } from './bounds.ts';
import type { SubjectParts } from './part-worker.ts';

export interface SubjectCrewOptions extends Omit<PoolOptions, 'job' | 'module' | 'guard'> {
  readonly job: SubjectParts;
  readonly bounds: Bounds;
}

/** Threads for the parts of a search; their work throws a SubjectProblem at a fault of the code. */
export function subjectCrew({ bounds, ...options }: SubjectCrewOptions): Crew {
  const { name } = options.job.source;
  const module = join(import.meta.dirname, 'part-worker.ts');
  const crew = poolCrew({ ...options, module, guard: { ...bounds, startMs: START_MS } });
  return {
    ...crew,
    work: async (parts, watch) => {
      const { fault, ...watched } = await crew.work(parts, watch);
      if (fault !== undefined) throw problemOf(fault, name, bounds);
      return watched;
    },
  };
}

function problemOf(fault: Fault, name: string, bounds: Bounds): SubjectProblem {
  switch (fault.kind) {
    case 'stuck':
      return stuck(name, bounds);
    case 'died':
      return died(name, bounds);
    case 'problem':
      return new SubjectProblem(fault.problem.code, fault.problem.message);
    default:
      return assertUnreachable(fault);
  }
}
