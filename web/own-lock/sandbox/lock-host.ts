/**
 * Explores the lock that lowered modules make, in whatever world they run.
 *
 * Everything that is wrong with the code comes out as a problem, never as an exception.
 */
import {
  type AsyncScope,
  type Attempt,
  type CheckId,
  decodeSchedule,
  EventKind,
  eventsOf,
  replay,
  type Segment,
  type Target,
} from '../../../sim/index.ts';
import { explored, lockTarget } from '../../../subjects/contract.ts';
import { SubjectProblem } from '../../../subjects/problem.ts';
import type { Factory, World } from '../../../subjects/world.ts';
import type { Tale } from '../../workers/explore-contract.ts';
import { type ExploreSurroundings, taleOf, TargetSearch } from '../../workers/target-search.ts';
import type { FromLock, LockEvent, LockJob, LockTale } from './lock-contract.ts';

/** The modules of a lock: its own, which comes first, and those of the libraries that it uses. */
export interface LockCode {
  /** What the lock's own module is called in messages, and in `factories`. */
  readonly path: string;
  readonly factories: Readonly<Record<string, Factory>>;
  /** By importing module and specifier: which module is meant. */
  readonly imports: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What a stack calls the text of all modules. */
  readonly stackName: string;
  /** How many lines of that text are the lock's own module. */
  readonly lines: number;
}

type Tell = (message: FromLock) => void;

export class LockHost {
  readonly #code: LockCode;
  readonly #world: World;
  readonly #search: TargetSearch;

  constructor(code: LockCode, world: World, around: ExploreSurroundings) {
    this.#code = code;
    this.#world = world;
    this.#search = new TargetSearch(around);
  }

  /** Does what is asked; the last that is told is what came of it. */
  async run(job: LockJob, tell: Tell): Promise<void> {
    try {
      const target = this.#target(job.scope);
      if (job.kind === 'explore') await this.#explore(target, job, tell);
      else this.#tell(target, job.schedule, tell);
    } catch (error) {
      tell({ kind: 'problem', problem: this.#problemOf(error) });
    }
  }

  cancel(): void {
    this.#search.cancel();
  }

  async #explore(
    target: Target<AsyncScope>,
    { scope, plan }: LockJob & { readonly kind: 'explore' },
    tell: Tell,
  ): Promise<void> {
    const { violation, ...end } = await this.#search.explore(target, plan, (progress) =>
      tell({ kind: 'progress', progress }),
    );
    this.#world.settle();
    const found = violation && {
      check: violation.check,
      told: taleWithTrace(violation.target, violation.attempt, violation.tale, violation.check),
      choicesBefore: violation.choicesBefore,
      choices: violation.choices,
      replays: violation.replays,
      minimal: violation.minimal,
    };
    tell({ kind: 'over', end: { scope, ...end, violation: found } });
  }

  #tell(target: Target<AsyncScope>, schedule: string, tell: Tell): void {
    const choices = decodeSchedule(schedule);
    const attempt = choices.kind === 'error' ? choices : replay(target.subject, choices.value);
    if (attempt.kind === 'error') {
      const { code, message } = attempt.error;
      tell({ kind: 'problem', problem: { code, message, line: undefined } });
      return;
    }
    const [check] = attempt.value.violated;
    const tale = taleOf(target.subject, attempt.value, check);
    this.#world.settle();
    tell({ kind: 'told', told: taleWithTrace(target, attempt.value, tale, check) });
  }

  #target(scope: AsyncScope): Target<AsyncScope> {
    const { path, stackName, lines } = this.#code;
    const evaluate = (): unknown => this.#evaluate();
    const world = this.#world;
    return lockTarget({ path, name: path, world, evaluate, stackName, lines }, scope);
  }

  /** Evaluates the lock's module anew, with all that it requires. */
  #evaluate(): unknown {
    const { factories, imports, path } = this.#code;
    const { runtime } = this.#world;
    const instances = new Map<string, { exports: unknown }>();
    const load = (name: string): unknown => {
      const known = instances.get(name);
      if (known !== undefined) return known.exports;
      const module: { exports: unknown } = { exports: {} };
      instances.set(name, module);
      const require = (specifier: string): unknown => {
        const meant = imports[name]?.[specifier];
        if (meant !== undefined) return load(meant);
        throw new SubjectProblem(
          'subject-import',
          `expected ${path} to import what is here (async-lock, async-mutex, ` +
            `semaphore-async-await), got ${specifier}`,
        );
      };
      const { exports } = module;
      factories[name]?.call(exports, exports as object, require, module, runtime);
      return module.exports;
    };
    return load(path);
  }

  #problemOf(error: unknown): { code: string; message: string; line: number | undefined } {
    const { path } = this.#code;
    try {
      explored(path, () => {
        throw error;
      });
    } catch (told) {
      if (told instanceof SubjectProblem) {
        const { code, message, line } = told;
        return { code, message, line };
      }
    }
    return { code: 'explorer-failed', message: String(error), line: undefined };
  }
}

function taleWithTrace(
  { value }: Target<AsyncScope>,
  { result }: Attempt,
  tale: Tale,
  check: CheckId | undefined,
): LockTale {
  return { ...tale, scope: value, check, events: drawnOf(result.segments) };
}

const DRAWN: ReadonlyMap<EventKind, LockEvent['kind']> = new Map([
  [EventKind.request, 'request'],
  [EventKind.enter, 'enter'],
  [EventKind.exit, 'exit'],
  [EventKind.cancel, 'cancel'],
]);

function drawnOf(segments: readonly Segment[]): LockEvent[] {
  const events: LockEvent[] = [];
  for (const { kind: number, task, seq, timeUs } of eventsOf(segments)) {
    const kind = DRAWN.get(number);
    if (kind !== undefined) events.push({ kind, client: task, seq, timeUs });
  }
  return events;
}
