/**
 * Drawdown: how far realised equity has fallen below its peak, and what that forbids.
 *
 * normal and warn forbid nothing; reduce-only forbids new exposure; halt forbids it for the rest of
 * the run, since only a person may lift it. The other states follow the equity up as well as down.
 */
import { DrawdownState, EventKind, NONE } from '../../trace/event.ts';
import type { Recorder } from '../../trace/recorder.ts';

export interface DrawdownOptions {
  /** The account's equity at the start. */
  readonly equityCents: number;
  readonly warnBp: number;
  readonly reduceOnlyBp: number;
  readonly haltBp: number;
}

/** What the drawdown has to know again after a restart. */
export interface DrawdownMemory {
  readonly equityCents: number;
  readonly peakCents: number;
  readonly state: DrawdownState;
}

const BP_PER_WHOLE = 10_000;

export class Drawdown {
  readonly #recorder: Recorder;
  readonly #options: DrawdownOptions;
  readonly #lowestBp: number;
  #equity: number;
  #peak: number;
  #state: DrawdownState = DrawdownState.normal;

  constructor(recorder: Recorder, options: DrawdownOptions) {
    this.#recorder = recorder;
    this.#options = options;
    this.#lowestBp = Math.min(options.warnBp, options.reduceOnlyBp, options.haltBp);
    this.#equity = options.equityCents;
    this.#peak = options.equityCents;
  }

  get state(): DrawdownState {
    return this.#state;
  }

  /** What it knows. */
  get memory(): DrawdownMemory {
    return { equityCents: this.#equity, peakCents: this.#peak, state: this.#state };
  }

  /** Knows again what an earlier run knew. */
  recall({ equityCents, peakCents, state }: DrawdownMemory): void {
    this.#equity = equityCents;
    this.#peak = peakCents;
    if (state === this.#state) return;
    this.#recorder.stamp(EventKind.drawdown, NONE, NONE, NONE, this.#state, state, 0);
    this.#state = state;
  }

  /** Whether a new order may add exposure. */
  get admits(): boolean {
    return this.#state < DrawdownState.reduceOnly;
  }

  /** An execution of `symbol` realised `profitCents`, commission included. */
  onResult(symbol: number, profitCents: number): void {
    this.#equity += profitCents;
    if (this.#equity > this.#peak) this.#peak = this.#equity;
    const next = this.#classify();
    const from = this.#state;
    if (next === from || from === DrawdownState.halt) return;
    this.#state = next;
    this.#recorder.stamp(EventKind.drawdown, NONE, symbol, NONE, from, next, 0);
  }

  #classify(): DrawdownState {
    const fallen = this.#peak - this.#equity;
    if (fallen <= 0) return DrawdownState.normal;
    if (!this.#reaches(fallen, this.#lowestBp)) return DrawdownState.normal;
    const { warnBp, reduceOnlyBp, haltBp } = this.#options;
    if (this.#reaches(fallen, haltBp)) return DrawdownState.halt;
    if (this.#reaches(fallen, reduceOnlyBp)) return DrawdownState.reduceOnly;
    return this.#reaches(fallen, warnBp) ? DrawdownState.warn : DrawdownState.normal;
  }

  /** Whether `fallen` is at least `bp` of the peak: exact, as an unsafe limit is out of reach. */
  #reaches(fallen: number, bp: number): boolean {
    const whole = Math.floor(this.#peak / BP_PER_WHOLE);
    const rest = this.#peak - whole * BP_PER_WHOLE;
    return fallen >= whole * bp + Math.ceil((rest * bp) / BP_PER_WHOLE);
  }
}
