/**
 * Reads a log of any engine as a stream: bytes in, events out, in memory that does not grow with
 * it.
 *
 * The events are the trace's own, so whatever judges a run judges a log. `seq` is the line's
 * number, `timeUs` counts from the first time stamp, a lock line is `enter` or `exit` of the
 * socket, and a symbol stands for its task. The same events come out however the stream is cut into
 * chunks.
 */
import { assert } from '../../base/assert.ts';
import type { Problem } from '../../base/result.ts';
import { EventKind, NONE } from '../event.ts';
import { encodeUtf8 } from '../utf8.ts';
import { readAmount } from './amount.ts';
import { LineScanner, plainText } from './line-scanner.ts';
import { LineSplitter } from './line-splitter.ts';
import { type EventReader, LogEvents } from './log-events.ts';
import { type MoneyKind, readMoneyLine } from './money-line.ts';
import { logNotes } from './notes.ts';
import { type LogPattern, PATTERN_LINE_MAX, type PatternMatch } from './pattern.ts';
import { readStateError, stateErrorOf } from './state-error.ts';
import { type LogSummary, type Met, Oddity, unrecognised } from './summary.ts';

const HEAD_BYTES = 4;
/** What a check may rely on in a log: see LogSummary. */
const RELIABLE: readonly EventKind[] = [
  EventKind.enter,
  EventKind.exit,
  EventKind.socketError,
  EventKind.books,
  EventKind.total,
];
const LEADING_SYMBOL = /\[([^[\]]{1,64})\]/g;

export class LogReader {
  readonly #patterns: readonly LogPattern[];
  readonly #events: LogEvents;
  readonly #scanner = new LineScanner();
  readonly #splitter = new LineSplitter((bytes, start, end) => this.#readLine(bytes, start, end));
  readonly #malformed = new Oddity();
  /** Malformed lock lines, and those of which a pattern gave no symbol. */
  readonly #unreadLocks = new Oddity();
  readonly #tooLong = new Oddity();
  readonly #unusable = new Oddity();
  readonly #head: number[] = [];
  #bytes = 0;
  #binary = false;
  #finished = false;

  /** `emit` takes every event; `patterns` are tried on a line before the reference's form is. */
  constructor(emit: EventReader, patterns: readonly LogPattern[] = []) {
    this.#events = new LogEvents(emit);
    this.#patterns = patterns;
  }

  /** Bytes taken so far, for progress. */
  get bytes(): number {
    return this.#bytes;
  }

  get lines(): number {
    return this.#splitter.lines;
  }

  /** Events handed out so far. */
  get events(): number {
    return this.#events.count;
  }

  /** The symbols met so far, by number; the same array grows as the log is read. */
  get symbolNames(): readonly string[] {
    return this.#events.names.names;
  }

  /** Why reading on is useless, or undefined. */
  get problem(): Problem | undefined {
    return this.#events.problem;
  }

  /** Takes the next bytes; the chunk may be reused afterwards. */
  push(chunk: Uint8Array): void {
    assert(!this.#finished, 'expected no bytes after finish()');
    for (let i = 0; this.#head.length < HEAD_BYTES && i < chunk.length; i++) {
      this.#head.push(chunk[i] as number);
    }
    if (!this.#binary && this.#events.count === 0) this.#binary = chunk.includes(0);
    this.#bytes += chunk.length;
    this.#splitter.push(chunk);
  }

  /** Ends the reading, at the end of the log or wherever it was cancelled. */
  finish(): LogSummary {
    this.#finished = true;
    const events = this.#events;
    const nothing =
      events.count === 0 ? unrecognised(this.#head, this.#bytes, this.#binary) : undefined;
    return {
      bytes: this.#bytes,
      lines: this.lines,
      symbolNames: this.symbolNames,
      enters: events.enters,
      exits: events.exits,
      timedLockLines: events.enters + events.exits - events.untimed.count,
      shiftedLockLines: events.shifted.count,
      unreadLockLines: metBy(this.#unreadLocks),
      unreadTotals: metBy(events.unreadTotals),
      fills: events.fills,
      stateErrors: events.stateErrors,
      ledgerTotal: events.ledgerTotal,
      aggregatorTotal: events.seen.has(EventKind.total),
      openHolds: events.holds.size,
      endUs: events.clock.nowUs,
      truncated: this.#splitter.incomplete,
      seen: events.seen,
      carries: carriedBy(events.seen),
      notes: logNotes({
        splitter: this.#splitter,
        events,
        malformed: this.#malformed,
        tooLong: this.#tooLong,
        unusable: this.#unusable,
      }),
      problem: events.problem ?? nothing,
    };
  }

  #readLine(bytes: Uint8Array, start: number, end: number): void {
    const events = this.#events;
    if (events.problem !== undefined) return;
    if (this.#patterns.length > 0 && this.#readByPattern(bytes, start, end)) return;
    const scanner = this.#scanner;
    const kind = scanner.scan(bytes, start, end);
    switch (kind) {
      case 'none':
        if (events.count === 0) events.clock.peek(bytes, start, end);
        return;
      case 'acquire':
      case 'release': {
        events.begin(this.lines, bytes, start, end);
        const symbol =
          scanner.symbolText === undefined
            ? events.symbol(bytes, scanner.symbolStart, scanner.symbolEnd)
            : events.symbolOf(scanner.symbolText);
        if (kind === 'acquire') events.acquire(symbol, scanner.id);
        else events.release(symbol, scanner.id);
        return;
      }
      case 'text':
        this.#readText(bytes, start, end);
        return;
      case 'malformed':
        this.#malformed.meet(this.lines);
        this.#unreadLocks.meet(this.lines);
        return;
    }
  }

  #readText(bytes: Uint8Array, start: number, end: number): void {
    const events = this.#events;
    const text = plainText(bytes, start, end);
    const money = readMoneyLine(text);
    const error = money === undefined ? readStateError(text) : undefined;
    if (money === undefined && error === undefined) {
      if (events.count === 0) events.clock.peek(bytes, start, end);
      return;
    }
    events.begin(this.lines, bytes, start, end);
    if (money !== undefined) events.money(money);
    if (error !== undefined) events.stateError(error, this.#knownSymbol(text));
  }

  /** The symbol that a line names in brackets, if lock lines have named it before; else NONE. */
  #knownSymbol(text: string): number {
    for (const match of text.matchAll(LEADING_SYMBOL)) {
      const number = this.symbolNames.indexOf(match[1] as string);
      if (number >= 0) return number;
    }
    return NONE;
  }

  #readByPattern(bytes: Uint8Array, start: number, end: number): boolean {
    const text = plainText(bytes, start, end);
    if (text.length > PATTERN_LINE_MAX) {
      this.#tooLong.meet(this.lines);
      return false;
    }
    for (const pattern of this.#patterns) {
      const match = pattern.match(text);
      if (match === undefined) continue;
      if (match.time === undefined) this.#events.begin(this.lines, bytes, start, end);
      else {
        const time = encodeUtf8(match.time);
        this.#events.begin(this.lines, time, 0, time.length);
      }
      if (!this.#take(match, text)) this.#unusable.meet(this.lines);
      return true;
    }
    return false;
  }

  /** Makes an event of what a pattern found; false where a detail that it needs is missing. */
  #take(match: PatternMatch, text: string): boolean {
    const events = this.#events;
    const { symbol, id } = match;
    if (match.kind === 'error') {
      const known = symbol === undefined ? -1 : this.symbolNames.indexOf(symbol);
      events.stateError(stateErrorOf(match.text, text), known < 0 ? NONE : known);
      return true;
    }
    if (match.kind === 'acquire' || match.kind === 'release') {
      if (symbol === undefined || symbol === '') {
        this.#unreadLocks.meet(this.lines);
        return false;
      }
      const number = events.symbolOf(symbol);
      if (match.kind === 'acquire') events.acquire(number, id ?? symbol);
      else events.release(number, id ?? symbol);
      return true;
    }
    const kind = moneyKind(match.kind, symbol);
    const amount = readAmount(match.text.trim());
    if (kind !== undefined && amount === undefined) events.missAmount(kind);
    if (kind === undefined || amount === undefined) return false;
    events.money({ kind, symbol: kind === 'aggregatorTotal' ? '' : (symbol ?? ''), amount });
    return true;
  }
}

/** What kind of money line a pattern found; undefined for a trade of nobody. */
function moneyKind(
  kind: 'fill' | 'books' | 'total',
  symbol: string | undefined,
): MoneyKind | undefined {
  const named = symbol !== undefined && symbol !== '';
  if (kind === 'total') return 'aggregatorTotal';
  if (kind === 'books') return named ? 'books' : 'ledgerTotal';
  return named ? 'fill' : undefined;
}

function metBy({ count, line }: Oddity): Met {
  return { count, line };
}

function carriedBy(seen: ReadonlySet<EventKind>): ReadonlySet<EventKind> {
  const carries = new Set(RELIABLE.filter((kind) => seen.has(kind)));
  // A log that shows one end of a hold would show the other.
  if (carries.has(EventKind.enter) || carries.has(EventKind.exit)) {
    carries.add(EventKind.enter).add(EventKind.exit);
  }
  return carries;
}
