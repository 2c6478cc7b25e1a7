/**
 * A lock written as ordinary `async` code as a subject: clients that use it, on promises of ours.
 *
 * One atomic step is one turn of an event loop: a client is resumed by the world outside, or a
 * timer fires, and then everything runs that follows from it until no job is left. The oracle
 * decides what comes next; the order of jobs within a turn is the language's and never chosen. One
 * client that asks may come in the same turn as another’s step, before any job runs: one event
 * may resume two. Invariant: an attempt is synchronous and begins with code that was loaded anew.
 * Known limit: every step touches the lock, so that there is nothing to reduce.
 */
import { assert } from '../../base/assert.ts';
import { CHECKS } from '../../check/checks/index.ts';
import type { FairnessPromise, Facts } from '../../check/contract.ts';
import { Judge } from '../../check/judge.ts';
import { EXPLORED } from '../../check/sources.ts';
import { FIRST_DELIVERY, Footprints, NOBODY } from '../../kernel/footprints.ts';
import { type Option, type Oracle, STOP } from '../../kernel/oracle.ts';
import { ExploredRecorder } from '../../run/explored-recorder.ts';
import { TraceDigest } from '../../trace/digest.ts';
import { EventKind, NONE, RunEnd } from '../../trace/event.ts';
import { Attempt, type ExploredResult } from '../attempt.ts';
import { NotingOracle, PlacingOracle } from '../choices.ts';
import { QuickJudge } from '../quick-judge.ts';
import type { Subject } from '../subject.ts';
import { lockFacts } from '../lock-facts.ts';
import { type AsyncScope, Clients, nameOf, NO_FAULT, type Turn } from './clients.ts';
import { type LockMaker, readLock } from './foreign-lock.ts';
import type { Jobs } from './jobs.ts';
import type { SteppedPromiseClass } from './stepped-promise.ts';
import type { Timer, Timers } from './timers.ts';

/** The world in which the code of a lock runs. */
export interface AsyncWorld extends LockMaker {
  readonly jobs: Jobs;
  readonly timers: Timers;
  /** What the code finds as `Promise`; its reactions go to `jobs`. */
  readonly promise: SteppedPromiseClass;
}

export interface AsyncLockOptions {
  readonly name: string;
  readonly scope: AsyncScope;
  /** What the lock promises about the order of its waiters. */
  readonly fairness: FairnessPromise;
}

/** What the default schedule of one client alone showed. */
export interface Rehearsal {
  /** Whether the lock let it in. */
  readonly admitted: boolean;
  readonly complaint: string | undefined;
  /** What it was that the lock said: an error, most often. */
  readonly reason: unknown;
}

/** Thrown where the code does what no lock may do: a fault of the code, and no verdict. */
export class ForeignLockError extends Error {
  override readonly name = 'ForeignLockError';
}

const LOCK_CHECKS = CHECKS.filter(({ id }) => id.startsWith('lock.') && EXPLORED.required.has(id));

/** Steps of one execution, and jobs of one step; whatever takes more never comes to rest. */
const STEPS_MAX = 2_000;
const JOBS_MAX = 100_000;

export class AsyncLockSubject implements Subject {
  readonly name: string;
  readonly scope: string;
  readonly reducible = false;
  readonly #world: AsyncWorld;
  readonly #scope: AsyncScope;
  readonly #facts: Facts;
  readonly #judge: QuickJudge;
  readonly #own = new Footprints();
  #rehearsal: Rehearsal = { admitted: false, complaint: undefined, reason: undefined };

  constructor(world: AsyncWorld, { name, scope, fairness }: AsyncLockOptions) {
    assert(scope.clients > 0 && scope.rounds > 0, 'expected somebody who asks');
    this.name = name;
    this.scope =
      `${scope.clients} clients, ${scope.rounds} rounds each; one atomic step is one turn of the ` +
      'event loop: a client is resumed or a timer of the lock fires, with all that follows from ' +
      'it. Two clients may be resumed in one turn; a timer may fire at any time; where the lock ' +
      'runs the section, that of one client may fail, once.';
    this.#world = world;
    this.#scope = scope;
    const names = Array.from({ length: scope.clients }, (_, client) => nameOf(client));
    this.#facts = lockFacts(names, fairness);
    this.#judge = new QuickJudge(this.#facts, LOCK_CHECKS);
  }

  attempt(oracle: Oracle): Attempt {
    const noting = new NotingOracle(oracle);
    const recorder = this.#judge.begin(this.#own);
    const { steps, end } = this.#execute(noting, this.#own, recorder);
    const complete = end === RunEnd.done || end === RunEnd.stuck;
    const { verdict, violated } = this.#judge.finish({ timeUs: recorder.lastUs, complete });
    const { choices } = noting;
    return new Attempt({ verdict, violated, choices, steps, end }, this.#witness);
  }

  /** What the last execution showed of the lock's good will. */
  get rehearsal(): Rehearsal {
    return this.#rehearsal;
  }

  readonly #witness = (oracle: Oracle): ExploredResult => {
    const judge = new Judge(EXPLORED, this.#facts, LOCK_CHECKS);
    const digest = new TraceDigest();
    const footprints = new Footprints();
    const recorder = new ExploredRecorder(
      { keep: true, readers: [judge.read, digest.read] },
      footprints,
    );
    const placing = new PlacingOracle(oracle, () => recorder.size);
    const { steps, end } = this.#execute(placing, footprints, recorder);
    const complete = end === RunEnd.done || end === RunEnd.stuck;
    return {
      ...judge.finish({ timeUs: recorder.lastUs, complete }),
      digest: digest.hex(),
      complete,
      elapsedUs: recorder.lastUs,
      events: recorder.size,
      steps,
      taskNames: this.#facts.taskNames,
      segments: recorder.segments,
      choiceSeqs: placing.seqs,
    };
  };

  #execute(oracle: Oracle, footprints: Footprints, recorder: ExploredRecorder) {
    const { jobs, timers, promise } = this.#world;
    jobs.clear();
    timers.clearAll();
    footprints.start(recorder);
    const lock = readLock(this.#world.make());
    if (lock.kind === 'error') throw new ForeignLockError(lock.error.message);
    const scope = this.#scope;
    const clients = new Clients({ lock: lock.value, type: promise, recorder, scope, oracle });
    const loop = new Loop(clients, this.#world, oracle, footprints);
    const end = loop.run();
    recorder.stamp(EventKind.end, NONE, NONE, NONE, clients.unfinished, end, 0);
    recorder.finish();
    if (clients.problem !== undefined) throw new ForeignLockError(clients.problem);
    const { grants, complaint, reason } = clients;
    this.#rehearsal = { admitted: grants > 0, complaint, reason };
    return { steps: loop.steps, end };
  }
}

/** One execution: turn after turn, until all are done or nothing can happen. */
class Loop {
  steps = 0;
  readonly #clients: Clients;
  readonly #world: AsyncWorld;
  readonly #oracle: Oracle;
  readonly #footprints: Footprints;
  readonly #options: Option[] = [];
  readonly #timers: Timer[] = [];

  constructor(clients: Clients, world: AsyncWorld, oracle: Oracle, footprints: Footprints) {
    this.#clients = clients;
    this.#world = world;
    this.#oracle = oracle;
    this.#footprints = footprints;
  }

  run(): RunEnd {
    const { jobs } = this.#world;
    // What making the lock set off belongs to no client.
    if (!jobs.run(JOBS_MAX)) return RunEnd.limit;
    while (this.#clients.unfinished > 0) {
      if (this.#clients.problem !== undefined || this.steps === STEPS_MAX) return RunEnd.limit;
      const options = this.#list();
      if (options.length === 0) return RunEnd.stuck;
      const pick = options.length === 1 ? 0 : this.#oracle.chooseNext(options);
      if (pick === STOP) return RunEnd.cancelled;
      this.#begin(options[pick] as Option);
      this.#take(pick);
      const rests = jobs.run(JOBS_MAX);
      this.#footprints.end();
      if (!rests) return RunEnd.limit;
    }
    return RunEnd.done;
  }

  #list(): readonly Option[] {
    const { timers } = this.#world;
    const { turns } = this.#clients;
    const options = this.#options;
    options.length = 0;
    this.#timers.length = 0;
    const dueUs = timers.nowUs;
    for (const { client } of turns) options.push({ task: client, process: client, dueUs });
    timers.addEnabled(this.#timers);
    for (const { id, dueUs } of this.#timers) {
      options.push({ task: NONE, process: FIRST_DELIVERY + id, dueUs });
    }
    return options;
  }

  #begin({ process, dueUs }: Option): void {
    this.steps += 1;
    this.#footprints.begin(process, NOBODY, dueUs);
  }

  #take(pick: number): void {
    const { turns } = this.#clients;
    const timer = this.#timers[pick - turns.length];
    if (timer !== undefined) {
      this.#world.timers.fire(timer);
      return;
    }
    (turns.splice(pick, 1)[0] as Turn).take();
    this.#takeAlong(turns);
  }

  /** One more client that is about to ask may be resumed in the same turn. */
  #takeAlong(turns: Turn[]): void {
    let asking = 0;
    for (const { kind } of turns) if (kind === 'ask') asking += 1;
    if (asking === 0) return;
    let left = this.#oracle.choose(asking + 1, NO_FAULT);
    if (left === 0) return;
    const at = turns.findIndex(({ kind }) => kind === 'ask' && --left === 0);
    (turns.splice(at, 1)[0] as Turn).take();
  }
}
