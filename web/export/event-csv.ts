/**
 * All events as CSV, a row each: the numbers as the trace has them, and what they mean in words.
 *
 * Empty cells are events without symbol, task or object. Of a log the first column is the line.
 * Text leaves in pieces, so a day of ticks needs the memory of a few thousand rows.
 */
import {
  eventName,
  type EventView,
  newView,
  NONE,
  readEvent,
  type Segment,
} from '../../sim/index.ts';
import { csvField } from '../format/csv.ts';
import { detailOf } from '../format/event-text.ts';

/** Who takes part, by number; a log has no tasks of its own. */
export interface EventCsvNames {
  readonly symbols: readonly string[];
  readonly tasks: readonly string[];
}

const PIECE_LENGTH = 65_536;
const COLUMNS = 'time_us,event,symbol,task,object,a,b,value,detail\r\n';

export class EventCsv {
  readonly #names: EventCsvNames;
  readonly #emit: (piece: string) => void;
  readonly #view = newView();
  readonly #symbolFields: string[] = [];
  readonly #taskFields: string[] = [];
  #text: string;

  /** `place` names the first column: an event's number, or a log's line. */
  constructor(names: EventCsvNames, place: 'seq' | 'line', emit: (piece: string) => void) {
    this.#names = names;
    this.#emit = emit;
    this.#text = `${place},${COLUMNS}`;
  }

  /** Takes in a segment; segments come in order and once each. */
  readonly read = (segment: Segment): void => {
    const view = this.#view;
    for (let at = 0; at < segment.size; at++) {
      readEvent(segment, at, view);
      this.step(view);
    }
  };

  readonly step = (event: EventView): void => {
    const { seq, timeUs, kind, symbol, task, object, a, b, value } = event;
    const who = symbol === NONE ? '' : this.#symbolField(symbol);
    const by = task === NONE ? '' : this.#taskField(task);
    const of = object === NONE ? '' : object;
    const detail = csvField(detailOf(event));
    this.#text += `${seq},${timeUs},${eventName(kind)},${who},${by},${of},${a},${b},${value},`;
    this.#text += `${detail}\r\n`;
    if (this.#text.length >= PIECE_LENGTH) this.finish();
  };

  /** Hands over what is left; call at the end. */
  finish(): void {
    this.#emit(this.#text);
    this.#text = '';
  }

  #symbolField(symbol: number): string {
    return (this.#symbolFields[symbol] ??= csvField(this.#names.symbols[symbol] ?? `${symbol}`));
  }

  #taskField(task: number): string {
    return (this.#taskFields[task] ??= csvField(this.#names.tasks[task] ?? `${task}`));
  }
}
