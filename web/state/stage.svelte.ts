/**
 * What the page shows of whatever it is about: how far it is, its trace, what it came to, and the
 * place that is looked at. Whoever drives it is elsewhere.
 *
 * Invariant: the outcome is replaced as a whole, the trace only grows; `version` says that it has.
 * What is in sight is of one run: an old outcome goes before another run's trace is shown.
 */
import { newView, type RunResult, type Scenario, type Segment } from '../../sim/index.ts';
import type { JudgedLog } from '../export/log-report.ts';
import type { GalleryCard } from '../format/core-words.ts';
import type { LiveEnd, LockPlace, Recorded } from '../live/contract.ts';
import type { Finished, Speed } from '../workers/engine-contract.ts';
import type { LogProgress } from '../workers/log-contract.ts';
import { firstPlace, type Outcome, outcomeOfRun, type Place } from './outcome.ts';
import { TraceStore } from './trace-store.ts';

export type Source =
  | { readonly kind: 'simulated'; readonly entry: GalleryCard | undefined }
  /** A run in real time: recorded and checked, never replayed. */
  | {
      readonly kind: 'recorded';
      readonly entry: GalleryCard | undefined;
      readonly lockAt: LockPlace;
      readonly end: LiveEnd['kind'];
    }
  | { readonly kind: 'log'; readonly name: string };

/** `failed`: the worker is gone; what it sent stays. */
export type Phase = 'running' | 'resting' | 'done' | 'failed';

/** The place that is looked at; `range` is what should be in sight with it. */
export interface Focus {
  readonly seq: number;
  readonly timeUs: number;
  readonly range: { readonly startUs: number; readonly endUs: number } | undefined;
}

/** The result behind an outcome, whole, for whoever shares or remembers it. */
export type Judged =
  | {
      readonly kind: 'run';
      readonly result: RunResult;
      /** Share of the run that was judged. */
      readonly judged: number;
      /** The first digits of the digest that a link promised. */
      readonly promised: string | undefined;
    }
  | {
      readonly kind: 'recorded';
      readonly result: RunResult;
      readonly judged: number;
      readonly recorded: Recorded;
    }
  | {
      readonly kind: 'log';
      readonly file: File;
      readonly patterns: readonly string[];
      readonly log: JudgedLog;
    };

/** How long an old outcome stays in sight while a new run is under way. */
const STALE_MS = 150;

export class Stage {
  source: Source = $state.raw({ kind: 'simulated', entry: undefined });
  /** What runs, or ran last; undefined until the first run has been opened. */
  scenario: Scenario | undefined = $state.raw(undefined);
  /** The schedule that is replayed, as a link writes it; undefined for the default run. */
  schedule: string | undefined = $state(undefined);
  phase: Phase = $state('running');
  done = $state(0);
  nowUs = $state(0);
  speed: Speed = $state(Infinity);
  trace: TraceStore = $state.raw(new TraceStore(0));
  /** Grows with the trace. */
  version = $state(0);
  symbols: readonly string[] = $state.raw([]);
  tasks: readonly string[] = $state.raw([]);
  outcome: Outcome | undefined = $state.raw(undefined);
  /** What the scenario came to before it was repaired or broken again. */
  before: Outcome | undefined = $state.raw(undefined);
  beforeTrace: TraceStore | undefined = $state.raw(undefined);
  focus: Focus | undefined = $state.raw(undefined);
  reading: LogProgress | undefined = $state.raw(undefined);
  /** What was judged last and is still in sight, as it came from its worker. */
  judged: Judged | undefined = $state.raw(undefined);
  /** Share of a log that was read when one of the reader's patterns did not come back. */
  stuckAt: number | undefined = $state(undefined);
  failure: string | undefined = $state(undefined);
  /** Whether the run is the one that the link promised; undefined where no link did. */
  linkMatches: boolean | undefined = $state(undefined);
  /** Settles once the scenario is the one that was asked for last, or cannot be had. */
  opening: Promise<void> = Promise.resolve();
  #next: TraceStore | undefined;
  #stale: ReturnType<typeof setTimeout> | undefined;

  /**
   * Something else begins, of so many symbols as far as is known; what was seen last stays for a
   * moment, or, with `keeps`, until it is replaced.
   */
  begin(source: Source, symbols: number, keeps = false): void {
    clearTimeout(this.#stale);
    this.#stale = keeps ? undefined : setTimeout(() => this.#giveWay(), STALE_MS);
    this.source = source;
    this.phase = 'running';
    this.done = 0;
    this.failure = undefined;
    this.linkMatches = undefined;
    this.judged = undefined;
    this.stuckAt = undefined;
    this.reading = undefined;
    this.#next = source.kind === 'log' ? undefined : new TraceStore(symbols);
  }

  /** The trace that is being filled: a quick run replaces the old picture at its end. */
  grow(segments: readonly Segment[]): void {
    const store = this.#next ?? this.trace;
    for (const segment of segments) store.append(segment);
    if (this.#next === undefined) this.version += 1;
  }

  /** Shows what has grown so far in the place of what was seen before. */
  showGrown(): void {
    if (this.#next === undefined) return;
    this.trace = this.#next;
    this.#next = undefined;
    this.focus = undefined;
    this.version += 1;
  }

  /** It is over, and `trace` holds all of it where it was not shown while it grew. */
  settle(trace: TraceStore | undefined = this.#next): void {
    clearTimeout(this.#stale);
    this.#next = trace;
    this.showGrown();
    this.phase = 'done';
    this.done = 1;
  }

  /** The run is over, and came to this; `done` is how far it was if it was cut short. */
  conclude(finished: Finished, done: number): void {
    const { result } = finished;
    this.settle();
    this.trace.index.finish(result.elapsedUs);
    this.version += 1;
    this.outcome = outcomeOfRun(finished, done, this.source.kind === 'recorded');
  }

  /** It broke off: what was seen of it stays. */
  fail(reason: string): void {
    clearTimeout(this.#stale);
    if (this.#next !== undefined) this.outcome = undefined;
    this.showGrown();
    this.reading = undefined;
    this.phase = 'failed';
    this.failure = reason;
  }

  /** Looks at one event. */
  lookAt(seq: number, range?: Focus['range']): void {
    const view = newView();
    if (this.trace.read(seq, view)) this.focus = { seq, timeUs: view.timeUs, range };
  }

  /** Looks at the events that a finding speaks of, the last of them under the playhead. */
  show({ at }: Place): void {
    const last = at.reduce((x, y) => (y.seq > x.seq ? y : x), at[0] ?? { seq: 0, timeUs: 0 });
    const times = at.map(({ timeUs }) => timeUs);
    const from = Math.min(...times);
    const span = Math.max(Math.max(...times) - from, 40_000);
    const range = { startUs: from - span, endUs: from + span * 2 };
    this.focus = { seq: this.trace.seqOf(last.seq), timeUs: last.timeUs, range };
  }

  /** Brings a stretch of time into sight; the event before it is looked at. */
  showStretch({ startUs, endUs }: { readonly startUs: number; readonly endUs: number }): void {
    const seq = this.trace.seqBefore(startUs);
    const span = Math.max(endUs - startUs, 10_000);
    this.focus = { seq, timeUs: startUs, range: { startUs: startUs - span, endUs: endUs + span } };
  }

  /** Looks at the first violation, if there is one. */
  showFirst(): void {
    const place = this.outcome === undefined ? undefined : firstPlace(this.outcome);
    if (place !== undefined) this.show(place);
  }

  forgetBefore(): void {
    this.before = undefined;
    this.beforeTrace = undefined;
  }

  #giveWay(): void {
    this.outcome = undefined;
    this.showGrown();
  }
}
