/**
 * Makes the trace's events out of what a log's lines say.
 *
 * Invariant: one reused view, times that never go back, and a number for every hold and symbol. A
 * line without a time stamp happens at the time of the one before it.
 */
import type { Problem } from '../../base/result.ts';
import { EventKind, type EventView, NONE, ObjectId } from '../event.ts';
import { newView } from '../segment.ts';
import { encodeUtf8 } from '../utf8.ts';
import type { Amount } from './amount.ts';
import type { MoneyKind, MoneyLine } from './money-line.ts';
import { LogClock } from './log-clock.ts';
import { NAMES_MAX, NameTable } from './name-table.ts';
import { OpenHolds } from './open-holds.ts';
import type { StateError } from './state-error.ts';
import { Oddity } from './summary.ts';

/** Takes one event; the view is reused for the next: copy what you keep. */
export type EventReader = (event: EventView) => void;

export class LogEvents {
  readonly #emit: EventReader;
  readonly #view = newView();
  readonly #byText = new Map<string, number>();
  /** By symbol, the number of its last trade. */
  readonly #lastFill: number[] = [];
  readonly names = new NameTable();
  readonly clock = new LogClock();
  readonly holds = new OpenHolds();
  readonly seen = new Set<EventKind>();
  readonly untimed = new Oddity();
  /** Lock lines whose time is not what their stamps say: written late, or after a set-back. */
  readonly shifted = new Oddity();
  readonly unreadable = new Oddity();
  /** Final sums, of a symbol or of all, that are no number. */
  readonly unreadTotals = new Oddity();
  count = 0;
  enters = 0;
  exits = 0;
  fills = 0;
  stateErrors = 0;
  ledgerTotal = false;
  /** What all trades moved, in cents: as long as it is exact, so is every sum of them. */
  #moved = 0;
  /** Number of the line that is being read, and whether it has a time stamp. */
  #line = 0;
  #timed = false;
  problem: Problem | undefined;

  constructor(emit: EventReader) {
    this.#emit = emit;
  }

  /** Begins a line that matters; its stamp is looked for in the given bytes. */
  begin(line: number, bytes: Uint8Array, start: number, end: number): void {
    this.#line = line;
    this.#timed = this.clock.advance(bytes, start, end);
  }

  /** The number of a symbol, or -1 (and a problem) where there are too many. */
  symbol(bytes: Uint8Array, start: number, end: number): number {
    const number = this.names.intern(bytes, start, end);
    if (number < 0) {
      this.problem ??= {
        code: 'too-many-symbols',
        message:
          `expected at most ${NAMES_MAX} symbols, got one more in line ${this.#line}; ` +
          'if something else stands in the brackets, say with --pattern where the symbol is',
      };
    }
    return number;
  }

  symbolOf(name: string): number {
    const known = this.#byText.get(name);
    if (known !== undefined) return known;
    const bytes = encodeUtf8(name);
    const number = this.symbol(bytes, 0, bytes.length);
    if (number >= 0) this.#byText.set(name, number);
    return number;
  }

  acquire(symbol: number, id: string): void {
    if (symbol < 0) return;
    this.enters += 1;
    this.#noteTime();
    this.#stamp(EventKind.enter, symbol, ObjectId.socket, this.holds.open(id, symbol), 0, 0);
  }

  release(symbol: number, id: string): void {
    if (symbol < 0) return;
    this.exits += 1;
    this.#noteTime();
    this.#stamp(EventKind.exit, symbol, ObjectId.socket, this.holds.close(id, symbol), 0, 0);
  }

  money({ kind, symbol: name, amount }: MoneyLine): void {
    if (amount === undefined) {
      this.missAmount(kind);
      return this.unreadable.meet(this.#line);
    }
    const symbol = name === '' ? NONE : this.symbolOf(name);
    if (symbol < 0) return;
    switch (kind) {
      case 'fill':
        return this.#fill(symbol, amount.cents);
      case 'metrics':
        return this.#figure(EventKind.metrics, symbol, amount);
      case 'books':
        return this.#books(symbol, amount.cents);
      case 'ledgerTotal':
        return this.#books(NONE, amount.cents);
      case 'aggregatorTotal':
        return this.#figure(EventKind.total, NONE, amount);
    }
  }

  /** Remembers a line whose amount is no number, where it states a final sum. */
  missAmount(kind: MoneyKind): void {
    if (kind !== 'fill' && kind !== 'metrics') this.unreadTotals.meet(this.#line);
  }

  stateError(error: StateError, symbol: number): void {
    this.stateErrors += 1;
    const detail = error.code * 4 + error.op;
    this.#stamp(EventKind.socketError, symbol, ObjectId.socket, 0, detail, 0);
  }

  #noteTime(): void {
    if (!this.#timed) this.untimed.meet(this.#line);
    else if (this.clock.shifted) this.shifted.meet(this.#line);
  }

  #fill(symbol: number, cents: number): void {
    const moved = this.#moved + Math.abs(cents);
    if (!Number.isSafeInteger(moved)) return this.unreadable.meet(this.#line);
    this.#moved = moved;
    this.fills += 1;
    this.#lastFill[symbol] = this.fills;
    this.#stamp(EventKind.fill, symbol, NONE, this.fills, 0, cents);
  }

  #books(symbol: number, cents: number): void {
    if (Number.isNaN(cents)) {
      this.unreadTotals.meet(this.#line);
      return this.unreadable.meet(this.#line);
    }
    if (symbol === NONE) this.ledgerTotal = true;
    this.#stamp(EventKind.books, symbol, NONE, 0, 0, cents);
  }

  /** A figure of the aggregator: whole cents, or a float in dollars where it was printed as one. */
  #figure(kind: EventKind, symbol: number, { cents, dollars }: Amount): void {
    const inDollars = dollars === undefined ? 0 : 1;
    const value = dollars ?? cents;
    if (kind === EventKind.total) this.#stamp(kind, symbol, NONE, 0, inDollars, value);
    else this.#stamp(kind, symbol, inDollars, this.#lastFill[symbol] ?? 0, symbol, value);
  }

  #stamp(
    kind: EventKind,
    symbol: number,
    object: number,
    a: number,
    b: number,
    value: number,
  ): void {
    const view = this.#view;
    view.kind = kind;
    view.seq = this.#line;
    view.timeUs = this.clock.nowUs;
    view.task = symbol;
    view.symbol = symbol;
    view.object = object;
    view.a = a;
    view.b = b;
    view.value = value;
    this.count += 1;
    this.seen.add(kind);
    this.#emit(view);
  }
}
