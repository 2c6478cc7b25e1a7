/**
 * Writes a trace as the reference's log, so that its own tools work on a simulated run.
 *
 * Enter and exit of the guarded socket become ZMQ_LOCK_ACQUIRE and ZMQ_LOCK_RELEASE, one lock_id a
 * hold; the rest are lines as the engine prints them, and final totals. Text leaves in pieces of
 * about PIECE_LENGTH, so a million events need the memory of a few. Known limit: times print as
 * milliseconds, truncated as Python's logging does.
 */
import { amountText, exactAmount } from '../../base/figure.ts';
import { formatCents } from '../../base/format-cents.ts';
import { addCents, type Decimal } from '../../base/money.ts';
import { US_PER_MS } from '../../base/time.ts';
import { EventKind, type EventView, NONE, ObjectId, RunEnd } from '../event.ts';
import { newView, readEvent, type Segment } from '../segment.ts';
import { formatSecond } from './calendar.ts';
import { describeEvent, type Level } from './describe.ts';
import { lockId } from './lock-id.ts';
import { SymbolTally } from './tally.ts';

export interface LogOptions {
  readonly symbolNames: readonly string[];
  /** Names of tasks by id: whoever holds without a symbol goes by its task's. */
  readonly taskNames: readonly string[];
  /** Milliseconds since 1970, UTC, that virtual time 0 stands for. */
  readonly epochMs: number;
  /** The run's seed: lock ids derive from it. */
  readonly seed: number;
}

/** Characters of a piece of text before it is handed over. */
export const PIECE_LENGTH = 65_536;

const MS_PER_S = 1_000;
const MS_TEXT = Array.from({ length: MS_PER_S }, (_, ms) => `,${String(ms).padStart(3, '0')}`);

export class LogWriter {
  readonly #emit: (text: string) => void;
  readonly #options: LogOptions;
  readonly #names: readonly string[];
  readonly #tallies: readonly SymbolTally[];
  readonly #view = newView();
  #text = '';
  #second = -1;
  #secondText = '';
  #nowUs = 0;
  #acquires = 0;
  #releases = 0;
  #aggregator: Decimal | undefined;
  #runEnd: number = RunEnd.done;

  /** `emit` gets the text piece by piece; the pieces joined are the log. */
  constructor(options: LogOptions, emit: (text: string) => void) {
    this.#options = options;
    this.#emit = emit;
    this.#names = options.symbolNames.map(inBrackets);
    this.#tallies = this.#names.map(() => new SymbolTally());
    this.#line('INFO', `Launching ${this.#names.length} concurrent signal streams`);
    for (const name of this.#names) this.#line('INFO', `Starting signal simulation: ${name}`);
  }

  /** Takes in a segment; segments come in order and once each. */
  readonly read = (segment: Segment): void => {
    const view = this.#view;
    for (let at = 0; at < segment.size; at++) {
      readEvent(segment, at, view);
      this.#event(view);
    }
  };

  /** Ends the log, with the engine's final report if it came to that; call once. */
  finish(): void {
    // An engine that hangs or is killed prints no totals, so none may pass for its last word.
    if (this.#runEnd === RunEnd.done) this.#report();
    this.#emit(this.#text);
    this.#text = '';
  }

  #report(): void {
    this.#names.forEach((name, at) => {
      const { trades, cents } = this.#tallies[at] as SymbolTally;
      this.#line('INFO', `  [${name}] Completed: ${trades} trades, PnL=$${formatCents(cents)}`);
    });
    this.#line('INFO', 'Stress Test Report');
    this.#line('INFO', `  Total lock events: ${this.#acquires + this.#releases}`);
    this.#names.forEach((name, at) => this.#result(name, this.#tallies[at] as SymbolTally));
    this.#totals();
  }

  #event(event: EventView): void {
    this.#nowUs = event.timeUs;
    const tally = this.#tallies[event.symbol];
    if (tally !== undefined) tally.step(event);
    switch (event.kind) {
      case EventKind.enter:
      case EventKind.exit:
        if (event.object === ObjectId.socket) this.#lock(event);
        return;
      case EventKind.fill:
        if (tally !== undefined) this.#fill(event, tally);
        return;
      case EventKind.metrics:
        if (tally !== undefined) this.#metrics(event, tally);
        return;
      case EventKind.total:
        this.#aggregator = exactAmount(event.value, event.b === 1);
        return;
      default: {
        if (event.kind === EventKind.end) this.#runEnd = event.b;
        const line = describeEvent(event, this.#nameOf(event));
        if (line !== undefined) this.#line(line[0], line[1]);
      }
    }
  }

  #lock(event: EventView): void {
    const id = lockId(this.#options.seed, event.a);
    const name = this.#nameOf(event);
    if (event.kind === EventKind.enter) {
      this.#acquires += 1;
      this.#line('DEBUG', `[ZMQ_LOCK_ACQUIRE] [${name}] lock_id=${id} access#${this.#acquires}`);
    } else {
      this.#releases += 1;
      this.#line('DEBUG', `[ZMQ_LOCK_RELEASE] [${name}] lock_id=${id}`);
    }
  }

  #fill(event: EventView, tally: SymbolTally): void {
    const pnl = formatCents(event.value);
    const name = this.#nameOf(event);
    this.#line('DEBUG', `  [${name}] Signal #${tally.signal}: Trade executed, PnL=$${pnl}`);
  }

  #metrics(event: EventView, tally: SymbolTally): void {
    const figure = exactAmount(event.value, event.object === 1);
    const exposure = formatCents(tally.exposureBp);
    const rate = formatCents(tally.winRateBp);
    this.#line(
      'INFO',
      `  [${this.#nameOf(event)}] Trades: ${tally.trades}, PnL: $${figure.toFixed(2)}, ` +
        `Exposure: ${exposure}%, Win Rate: ${rate}%`,
    );
  }

  #result(name: string, tally: SymbolTally): void {
    const exposure = formatCents(tally.exposureBp);
    const rate = formatCents(tally.winRateBp);
    this.#line(
      'INFO',
      `  [${name}]: Trades=${tally.trades}, PnL=$${formatCents(tally.cents)}, ` +
        `Exposure=${exposure}, WinRate=${rate}%`,
    );
  }

  #totals(): void {
    const ledger = this.#tallies.reduce((sum, { cents }) => addCents(sum, cents), 0);
    const aggregator = this.#aggregator;
    this.#line('INFO', `  Simulated Total PnL: $${formatCents(ledger)}`);
    if (aggregator === undefined) return;
    // To the last digit, so that what a float made of it stays visible.
    this.#line('INFO', `  Aggregator Total PnL: $${amountText(aggregator)}`);
    const gap = exactAmount(ledger, false).minus(aggregator).abs();
    if (gap.isZero()) this.#line('INFO', '  PnL Match: Difference = $0.00');
    else this.#line('WARNING', `  PnL Mismatch: Difference = $${amountText(gap)}`);
  }

  #nameOf(event: EventView): string {
    const name = this.#names[event.symbol];
    if (name !== undefined) return name;
    const task = event.task === NONE ? undefined : this.#options.taskNames[event.task];
    return task === undefined ? `task-${event.task}` : inBrackets(task);
  }

  #line(level: Level, words: string): void {
    this.#text += `${this.#stamp()} - [${level}] - ${words}\n`;
    if (this.#text.length < PIECE_LENGTH) return;
    this.#emit(this.#text);
    this.#text = '';
  }

  #stamp(): string {
    const ms = this.#options.epochMs + Math.floor(this.#nowUs / US_PER_MS);
    const second = Math.floor(ms / MS_PER_S);
    if (second !== this.#second) {
      this.#second = second;
      this.#secondText = formatSecond(second * MS_PER_S);
    }
    return this.#secondText + (MS_TEXT[ms - second * MS_PER_S] as string);
  }
}

/** The log of a trace, piece by piece. */
export function* logText(
  segments: Iterable<Segment>,
  options: LogOptions,
): Generator<string, void, undefined> {
  const pieces: string[] = [];
  const writer = new LogWriter(options, (text) => pieces.push(text));
  for (const segment of segments) {
    writer.read(segment);
    yield* pieces.splice(0);
  }
  writer.finish();
  yield* pieces.splice(0);
}

/** A name as it may stand in brackets: without blanks, brackets and control characters. */
function inBrackets(name: string): string {
  return name.replace(/[\s[\]\p{Cc}]/gu, '_');
}
