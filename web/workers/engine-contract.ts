/**
 * What the page and its engine worker say to each other.
 *
 * Commands go through Comlink and answer at once; what a run yields comes by a port of its own, in
 * order: stretches of the trace as transferred columns, at most as many as the page has asked for,
 * and the outcome after the last of them. The page owns a buffer from the moment it arrives.
 */
import type { AcceptanceRow, RunResult, Scenario } from '../../sim/index.ts';

/**
 * Virtual seconds a second of the clock on the wall; `Infinity` is as fast as the processor goes.
 */
export type Speed = number;

/** A stretch of the trace; `buffer` holds a segment's columns, with room for more than `size`. */
export interface WireSegment {
  readonly firstSeq: number;
  readonly size: number;
  readonly buffer: ArrayBuffer;
}

/** How far a run is. */
export interface Progress {
  /** 0 to 1, never going back within a run. */
  readonly done: number;
  readonly nowUs: number;
}

/** Where a run goes next: on and on, to an event's sequence number, or nowhere. */
export type Goal =
  | { readonly kind: 'play'; readonly speed: Speed }
  | { readonly kind: 'reach'; readonly seq: number }
  | { readonly kind: 'rest' };

/**
 * From worker to page. `run` numbers the run that it speaks of: what an earlier one left is
 * dropped.
 */
export type EngineMessage =
  | {
      readonly kind: 'batch';
      readonly run: number;
      readonly segments: readonly WireSegment[];
      readonly progress: Progress;
    }
  /** The run rests where it was asked to: after a step, a pause, or at the place sought. */
  | { readonly kind: 'resting'; readonly run: number; readonly progress: Progress }
  | {
      readonly kind: 'finished';
      readonly run: number;
      readonly result: RunResult;
      readonly acceptance: readonly AcceptanceRow[];
      readonly claims: Claims;
    };

/** A run that is over, and what the page would need the core's code to say of it. */
export type Finished = Extract<EngineMessage, { readonly kind: 'finished' }>;

/** What each check claims, by its id: the page has no other use for the checks' code. */
export type Claims = Readonly<Record<string, string>>;

/** From page to worker, by the same port: room for so many further batches. */
export interface Credit {
  readonly kind: 'credit';
  readonly batches: number;
}

/** The commands; each answers at once and says nothing of how the run goes on. */
export interface EngineApi {
  /** Takes the port by which runs speak; call first, once. */
  connect(port: MessagePort): void;
  /** Ends whatever runs and starts `work` from the beginning, going for `goal`. */
  open(run: number, work: Work, goal: Goal): Opened;
  /** Gives the present run another goal; nothing happens to a run that is over. */
  pursue(goal: Goal): void;
  /** Goes on to the next event and rests there. */
  step(): void;
  /** Cuts the run short: what has happened is judged. */
  cancel(): void;
}

/** What to run: a scenario as it is, or one of the gallery, which the worker knows by name. */
export type Work =
  | {
      readonly kind: 'scenario';
      readonly scenario: Scenario;
      /** The schedule to replay, as a link writes it; undefined for the default run. */
      readonly schedule?: string | undefined;
    }
  /** `seed` takes the place of the scenario's own. */
  | { readonly kind: 'gallery'; readonly name: string; readonly seed?: number | undefined };

/** What was opened, and who takes part in it, by number. */
export interface Opened {
  readonly scenario: Scenario;
  /** The gallery's name of it, whatever its seed; undefined where it is the reader's own. */
  readonly entry: string | undefined;
  readonly symbols: readonly string[];
  readonly tasks: readonly string[];
}
