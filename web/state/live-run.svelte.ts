/**
 * The driver of runs in real time: starts them, shows what arrives four times a second, stops them.
 *
 * Invariant: `passed` is never shown before the run is over; what was seen stays whatever ends it.
 */
import type { Problem, Reconciliation, Result, Segment } from '../../sim/index.ts';
import type { LiveEngine, LiveListener, LivePlan, Recorded, Standing } from '../live/contract.ts';
import type { Finished } from '../workers/engine-contract.ts';
import type { Driver } from './driver.ts';
import { LiveMoney } from './live-money.ts';
import type { Source, Stage } from './stage.svelte.ts';

export type MakeLiveEngine = (listener: LiveListener) => LiveEngine;

/** Calls back once, after so many milliseconds; gives what takes it back. */
export type After = (callback: () => void, ms: number) => () => void;

/** How often what is shown follows: nobody reads figures faster. */
export const LIVE_MS = 250;

const browserAfter: After = (callback, ms) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};

export class LiveRun implements Driver {
  /** How it stands; undefined before the first word, and once it is over. */
  standing: Standing | undefined = $state.raw(undefined);
  /** What there is to say of a run that is over; undefined where its conductor is gone. */
  recorded: Recorded | undefined = $state.raw(undefined);
  /** Ledger and aggregator so far; undefined while nothing is recorded. */
  pnl: Reconciliation | undefined = $state.raw(undefined);
  readonly #stage: Stage;
  readonly #engine: LiveEngine;
  readonly #again: () => void;
  readonly #after: After;
  #money = new LiveMoney([]);
  /** How far it was at most before its end, which a run that is stopped has too. */
  #done = 0;
  #isPresent = false;
  #opening: Promise<void> = Promise.resolve();
  #refresh: (() => void) | undefined;

  /** `again` starts another run of the same kind, once somebody wants one. */
  constructor(
    stage: Stage,
    makeEngine: MakeLiveEngine,
    again: () => void,
    after: After = browserAfter,
  ) {
    this.#stage = stage;
    this.#again = again;
    this.#after = after;
    const ifPresent =
      <Args extends readonly unknown[]>(hear: (...args: Args) => void) =>
      (...args: Args): void => {
        if (this.#isPresent && stage.phase === 'running') hear(...args);
      };
    this.#engine = makeEngine({
      onTrace: ifPresent((segments) => this.#grow(segments)),
      onProgress: ifPresent(({ done, nowUs }) => {
        if (done < 1) this.#done = done;
        stage.done = done;
        stage.nowUs = nowUs;
      }),
      onRest: () => undefined,
      onStanding: ifPresent((standing) => void (this.standing = standing)),
      onFinish: ifPresent((finished, recorded) => this.#finish(finished, recorded)),
      onDeath: ifPresent((reason) => this.#fail(reason)),
    });
  }

  /** Starts a run; `entry` is the card of its scenario. It does not reject. */
  async open(
    plan: LivePlan,
    entry: Extract<Source, { kind: 'recorded' }>['entry'],
  ): Promise<Result<void, Problem>> {
    const stage = this.#stage;
    const { scenario, lockAt, end } = plan;
    const names = scenario.symbols.map(({ name }) => name);
    this.#isPresent = true;
    this.#done = 0;
    this.standing = undefined;
    this.recorded = undefined;
    this.pnl = undefined;
    this.#money = new LiveMoney(names);
    stage.begin({ kind: 'recorded', entry, lockAt, end: end.kind }, names.length);
    stage.forgetBefore();
    stage.outcome = undefined;
    stage.scenario = scenario;
    stage.schedule = undefined;
    stage.nowUs = 0;
    stage.symbols = names;
    stage.tasks = [];
    stage.showGrown();
    const opening = this.#engine.open(plan);
    this.#opening = opening.then(
      () => undefined,
      () => undefined,
    );
    try {
      const { symbols, tasks } = await opening;
      stage.symbols = symbols;
      stage.tasks = tasks;
      return { kind: 'ok', value: undefined };
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      if (this.#isPresent) this.#fail(message);
      return { kind: 'error', error: { code: 'unavailable', message } };
    }
  }

  play(): void {
    this.#again();
  }

  cancel(): void {
    // What is still being started is stopped as soon as it stands.
    this.#opening
      .then(() => this.#engine.stop())
      .catch((cause: unknown) => {
        if (this.#isPresent && this.#stage.phase === 'running') {
          this.#fail(cause instanceof Error ? cause.message : String(cause));
        }
      });
  }

  leave(): void {
    this.#isPresent = false;
    this.#calm();
    this.standing = undefined;
    this.recorded = undefined;
    this.#engine.close();
  }

  #grow(segments: readonly Segment[]): void {
    for (const segment of segments) {
      this.#money.read(segment);
      this.#stage.trace.append(segment);
    }
    this.#refresh ??= this.#after(() => {
      this.#refresh = undefined;
      this.#show();
    }, LIVE_MS);
  }

  #show(): void {
    this.#stage.version += 1;
    this.pnl = this.#money.present();
  }

  #finish(finished: Finished, recorded: Recorded): void {
    const stage = this.#stage;
    const { result } = finished;
    this.#calm();
    this.recorded = recorded;
    this.standing = undefined;
    stage.conclude(finished, this.#done);
    const { judged = 1 } = stage.outcome ?? {};
    stage.judged = { kind: 'recorded', result, judged, recorded };
    stage.showFirst();
  }

  #fail(reason: string): void {
    this.#calm();
    this.standing = undefined;
    this.#stage.version += 1;
    this.#stage.fail(reason);
  }

  #calm(): void {
    this.#refresh?.();
    this.#refresh = undefined;
  }
}
