/**
 * The metrics aggregator: the engine's own account of what each symbol and all together have
 * earned.
 *
 * It is a part under test: the ledger, which it never sees, is the truth. Correct is `incremental`,
 * `decimal`, `atomic` (or `split` under a lock) and `symbol`; every other choice is a known
 * mistake. In `decimal` figures are whole cents; in `float` they are dollars in binary, added
 * naively.
 */
import { cents } from '../base/money.ts';
import { sleep, type TaskBody } from '../kernel/task.ts';
import { EventKind, NONE } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';

/** Named as in the scenario's `aggregator`, whose `lock` is the caller's affair. */
export interface AggregatorOptions {
  /** Adds every fill at once, or overwrites its figures with a snapshot from time to time. */
  readonly kind: 'incremental' | 'snapshot';
  /** A snapshot is taken every so many signals of a symbol. */
  readonly every: number;
  /** Takes a last snapshot when a symbol is done. */
  readonly finalFlush: boolean;
  readonly arithmetic: 'decimal' | 'float';
  /** `split` suspends between reading the old total and writing the new one. */
  readonly update: 'atomic' | 'split';
  /**
   * How long a split update is suspended, in microseconds; 0 lets those go first that are ready.
   */
  readonly suspendUs: number;
  /** Whose figure an update writes: its own symbol's, or, wrongly, its neighbour's too. */
  readonly isolation: 'symbol' | 'shared-slot';
}

/** What the trace says of a figure's unit: whole cents, or a float in dollars. */
export const FigureUnit = { cents: 0, dollars: 1 } as const;

const CENTS_PER_DOLLAR = 100;

export class Aggregator {
  readonly #recorder: Recorder;
  readonly #options: AggregatorOptions;
  readonly #unit: number;
  readonly #symbolCount: number;
  readonly #figure: Float64Array;
  /** By symbol: what the engine has booked and the aggregator has not written yet. */
  readonly #pending: Float64Array;
  readonly #pendingTrades: Uint32Array;
  readonly #pendingWins: Uint32Array;
  readonly #lastOrder: Uint32Array;
  readonly #signals: Float64Array;
  #total = 0;
  #trades = 0;
  #wins = 0;

  constructor(recorder: Recorder, symbolCount: number, options: AggregatorOptions) {
    this.#recorder = recorder;
    this.#options = options;
    this.#unit = options.arithmetic === 'float' ? FigureUnit.dollars : FigureUnit.cents;
    this.#symbolCount = symbolCount;
    this.#figure = new Float64Array(symbolCount);
    this.#pending = new Float64Array(symbolCount);
    this.#pendingTrades = new Uint32Array(symbolCount);
    this.#pendingWins = new Uint32Array(symbolCount);
    this.#lastOrder = new Uint32Array(symbolCount);
    this.#signals = new Float64Array(symbolCount);
  }

  /** True if a write suspends: then only `writeSplit` may be used. */
  get splits(): boolean {
    return this.#options.update === 'split';
  }

  /** In cents, or in dollars where the arithmetic is `float`; so is `figure`. */
  get total(): number {
    return this.#total;
  }

  get trades(): number {
    return this.#trades;
  }

  /** Trades with a profit above 0. */
  get wins(): number {
    return this.#wins;
  }

  figure(symbol: number): number {
    return this.#figure[symbol] as number;
  }

  /** An order of `symbol` was executed; true if the aggregator is to be written now. */
  noteFill(symbol: number, order: number, profitCents: number): boolean {
    const amount = this.#unit === FigureUnit.dollars ? profitCents / CENTS_PER_DOLLAR : profitCents;
    this.#pending[symbol] = (this.#pending[symbol] as number) + amount;
    this.#pendingTrades[symbol] = (this.#pendingTrades[symbol] as number) + 1;
    if (profitCents > 0) this.#pendingWins[symbol] = (this.#pendingWins[symbol] as number) + 1;
    this.#lastOrder[symbol] = order;
    return this.#options.kind === 'incremental';
  }

  /** A signal of `symbol` is over; true if the aggregator is to be written now. */
  noteSignal(symbol: number): boolean {
    if (this.#options.kind === 'incremental') return false;
    const signals = (this.#signals[symbol] as number) + 1;
    this.#signals[symbol] = signals;
    return signals % this.#options.every === 0 && this.#isPending(symbol);
  }

  /** `symbol` makes no more signals; true if the aggregator is to be written a last time. */
  noteDone(symbol: number): boolean {
    return this.#options.finalFlush && this.#isPending(symbol);
  }

  /** Writes what is pending of `symbol`, in one atomic step; `task` is who does it. */
  write(task: number, symbol: number): void {
    this.#write(task, symbol, this.#total, this.#trades, this.#wins);
  }

  /** The same, but lets others run between reading the totals and writing them. */
  *writeSplit(task: number, symbol: number): TaskBody {
    const total = this.#total;
    const trades = this.#trades;
    const wins = this.#wins;
    yield sleep(this.#options.suspendUs);
    this.#write(task, symbol, total, trades, wins);
  }

  /** Stamps the last word on the total. */
  stampTotal(task: number): void {
    this.#recorder.stamp(EventKind.total, task, NONE, NONE, 0, this.#unit, this.#total);
  }

  #isPending(symbol: number): boolean {
    return this.#pendingTrades[symbol] !== 0;
  }

  /** Adds what is pending to the totals as they were read. */
  #write(task: number, symbol: number, total: number, trades: number, wins: number): void {
    const amount = this.#pending[symbol] as number;
    this.#total = this.#checked(total + amount);
    this.#trades = trades + (this.#pendingTrades[symbol] as number);
    this.#wins = wins + (this.#pendingWins[symbol] as number);
    this.#pending[symbol] = 0;
    this.#pendingTrades[symbol] = 0;
    this.#pendingWins[symbol] = 0;
    this.#set(task, symbol, symbol, amount);
    if (this.#options.isolation === 'shared-slot' && this.#symbolCount > 1) {
      this.#set(task, (symbol + 1) % this.#symbolCount, symbol, amount);
    }
  }

  #set(task: number, symbol: number, cause: number, amount: number): void {
    const figure = this.#checked((this.#figure[symbol] as number) + amount);
    const order = this.#lastOrder[cause] as number;
    this.#figure[symbol] = figure;
    this.#recorder.stamp(EventKind.metrics, task, symbol, this.#unit, order, cause, figure);
  }

  /** Whole cents leave the safe range with an assertion, floats are what they are. */
  #checked(figure: number): number {
    return this.#unit === FigureUnit.cents ? cents(figure) : figure;
  }
}
