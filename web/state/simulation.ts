/**
 * The driver of simulated runs: what the engine's worker is told, and what comes of it.
 *
 * Invariant: the scenario stays on the stage whatever becomes of the worker.
 */
import type { Scenario } from '../../sim/index.ts';
import { CARDS } from '../format/cards.ts';
import type { GalleryCard } from '../format/core-words.ts';
import type { EngineClient, EngineListener } from '../workers/engine-client.ts';
import type { Finished, Goal, Speed, Work } from '../workers/engine-contract.ts';
import type { Driver } from './driver.ts';
import { digestMatches } from './outcome.ts';
import type { Focus, Stage } from './stage.svelte.ts';

/** What the engine does, so that a test can stand in for it. */
export type Engine = Pick<EngineClient, 'open' | 'pursue' | 'step' | 'cancel'>;

/** What a link says of a run beside its scenario. */
export interface Asked {
  readonly digest?: string | undefined;
  readonly schedule?: string | undefined;
  readonly seq?: number | undefined;
  /** What should be in sight with the event. */
  readonly range?: Focus['range'];
}

export class Simulation implements Driver {
  readonly #stage: Stage;
  readonly #engine: Engine;
  #expected: string | undefined;
  #wanted: Pick<Focus, 'seq' | 'range'> | undefined;
  /** Counts what was started, so that a late answer does not speak of another run. */
  #runs = 0;
  #isPresent = false;

  constructor(stage: Stage, makeEngine: (listener: EngineListener) => Engine) {
    this.#stage = stage;
    const ifPresent =
      <Args extends readonly unknown[]>(hear: (...args: Args) => void) =>
      (...args: Args): void => {
        if (this.#isPresent) hear(...args);
      };
    this.#engine = makeEngine({
      onTrace: ifPresent((segments) => stage.grow(segments)),
      onProgress: ifPresent(({ done, nowUs }) => {
        stage.done = done;
        stage.nowUs = nowUs;
      }),
      onRest: ifPresent(() => this.#rest()),
      onFinish: ifPresent((finished) => this.#finish(finished)),
      onDeath: (reason) => this.#lose(reason),
    });
  }

  /** Runs `scenario` from the start; a link may say what is expected and what to look at. */
  open(scenario: Scenario, { digest, schedule, seq, range }: Asked): void {
    this.#expected = digest;
    this.#wanted = seq === undefined ? undefined : { seq, range };
    this.#start({ kind: 'scenario', scenario, schedule }, this.#playing());
  }

  /** Opens a scenario of the gallery by name, with its own seed or another. */
  openEntry(name: string, seed?: number): void {
    this.#expected = undefined;
    this.#wanted = undefined;
    this.#start({ kind: 'gallery', name, seed }, this.#playing());
  }

  play(): void {
    if (this.#isPresent && this.#stage.phase === 'resting') {
      this.#stage.phase = 'running';
      this.#send(this.#engine.pursue(this.#playing()));
    } else this.#again(this.#playing());
  }

  pause(): void {
    if (!this.#isPresent || this.#stage.phase !== 'running') return;
    this.#send(this.#engine.pursue({ kind: 'rest' }));
  }

  /** Goes on to the next event and rests; a run that is over begins again. */
  step(): void {
    if (this.#stage.phase === 'resting') this.#send(this.#engine.step());
    else this.reach(0);
  }

  /** Runs again up to event `seq` and rests there. */
  reach(seq: number): void {
    this.#again({ kind: 'reach', seq });
  }

  pace(speed: Speed): void {
    this.#stage.speed = speed;
    if (this.#isPresent && this.#stage.phase === 'running') {
      this.#send(this.#engine.pursue(this.#playing()));
    }
  }

  cancel(): void {
    this.#send(this.#engine.cancel());
  }

  leave(): void {
    this.#isPresent = false;
    this.#runs += 1;
    this.#send(this.#engine.cancel());
  }

  #playing(): Goal {
    return { kind: 'play', speed: this.#stage.speed };
  }

  /** Runs the present scenario from its beginning. */
  #again(goal: Goal): void {
    const { scenario, schedule } = this.#stage;
    if (scenario !== undefined) this.#start({ kind: 'scenario', scenario, schedule }, goal);
  }

  #start(work: Work, goal: Goal): void {
    const stage = this.#stage;
    const present = stage.source.kind === 'log' ? undefined : stage.source.entry;
    const entry = work.kind === 'gallery' ? cardOf(work.name) : present;
    const symbols = work.kind === 'gallery' ? entry?.symbols : work.scenario.symbols.length;
    this.#isPresent = true;
    stage.begin({ kind: 'simulated', entry }, symbols ?? 0);
    if (work.kind === 'scenario') stage.scenario = work.scenario;
    stage.schedule = work.kind === 'scenario' ? work.schedule : undefined;
    this.#runs += 1;
    const run = this.#runs;
    const opened = this.#engine.open(work, goal).then(({ scenario, entry: name, ...names }) => {
      if (run !== this.#runs) return;
      stage.source = { kind: 'simulated', entry: cardOf(name) };
      stage.scenario = scenario;
      stage.symbols = names.symbols;
      stage.tasks = names.tasks;
    });
    stage.opening = opened.catch(() => undefined);
    this.#send(opened);
  }

  /** A command that fails means that the worker is gone, which says so by itself. */
  #send(command: Promise<void>): void {
    command.catch((cause: unknown) =>
      this.#lose(cause instanceof Error ? cause.message : String(cause)),
    );
  }

  /** A run that is over needs its engine no more; the next run starts another. */
  #lose(reason: string): void {
    if (this.#isPresent && this.#stage.phase !== 'done') this.#stage.fail(reason);
  }

  #rest(): void {
    const stage = this.#stage;
    stage.phase = 'resting';
    stage.showGrown();
    const { size } = stage.trace;
    if (size > 0) stage.lookAt(size - 1);
  }

  #finish(finished: Finished): void {
    const stage = this.#stage;
    const { result } = finished;
    stage.conclude(finished, stage.done);
    const { judged = 1 } = stage.outcome ?? {};
    stage.judged = { kind: 'run', result, judged, promised: this.#expected };
    stage.linkMatches = result.complete ? digestMatches(this.#expected, result.digest) : undefined;
    if (this.#wanted !== undefined) stage.lookAt(this.#wanted.seq, this.#wanted.range);
    else stage.showFirst();
    this.#wanted = undefined;
  }
}

/** The card of that name, if there is one. */
export function cardOf(name: string | undefined): GalleryCard | undefined {
  return CARDS.find((card) => card.name === name);
}
