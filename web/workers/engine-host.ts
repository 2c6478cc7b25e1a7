/**
 * Runs one scenario at a time in slices, and hands the page what it asked for.
 *
 * The clock, the turn of the event loop and the way out are given, so that it works the same in a
 * worker and in a test. Invariant: the speed, the slices and the page's appetite decide when an
 * event arrives, never which events there are. Without credit a run stands still once a batch is
 * full, so a page that cannot keep up never piles up memory.
 */
import {
  acceptanceTable,
  decodeSchedule,
  GALLERY,
  galleryEntry,
  ReplayRun,
  Run,
  type RunOptions,
  type Scenario,
} from '../../sim/index.ts';
import { CLAIMS } from './claims.ts';
import type {
  Credit,
  EngineApi,
  EngineMessage,
  Goal,
  Opened,
  Progress,
  WireSegment,
  Work,
} from './engine-contract.ts';
import { Outbox } from './outbox.ts';

/** What the host needs of the world around it. */
export interface Surroundings {
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  /** Calls back in a later turn of the event loop, no sooner than after `delayMs`. */
  readonly later: (work: () => void, delayMs: number) => void;
  readonly send: (message: EngineMessage, transfer: readonly ArrayBuffer[]) => void;
}

/** How long a slice may keep the worker from hearing a command. */
const SLICE_MS = 8;
const STEPS_BETWEEN_CLOCKS = 512;
/** Batches leave no faster than a page draws. */
const FRAME_MS = 16;
/** How long a paced run sleeps between two looks at the clock. */
const PACE_MS = 4;
/** Events that a batch holds at most, about: 7 MB. */
const BATCH_EVENTS_MAX = 262_144;
const US_PER_MS = 1_000;

/** The run at hand. */
interface Current {
  readonly id: number;
  readonly run: Run | ReplayRun;
  readonly outbox: Outbox;
  goal: Goal;
  /** Since when the run has been paced, on both clocks. */
  paceFromMs: number;
  paceFromUs: number;
  /** When the last batch left. */
  sentMs: number;
  /** Whether the page waits to hear that the run rests. */
  announce: boolean;
  over: boolean;
}

export class EngineHost implements Omit<EngineApi, 'connect'> {
  readonly #around: Surroundings;
  readonly #options: Omit<RunOptions, 'keepTrace' | 'readers'>;
  #current: Current | undefined;
  #credits = 0;
  #scheduled = false;

  constructor(around: Surroundings, options: Omit<RunOptions, 'keepTrace' | 'readers'> = {}) {
    this.#around = around;
    this.#options = options;
  }

  open(id: number, work: Work, goal: Goal): Opened {
    const scenario = scenarioOf(work);
    const outbox = new Outbox();
    const options = { ...this.#options, keepTrace: false, readers: [outbox.read] };
    const run = runOf(scenario, work.kind === 'scenario' ? work.schedule : undefined, options);
    const idle: Goal = { kind: 'rest' };
    const pace = { paceFromMs: 0, paceFromUs: 0, sentMs: -Infinity };
    this.#current = { id, run, outbox, goal: idle, ...pace, announce: false, over: false };
    this.pursue(goal);
    const symbols = scenario.symbols.map(({ name }) => name);
    return { scenario, entry: nameOf(scenario), symbols, tasks: [...run.taskNames] };
  }

  pursue(goal: Goal): void {
    const current = this.#current;
    if (current === undefined || current.over) return;
    current.goal = goal;
    current.announce = true;
    current.paceFromMs = this.#around.nowMs();
    current.paceFromUs = current.run.nowUs;
    this.#schedule(0);
  }

  step(): void {
    const current = this.#current;
    if (current === undefined || current.over) return;
    const { pending } = current.run;
    this.pursue({ kind: 'reach', seq: pending.firstSeq + pending.size });
  }

  cancel(): void {
    const current = this.#current;
    if (current === undefined || current.over) return;
    current.run.cancel();
    current.goal = { kind: 'play', speed: Infinity };
    this.#schedule(0);
  }

  /** The page has room for further batches. */
  credit({ batches }: Credit): void {
    this.#credits += batches;
    this.#schedule(0);
  }

  #schedule(delayMs: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#around.later(() => {
      this.#scheduled = false;
      this.#slice();
    }, delayMs);
  }

  /** One turn: advances for a while, hands over what there is, and says when it wants another. */
  #slice(): void {
    const current = this.#current;
    if (current === undefined || current.over) return;
    const { run, outbox } = current;
    const hasRoom = this.#credits > 0;
    // Credit calls for another turn.
    if (!hasRoom && outbox.size >= BATCH_EVENTS_MAX) return;
    if (!this.#advance(current)) {
      this.#finish(current);
      return;
    }
    const reached = isReached(current);
    const isDue = this.#around.nowMs() - current.sentMs >= FRAME_MS;
    if (reached || (hasRoom && (isDue || outbox.size >= BATCH_EVENTS_MAX)))
      this.#sendBatch(current);
    if (!reached) this.#schedule(isPaced(current.goal) ? PACE_MS : 0);
    else if (current.announce) {
      current.goal = { kind: 'rest' };
      current.announce = false;
      this.#around.send({ kind: 'resting', run: current.id, progress: progressOf(run) }, []);
    }
  }

  /** Advances towards the goal for at most a slice; false once the run is over. */
  #advance(current: Current): boolean {
    const { run, goal, outbox } = current;
    const untilMs = this.#around.nowMs() + SLICE_MS;
    while (goal.kind !== 'rest' && !isReached(current)) {
      const isSingle = goal.kind === 'reach' && isNear(run, goal.seq);
      const steps = isPaced(goal) ? this.#paced(current, goal.speed) : isSingle ? 1 : undefined;
      if (steps === 0) return true;
      if (!run.advance(steps ?? STEPS_BETWEEN_CLOCKS)) return false;
      if (outbox.size >= BATCH_EVENTS_MAX || this.#around.nowMs() >= untilMs) return true;
    }
    return true;
  }

  /** Steps that a paced run may take at once: one while it is behind the clock on the wall. */
  #paced({ run, paceFromMs, paceFromUs }: Current, speed: number): 0 | 1 {
    const dueUs = paceFromUs + (this.#around.nowMs() - paceFromMs) * US_PER_MS * speed;
    return run.nowUs <= dueUs ? 1 : 0;
  }

  /** Hands over what the run has stamped so far. */
  #sendBatch({ id, run, outbox }: Current): void {
    outbox.read(run.pending);
    this.#send(id, run, outbox.take());
  }

  #send(id: number, run: Current['run'], segments: readonly WireSegment[]): void {
    if (segments.length === 0) return;
    const current = this.#current;
    if (current !== undefined) current.sentMs = this.#around.nowMs();
    this.#credits -= 1;
    const buffers = segments.map(({ buffer }) => buffer);
    const batch = { kind: 'batch', run: id, segments, progress: progressOf(run) } as const;
    this.#around.send(batch, buffers);
  }

  #finish(current: Current): void {
    current.over = true;
    const result = current.run.result();
    if (result.complete) assertFits(current.run);
    this.#send(current.id, current.run, current.outbox.take());
    const said = { acceptance: acceptanceTable(result), claims: CLAIMS };
    this.#around.send({ kind: 'finished', run: current.id, result, ...said }, []);
  }
}

function scenarioOf(work: Work): Scenario {
  if (work.kind === 'scenario') return work.scenario;
  const { scenario } = galleryEntry(work.name);
  return work.seed === undefined ? scenario : { ...scenario, seed: work.seed };
}

/** The run of a scenario, or its replay under the schedule of a link. */
function runOf(
  scenario: Scenario,
  schedule: string | undefined,
  options: RunOptions,
): Current['run'] {
  if (schedule === undefined) return new Run(scenario, options);
  const choices = decodeSchedule(schedule);
  if (choices.kind === 'error') throw new Error(choices.error.message);
  return new ReplayRun(scenario, choices.value, options);
}

/** Who opens a link tries its schedule first; one that does not fit is never shown as its run. */
function assertFits(run: Current['run']): void {
  if (!(run instanceof ReplayRun)) return;
  const fit = run.fit();
  if (fit.kind === 'error') throw new Error(fit.error.message);
}

function seedless(scenario: Scenario): string {
  return JSON.stringify({ ...scenario, seed: 0 });
}

/** The gallery's names by its scenarios, written out once, when the first is asked for. */
let namesByText: ReadonlyMap<string, string> | undefined;

/** The gallery's name of a scenario: all but the seed has to be the same. */
function nameOf(scenario: Scenario): string | undefined {
  namesByText ??= new Map(GALLERY.map((each) => [seedless(each.scenario), each.name]));
  return namesByText.get(seedless(scenario));
}

/** How far before its goal a run goes on step by step, since a step stamps several events. */
const NEAR_EVENTS = 65_536;

function isNear({ pending }: Current['run'], seq: number): boolean {
  return pending.firstSeq + pending.size + NEAR_EVENTS > seq;
}

function isReached({ run, goal }: Current): boolean {
  if (goal.kind === 'rest') return true;
  return goal.kind === 'reach' && run.pending.firstSeq + run.pending.size > goal.seq;
}

function progressOf(run: Current['run']): Progress {
  return { done: run.progress(), nowUs: run.nowUs };
}

function isPaced(goal: Goal): goal is { kind: 'play'; speed: number } {
  return goal.kind === 'play' && Number.isFinite(goal.speed);
}
