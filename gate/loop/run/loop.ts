/**
 * The governance loop: waits for its turn, runs the stages of a task, and reports whatever came of
 * them.
 *
 * Nothing here decides what is right: stages judge, `outcomeOf` sums up. Every reason goes through
 * the guard before anybody sees it.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Exit } from '../../shell/exit.ts';
import type { Environment } from '../../shell/style.ts';
import { startLeash } from '../process/leash.ts';
import type { Tools } from '../process/tools.ts';
import type { RunTimes } from '../report/build.ts';
import type { Disk } from '../report/disk.ts';
import { secretGuard } from '../secrets/guard.ts';
import type { FoundTask } from '../task/find.ts';
import type { BackOff } from '../time/back-off.ts';
import type { Clock } from '../time/clock.ts';
import { waitOrDie, type WaitNotice } from '../time/wait-or-die.ts';
import type { LoopContext } from './context.ts';
import { finish, type Finished } from './finish.ts';
import { runGraph } from './graph.ts';
import { acquireLoopLock } from './loop-lock.ts';
import type { GateOutcome } from './outcome.ts';
import type { StageEnd, StageName } from './stage.ts';
import { plannedStages, type ReviewSetting } from './stages.ts';

/** Who is told what happens. */
export interface LoopListener {
  begin(stage: StageName): void;
  wait(stage: StageName, notice: WaitNotice): void;
  end(stage: StageName, end: StageEnd): void;
}

export interface LoopSetting {
  readonly root: string;
  readonly found: FoundTask;
  readonly reviews: ReviewSetting;
  readonly tools: Tools;
  readonly env: Environment;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly backOff: BackOff;
  readonly today: () => Date;
  readonly disk: Disk;
  readonly signal: AbortSignal;
  readonly listener: LoopListener;
}

export type LoopResult =
  | ({ readonly kind: 'finished' } & Finished)
  /** The run never had its turn, or no room to work in. Nothing was written. */
  | { readonly kind: 'not-begun'; readonly outcome: GateOutcome };

/** Where commands write during a run, from the project's root. */
const WORK = '.cache/gate';

/** Runs the loop to its end. Throws only on a defect of its own. */
export async function runLoop(setting: LoopSetting): Promise<LoopResult> {
  const { clock, chance, backOff, signal, found, listener, root } = setting;
  const deadlineMs = clock.now() + found.task.stages.preflight.deadlineSeconds * 1_000;
  const owner = `process ${process.pid}, task ${found.task.task}`;
  const lock = await waitOrDie({
    ...{ clock, chance, backOff, signal, deadlineMs },
    attemptMs: Infinity,
    attempt: () => acquireLoopLock(root, owner),
    onWait: (notice) => listener.wait('preflight', notice),
  });
  if (lock.kind === 'cancelled') return notBegun('CANCELLED', 'before its turn');
  if (lock.kind === 'died') return notBegun('DIE', lock.reason);
  const leash = startLeash();
  const work = join(root, WORK);
  try {
    const problem = await makeRoom(work);
    if (problem !== undefined) return notBegun('DIE', problem);
    const run = new LoopRun(setting, { ...contextOf(setting), leash, work });
    return { kind: 'finished', ...(await run.finished()) };
  } finally {
    leash.close();
    await rm(work, { recursive: true, force: true }).catch(() => {});
    await lock.value.release();
  }
}

function notBegun(kind: 'DIE' | 'CANCELLED', reason: string): LoopResult {
  const outcome = { kind, verdict: 'inconclusive', exit: Exit.inconclusive } as const;
  return { kind: 'not-begun', outcome: { ...outcome, reasons: [reason] } };
}

/** An empty directory to work in, or why there is none. */
async function makeRoom(work: string): Promise<string | undefined> {
  try {
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { recursive: true });
    return undefined;
  } catch (error) {
    return `cannot write into ${WORK}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function contextOf(setting: LoopSetting): Omit<LoopContext, 'leash' | 'work'> {
  const { root, found, tools, env, clock, chance, backOff, signal, listener } = setting;
  return {
    ...{ root, found, tools, env, clock, chance, backOff, signal },
    guard: secretGuard(env, root),
    facts: { reviews: {}, measured: [] },
    evidence: new Map(),
    onWait: (stage, notice) => listener.wait(stage, notice),
  };
}

/** One run with what it knows of its stages. */
class LoopRun {
  readonly #setting: LoopSetting;
  readonly #context: LoopContext;
  readonly #ends = new Map<StageName, StageEnd>();
  readonly #begunMs = new Map<StageName, number>();
  readonly #tookMs = new Map<StageName, number>();
  readonly #waits = new Map<StageName, number>();
  readonly #startedAt: Date;

  constructor(setting: LoopSetting, context: LoopContext) {
    this.#setting = setting;
    this.#startedAt = setting.today();
    this.#context = {
      ...context,
      onWait: (stage, notice) => {
        this.#waits.set(stage, (this.#waits.get(stage) ?? 0) + 1);
        const reason = context.guard.foreign(notice.reason);
        setting.listener.wait(stage, { ...notice, reason });
      },
    };
  }

  async finished(): Promise<Finished> {
    const { reviews, disk, listener } = this.#setting;
    const end = (stage: StageName, ended: StageEnd): void => this.#end(stage, ended);
    await runGraph(plannedStages(this.#context, reviews), {
      begin: (stage) => {
        this.#begunMs.set(stage, this.#context.clock.now());
        listener.begin(stage);
      },
      end,
    });
    return finish({
      context: this.#context,
      disk,
      withoutReview: reviews.without,
      ends: this.#ends,
      end,
      times: () => this.#times(),
    });
  }

  #end(stage: StageName, ended: StageEnd): void {
    const begunMs = this.#begunMs.get(stage);
    // What was not run took no time of its own.
    if (begunMs !== undefined && ended.kind !== 'not-run') {
      this.#tookMs.set(stage, this.#context.clock.now() - begunMs);
    }
    const end = { ...ended, reason: this.#context.guard.foreign(ended.reason) };
    this.#ends.set(stage, end);
    this.#setting.listener.end(stage, end);
  }

  #times(): RunTimes {
    return {
      startedAt: this.#startedAt,
      endedAt: this.#setting.today(),
      tookMs: this.#tookMs,
      waits: this.#waits,
    };
  }
}
