/**
 * Runs one scenario at a time in slices, and hands the page what it asked for.
 *
 * The clock, the turn of the event loop and the way out are given, so that it works the same in a
 * worker and in a test. Invariant: the speed, the slices and the page's appetite decide when an event
 * arrives, never which events there are. Without credit the run stands still, so a page that cannot
 * keep up never piles up memory.
 */
import { Run, type RunOptions, type Scenario } from '../../sim/index.ts';
import type { Credit, EngineApi, EngineMessage, Goal, RunNames } from './engine-contract.ts';
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
/** How long a paced run sleeps between two looks at the clock. */
const PACE_MS = 4;
/** Events that a batch holds at most, about: 7 MB. */
const BATCH_EVENTS_MAX = 262_144;
const US_PER_MS = 1_000;

/** The run at hand. */
interface Current {
  readonly id: number;
  readonly run: Run;
  readonly outbox: Outbox;
  goal: Goal;
  /** Since when the run has been paced, on both clocks. */
  paceFromMs: number;
  paceFromUs: number;
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

  open(id: number, scenario: Scenario, goal: Goal): RunNames {
    const outbox = new Outbox();
    const run = new Run(scenario, { ...this.#options, keepTrace: false, readers: [outbox.read] });
    const idle: Goal = { kind: 'rest' };
    this.#current = { id, run, outbox, goal: idle, paceFromMs: 0, paceFromUs: 0, over: false };
    this.pursue(goal);
    return { symbols: scenario.symbols.map(({ name }) => name), tasks: [...run.taskNames] };
  }

  pursue(goal: Goal): void {
    const current = this.#current;
    if (current === undefined || current.over) return;
    current.goal = goal;
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
    if (current === undefined || current.over || this.#credits === 0) return;
    const { run, outbox } = current;
    const more = this.#advance(current);
    const reached = isReached(current);
    outbox.read(run.pending);
    if (!more) {
      this.#finish(current);
      return;
    }
    this.#sendBatch(current);
    if (reached) {
      current.goal = { kind: 'rest' };
      const progress = { done: run.progress(), nowUs: run.nowUs };
      this.#around.send({ kind: 'resting', run: current.id, progress }, []);
    } else if (current.goal.kind !== 'rest') this.#schedule(isPaced(current.goal) ? PACE_MS : 0);
  }

  /** Advances towards the goal for at most a slice; false once the run is over. */
  #advance(current: Current): boolean {
    const { run, goal, outbox } = current;
    const untilMs = this.#around.nowMs() + SLICE_MS;
    const roomFrom = outbox.size;
    while (goal.kind !== 'rest' && !isReached(current)) {
      const isSingle = goal.kind === 'reach' && isNear(run, goal.seq);
      const steps = isPaced(goal) ? this.#paced(current, goal.speed) : isSingle ? 1 : undefined;
      if (steps === 0) return true;
      if (!run.advance(steps ?? STEPS_BETWEEN_CLOCKS)) return false;
      if (outbox.size - roomFrom >= BATCH_EVENTS_MAX) return true;
      if (this.#around.nowMs() >= untilMs) return true;
    }
    return true;
  }

  /** Steps that a paced run may take at once: one while it is behind the clock on the wall. */
  #paced({ run, paceFromMs, paceFromUs }: Current, speed: number): 0 | 1 {
    const dueUs = paceFromUs + (this.#around.nowMs() - paceFromMs) * US_PER_MS * speed;
    return run.nowUs <= dueUs ? 1 : 0;
  }

  #sendBatch({ id, run, outbox }: Current): void {
    const segments = outbox.take();
    if (segments.length === 0) return;
    this.#credits -= 1;
    const progress = { done: run.progress(), nowUs: run.nowUs };
    const buffers = segments.map(({ buffer }) => buffer);
    this.#around.send({ kind: 'batch', run: id, segments, progress }, buffers);
  }

  #finish(current: Current): void {
    current.over = true;
    const result = current.run.result();
    this.#sendBatch(current);
    this.#around.send({ kind: 'finished', run: current.id, result }, []);
  }
}

/** How far before its goal a run goes on step by step, since a step stamps several events. */
const NEAR_EVENTS = 65_536;

function isNear({ pending }: Run, seq: number): boolean {
  return pending.firstSeq + pending.size + NEAR_EVENTS > seq;
}

function isReached({ run, goal }: Current): boolean {
  if (goal.kind === 'rest') return true;
  return goal.kind === 'reach' && run.pending.firstSeq + run.pending.size > goal.seq;
}

function isPaced(goal: Goal): goal is { kind: 'play'; speed: number } {
  return goal.kind === 'play' && Number.isFinite(goal.speed);
}
