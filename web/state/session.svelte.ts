/**
 * What the page is about at the moment: a scenario and its run, or a log, and what came out.
 *
 * Invariant: a bad link, a worker's death or a damaged log never takes the scenario away. The
 * outcome is replaced as a whole, the trace only grows; `version` says that it has.
 */
import { CARDS } from '../format/cards.ts';
import { newView, type RunResult, type Scenario, type Segment } from '../../sim/index.ts';
import type { JudgedLog } from '../export/log-report.ts';
import type { GalleryCard } from '../format/core-words.ts';
import { type EngineListener, EngineClient } from '../workers/engine-client.ts';
import type { Finished, Goal, Speed, Work } from '../workers/engine-contract.ts';
import type { LogReading } from '../workers/log-client.ts';
import { type LogOutcome, type LogProgress, nothingRead } from '../workers/log-contract.ts';
import { segmentOf } from '../workers/outbox.ts';
import {
  digestMatches,
  firstPlace,
  type Outcome,
  outcomeOfLog,
  outcomeOfRun,
  type Place,
} from './outcome.ts';
import { TraceStore } from './trace-store.ts';

export type Source =
  | { readonly kind: 'simulated'; readonly entry: GalleryCard | undefined }
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
      readonly kind: 'log';
      readonly file: File;
      readonly patterns: readonly string[];
      readonly log: JudgedLog;
    };

/** What the engine does, so that a test can stand in for it. */
export type Engine = Pick<EngineClient, 'open' | 'pursue' | 'step' | 'cancel'>;

/** How long an old outcome stays in sight while a new run is under way. */
const STALE_MS = 150;

export class Session {
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
  readonly #engine: Engine;
  #expected: string | undefined;
  #wanted: Pick<Focus, 'seq' | 'range'> | undefined;
  #next: TraceStore | undefined;
  #log: LogReading | undefined;
  #stale: ReturnType<typeof setTimeout> | undefined;
  /** Counts what was started, so that a late answer does not speak of another run. */
  #runs = 0;

  constructor(
    makeEngine: (listener: EngineListener) => Engine = (listener) => new EngineClient(listener),
  ) {
    this.#engine = makeEngine({
      onTrace: (segments) => this.#grow(segments),
      onProgress: ({ done, nowUs }) => {
        this.done = done;
        this.nowUs = nowUs;
      },
      onRest: () => {
        this.phase = 'resting';
        this.#showGrown();
        const { size } = this.trace;
        if (size > 0) this.lookAt(size - 1);
      },
      onFinish: (finished) => this.#finish(finished),
      onDeath: (reason) => this.#loseEngine(reason),
    });
  }

  /** The scenario that repairs this one, or the defect that it repairs. */
  get twin(): GalleryCard | undefined {
    return cardOf(this.source.kind === 'simulated' ? this.source.entry?.twin : undefined);
  }

  /** Runs `scenario` from the start; a link may say what is expected and what to look at. */
  open(
    scenario: Scenario,
    asked: Partial<Record<'digest' | 'schedule', string | undefined>> & {
      readonly seq?: number | undefined;
      /** What should be in sight with the event. */
      readonly range?: Focus['range'];
    } = {},
  ): void {
    const { digest, seq, range } = asked;
    this.#expected = digest;
    this.#wanted = seq === undefined ? undefined : { seq, range };
    this.#forgetBefore();
    const { schedule } = asked;
    this.#start({ kind: 'scenario', scenario, schedule }, this.#playing());
  }

  /** Opens a scenario of the gallery by name. */
  openEntry(name: string): void {
    this.#expected = undefined;
    this.#wanted = undefined;
    this.#forgetBefore();
    this.#start({ kind: 'gallery', name }, this.#playing());
  }

  /** Runs the twin with the same seed, and keeps what there was for comparison. */
  repair(): void {
    const { twin } = this;
    if (twin === undefined) return;
    this.before = this.outcome;
    this.beforeTrace = this.trace;
    this.#expected = undefined;
    const seed = this.scenario?.seed;
    this.#start({ kind: 'gallery', name: twin.name, seed }, this.#playing());
  }

  /** Goes on from where the run rests, else from the start. */
  play(): void {
    if (this.phase === 'resting') {
      this.phase = 'running';
      this.#send(this.#engine.pursue(this.#playing()));
    } else this.#again(this.#playing());
  }

  pause(): void {
    if (this.phase === 'running') this.#send(this.#engine.pursue({ kind: 'rest' }));
  }

  /** Goes on to the next event and rests; a run that is over begins again. */
  step(): void {
    if (this.phase === 'resting') this.#send(this.#engine.step());
    else this.#again({ kind: 'reach', seq: 0 });
  }

  /** Goes back to the beginning and rests there. */
  reset(): void {
    this.#again({ kind: 'reach', seq: 0 });
  }

  /** Runs again up to event `seq` and rests there. */
  seek(seq: number): void {
    this.#again({ kind: 'reach', seq });
  }

  /** Cuts short whatever is under way: what there is so far is judged. */
  cancel(): void {
    if (this.#log !== undefined) this.#log.cancel();
    else this.#send(this.#engine.cancel());
  }

  pace(speed: Speed): void {
    this.speed = speed;
    if (this.phase === 'running') this.#send(this.#engine.pursue(this.#playing()));
  }

  /**
   * Reads and judges a log; the scenario stays for later. `keeps` leaves the old outcome in sight
   * until the new one is there, for a log that has only grown. True once it was judged to its end
   * and is still what the page is about; it does not reject.
   */
  async openLog(file: File, patterns: readonly string[], keeps: boolean): Promise<boolean> {
    this.#begin({ kind: 'log', name: file.name });
    if (keeps) clearTimeout(this.#stale);
    this.#runs += 1;
    this.#forgetBefore();
    this.#send(this.#engine.cancel());
    this.reading = nothingRead(file);
    const run = this.#runs;
    const { LogStuck, readLog } = await import('../workers/log-client.ts');
    if (run !== this.#runs) return false;
    const onProgress = (progress: LogProgress): void => {
      if (this.#log === reading) this.reading = progress;
    };
    const reading = readLog(file, onProgress, { patterns });
    this.#log = reading;
    try {
      const log = await reading.outcome;
      if (this.#log !== reading) return false;
      this.#finishLog(log);
      const { result, progress, cancelled, tookMs } = log;
      this.judged = { kind: 'log', file, patterns, log: { result, progress, cancelled, tookMs } };
      return !cancelled;
    } catch (cause) {
      if (this.#log !== reading) return false;
      if (cause instanceof LogStuck) this.stuckAt = cause.bytes / Math.max(1, file.size);
      this.#fail(cause instanceof Error ? cause.message : String(cause));
      return false;
    }
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

  #playing(): Goal {
    return { kind: 'play', speed: this.speed };
  }

  /** Runs the present scenario from its beginning. */
  #again(goal: Goal): void {
    const { scenario, schedule } = this;
    if (scenario !== undefined) this.#start({ kind: 'scenario', scenario, schedule }, goal);
  }

  #forgetBefore(): void {
    this.before = undefined;
    this.beforeTrace = undefined;
  }

  #begin(source: Source): void {
    clearTimeout(this.#stale);
    this.#stale = setTimeout(() => {
      this.outcome = undefined;
      this.#showGrown();
    }, STALE_MS);
    this.source = source;
    this.phase = 'running';
    this.done = 0;
    this.failure = undefined;
    this.linkMatches = undefined;
    this.judged = undefined;
    this.stuckAt = undefined;
    this.#log = undefined;
    this.reading = undefined;
  }

  #start(work: Work, goal: Goal): void {
    const present = this.source.kind === 'simulated' ? this.source.entry : undefined;
    const entry = work.kind === 'gallery' ? cardOf(work.name) : present;
    this.#begin({ kind: 'simulated', entry });
    if (work.kind === 'scenario') this.scenario = work.scenario;
    this.schedule = work.kind === 'scenario' ? work.schedule : undefined;
    const symbols = work.kind === 'gallery' ? entry?.symbols : work.scenario.symbols.length;
    this.#next = new TraceStore(symbols ?? 0);
    this.#runs += 1;
    const run = this.#runs;
    const opened = this.#engine.open(work, goal).then(({ scenario, entry: name, ...names }) => {
      if (run !== this.#runs) return;
      this.source = { kind: 'simulated', entry: cardOf(name) };
      this.scenario = scenario;
      this.symbols = names.symbols;
      this.tasks = names.tasks;
    });
    this.#send(opened);
  }

  /** A command that fails means that the worker is gone, which says so by itself. */
  #send(command: Promise<void>): void {
    command.catch((cause: unknown) =>
      this.#loseEngine(cause instanceof Error ? cause.message : String(cause)),
    );
  }

  /** A run that is over needs its engine no more, nor does a log; the next run starts another. */
  #loseEngine(reason: string): void {
    if (this.source.kind === 'simulated' && this.phase !== 'done') this.#fail(reason);
  }

  #grow(segments: readonly Segment[]): void {
    if (this.source.kind !== 'simulated') return;
    const store = this.#next ?? this.trace;
    for (const segment of segments) store.append(segment);
    // A quick run replaces the old picture by the whole new one at its end.
    if (this.#next === undefined) this.version += 1;
  }

  #showGrown(): void {
    if (this.#next === undefined) return;
    this.trace = this.#next;
    this.#next = undefined;
    this.focus = undefined;
    this.version += 1;
  }

  #finish(finished: Finished): void {
    if (this.source.kind !== 'simulated') return;
    const { result } = finished;
    const judged = this.done;
    this.#settle();
    this.trace.index.finish(result.elapsedUs);
    this.version += 1;
    this.outcome = outcomeOfRun(finished, judged);
    this.judged = { kind: 'run', result, judged: this.outcome.judged, promised: this.#expected };
    this.linkMatches = result.complete ? digestMatches(this.#expected, result.digest) : undefined;
    if (this.#wanted !== undefined) this.lookAt(this.#wanted.seq, this.#wanted.range);
    else this.#showFirst();
    this.#wanted = undefined;
  }

  #finishLog(log: LogOutcome): void {
    const { symbolNames, elapsedUs } = log.result;
    this.#next = new TraceStore(symbolNames.length);
    for (const stretch of log.stretches) {
      this.#next.append(segmentOf(stretch), new Float64Array(stretch.lines));
    }
    this.#next.index.finish(elapsedUs);
    this.symbols = symbolNames;
    this.tasks = [];
    this.#settle();
    this.outcome = outcomeOfLog(log);
    this.#log = undefined;
    this.reading = undefined;
    this.#showFirst();
  }

  #showFirst(): void {
    const place = this.outcome === undefined ? undefined : firstPlace(this.outcome);
    if (place !== undefined) this.show(place);
  }

  #settle(): void {
    clearTimeout(this.#stale);
    this.#showGrown();
    this.phase = 'done';
    this.done = 1;
  }

  #fail(reason: string): void {
    clearTimeout(this.#stale);
    // What is in sight is of one run: the old verdict goes with the old trace.
    if (this.#next !== undefined) this.outcome = undefined;
    this.#showGrown();
    this.#log = undefined;
    this.reading = undefined;
    this.phase = 'failed';
    this.failure = reason;
  }
}

function cardOf(name: string | undefined): GalleryCard | undefined {
  return CARDS.find((card) => card.name === name);
}
