/**
 * Exploring a lock as the page sees it: how often it is used, how far the search is, what came of
 * it, and what is wrong with the code.
 *
 * Invariant: nothing runs but by `explore` and `tell`, and what an earlier job still says is
 * dropped. The outcome is of `lock`: once the code is another, it is stale.
 */
import { type AsyncScope, LOCK_SCOPE, type OwnLock } from '../../sim/index.ts';
import { SearchCourse, type SearchPhase } from '../explore/search-course.svelte.ts';
import type { TargetProgress } from '../workers/target-search.ts';
import { type LockAnswer, type LockWork, runLock, type RunLock } from './lock-box.ts';
import type { LockEnd, LockJob, LockProblem, LockTale } from './sandbox/lock-contract.ts';

const SCHEDULES_USUAL = 500_000;
/** Enough to find what can be found, and to prove the usual number of clients and rounds. */
const SECONDS_USUAL = { search: 30, proof: 120 } as const;

/** It never fails: what goes wrong here is a problem of the code. */
export class LockExplorer extends SearchCourse<{ readonly check: string }> {
  clients: number = $state(LOCK_SCOPE.clients.usual);
  rounds: number = $state(LOCK_SCOPE.rounds.usual);
  /** The code that was run last. */
  lock: OwnLock | undefined = $state.raw(undefined);
  end: LockEnd | undefined = $state.raw(undefined);
  /** The execution at hand. */
  told: LockTale | undefined = $state.raw(undefined);
  problem: LockProblem | undefined = $state.raw(undefined);
  readonly #run: RunLock;
  #work: LockWork | undefined;

  constructor(run: RunLock = runLock) {
    super();
    this.#run = run;
    this.schedulesMax = SCHEDULES_USUAL;
  }

  /** Searches for a violation, or where none is expected for a proof. */
  aim(at: 'search' | 'proof'): void {
    this.strategy = at === 'proof' ? 'exhaustive' : 'portfolio';
    this.secondsMax = SECONDS_USUAL[at];
  }

  get scope(): AsyncScope {
    return { clients: this.clients, rounds: this.rounds };
  }

  /** Sets how many clients there are, or how often each asks, within limits. */
  use(what: keyof AsyncScope, value: number): void {
    const { least, most } = LOCK_SCOPE[what];
    if (Number.isFinite(value)) this[what] = Math.min(most, Math.max(least, Math.round(value)));
  }

  /** Runs the code under many schedules; resolves when it is over, in whatever way. */
  async explore(lock: OwnLock): Promise<void> {
    const { plan, scope } = this;
    await this.#do('searching', lock, { kind: 'explore', scope, plan });
  }

  /** Runs the code under one schedule. */
  async tell(lock: OwnLock, schedule: string): Promise<void> {
    const { clients, rounds } = lock;
    await this.#do('telling', lock, { kind: 'tell', scope: { clients, rounds }, schedule });
  }

  /** Ends what is under way with what it has. */
  cancel(): void {
    this.isEnding = this.isBusy;
    this.#work?.cancel();
  }

  /** Gives up what is under way, and forgets what came of it. */
  clear(): void {
    this.#work?.close();
    this.#work = undefined;
    this.#begin('idle', undefined);
  }

  async #do(phase: SearchPhase, lock: OwnLock, job: LockJob): Promise<void> {
    this.clear();
    this.#begin(phase, lock);
    const work: LockWork = this.#run(lock, job, (progress) => {
      if (this.#work === work) this.#hear(progress);
    });
    this.#work = work;
    const answer = await work.answer;
    if (this.#work !== work) return;
    this.#work = undefined;
    this.phase = 'done';
    this.#take(answer);
  }

  #begin(phase: SearchPhase, lock: OwnLock | undefined): void {
    this.restart(phase);
    this.lock = lock;
    this.end = undefined;
    this.told = undefined;
    this.problem = undefined;
  }

  #hear(heard: TargetProgress): void {
    if (heard.kind === 'found') this.take(heard);
    else this.follow(heard);
  }

  #take(answer: LockAnswer): void {
    switch (answer.kind) {
      case 'over':
        this.end = answer.end;
        this.progress = answer.end.progress;
        this.told = answer.end.violation?.told;
        return;
      case 'told':
        this.told = answer.told;
        return;
      case 'problem':
        this.problem = answer.problem;
        return;
      case 'closed':
        this.phase = 'idle';
        return;
    }
  }
}
