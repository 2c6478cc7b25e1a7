/**
 * What the page is about at the moment: a scenario and its run, or a log, and what came out.
 *
 * The stage has what is shown, a driver for each kind of source moves it, one at a time. Invariant:
 * a bad link, a worker's death or a damaged log never takes the scenario away.
 */
import type { Scenario } from '../../sim/index.ts';
import type { GalleryCard } from '../format/core-words.ts';
import { type EngineListener, EngineClient } from '../workers/engine-client.ts';
import type { Speed } from '../workers/engine-contract.ts';
import type { Driver } from './driver.ts';
import { LogJudging } from './log-judging.ts';
import type { LogLines } from './log-lines.ts';
import { type Asked, cardOf, type Engine, Simulation } from './simulation.ts';
import { Stage } from './stage.svelte.ts';

export type { Focus, Judged, Phase, Source } from './stage.svelte.ts';

export class Session extends Stage {
  readonly #simulation: Simulation;
  readonly #log: LogJudging;
  #driver: Driver;
  #lines: { readonly file: File; readonly lines: LogLines } | undefined;

  constructor(
    makeEngine: (listener: EngineListener) => Engine = (listener) => new EngineClient(listener),
  ) {
    super();
    this.#simulation = new Simulation(this, makeEngine);
    this.#log = new LogJudging(this, { play: () => this.#simulated().play() });
    this.#driver = this.#simulation;
  }

  /** The gallery's card of the scenario; undefined where it is the reader's own, or a log. */
  get entry(): GalleryCard | undefined {
    return this.source.kind === 'log' ? undefined : this.source.entry;
  }

  /** The scenario that repairs this one, or the defect that it repairs. */
  get twin(): GalleryCard | undefined {
    return this.source.kind === 'simulated' ? cardOf(this.entry?.twin) : undefined;
  }

  /** Runs `scenario` from the start; a link may say what is expected and what to look at. */
  open(scenario: Scenario, asked: Asked = {}): void {
    this.forgetBefore();
    this.#simulated().open(scenario, asked);
  }

  /** Opens a scenario of the gallery by name. */
  openEntry(name: string): void {
    this.forgetBefore();
    this.#simulated().openEntry(name);
  }

  /** Runs the twin with the same seed, and keeps what there was for comparison. */
  repair(): void {
    const { twin } = this;
    if (twin === undefined) return;
    this.before = this.outcome;
    this.beforeTrace = this.trace;
    this.#simulated().openEntry(twin.name, this.scenario?.seed);
  }

  /** Goes on from where the run rests, else from the start. */
  play(): void {
    this.#driver.play();
  }

  pause(): void {
    this.#simulation.pause();
  }

  /** Goes on to the next event and rests; a run that is over begins again. */
  step(): void {
    this.#simulated().step();
  }

  /** Goes back to the beginning and rests there. */
  reset(): void {
    this.seek(0);
  }

  /** Runs again up to event `seq` and rests there. */
  seek(seq: number): void {
    this.#simulated().reach(seq);
  }

  /** Cuts short whatever is under way: what there is so far is judged. */
  cancel(): void {
    this.#driver.cancel();
  }

  pace(speed: Speed): void {
    this.#simulation.pace(speed);
  }

  /**
   * Reads and judges a log; the scenario stays for later. `keeps` leaves the old outcome in sight
   * until the new one is there, for a log that has only grown. True once it was judged to its end
   * and is still what the page is about; it does not reject.
   */
  openLog(file: File, patterns: readonly string[], keeps: boolean): Promise<boolean> {
    this.turnTo(this.#log);
    this.forgetBefore();
    this.#lines = undefined;
    return this.#log.open(file, patterns, keeps);
  }

  /** The text of lines of the log that is open; none where no log is. */
  async linesOf(line: number, count: number): Promise<readonly string[]> {
    const { judged } = this;
    if (judged?.kind !== 'log') return [];
    if (this.#lines?.file !== judged.file) {
      const { LogLines: Lines } = await import('./log-lines.ts');
      this.#lines = { file: judged.file, lines: new Lines(judged.file) };
    }
    return this.#lines.lines.text(line, count);
  }

  /** Lets `driver` move the stage from now on. */
  turnTo(driver: Driver): void {
    if (this.#driver !== driver) this.#driver.leave();
    this.#driver = driver;
  }

  #simulated(): Simulation {
    this.turnTo(this.#simulation);
    return this.#simulation;
  }
}
