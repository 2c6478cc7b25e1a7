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
import type { MoneyLine } from './amounts.ts';
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
  readonly unreadable = new Oddity();
  count = 0;
  enters = 0;
  exits = 0;
  fills = 0;
  stateErrors = 0;
  ledgerTotal = false;
  /** Number and time of the line that is being read. */
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
    if (!this.#timed) this.untimed.meet(this.#line);
    this.#stamp(EventKind.enter, symbol, ObjectId.socket, this.holds.open(id, symbol), 0, 0);
  }

  release(symbol: number, id: string): void {
    if (symbol < 0) return;
    this.exits += 1;
    if (!this.#timed) this.untimed.meet(this.#line);
    this.#stamp(EventKind.exit, symbol, ObjectId.socket, this.holds.close(id, symbol), 0, 0);
  }

  money(line: MoneyLine): void {
    switch (line.kind) {
      case 'fill':
        return this.#fill(this.symbolOf(line.symbol), line.cents);
      case 'metrics': {
        const symbol = this.symbolOf(line.symbol);
        const order = this.#lastFill[symbol] ?? 0;
        if (symbol >= 0) this.#stamp(EventKind.metrics, symbol, NONE, order, symbol, line.cents);
        return;
      }
      case 'books': {
        const symbol = this.symbolOf(line.symbol);
        if (symbol >= 0) this.#stamp(EventKind.books, symbol, NONE, 0, 0, line.cents);
        return;
      }
      case 'ledgerTotal':
        this.ledgerTotal = true;
        return this.#stamp(EventKind.books, NONE, NONE, 0, 0, line.cents);
      case 'aggregatorTotal':
        return this.#stamp(EventKind.total, NONE, NONE, 0, 0, line.cents);
      case 'unreadable':
        return this.unreadable.meet(this.#line);
    }
  }

  stateError(error: StateError, symbol: number): void {
    this.stateErrors += 1;
    const detail = error.code * 4 + error.op;
    this.#stamp(EventKind.socketError, symbol, ObjectId.socket, 0, detail, 0);
  }

  #fill(symbol: number, cents: number): void {
    if (symbol < 0) return;
    this.fills += 1;
    this.#lastFill[symbol] = this.fills;
    this.#stamp(EventKind.fill, symbol, NONE, this.fills, 0, cents);
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
