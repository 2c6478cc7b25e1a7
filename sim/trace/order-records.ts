/**
 * What is known of orders: what the client asked for, and whether and when it was first executed.
 *
 * Whether an order was asked for or executed is one bit each, for good; the rest stands in a ring
 * by order number, because orders are numbered upwards. Known limit: the rest is forgotten once an
 * order is numbered 16,384 higher.
 */
import { GrowingBits } from '../base/growing-bits.ts';
import type { EventRef, EventView } from './event.ts';

const ROOM_START = 32;
const ROOM_MAX = 16_384;

/** An order in the ring; used again for a later one. */
export class OrderRecord {
  order = -1;
  effect = 0;
  exposureBp = 0;
  task = 0;
  symbol = 0;
  /** What its last execution realised in cents; NaN before any. */
  cents = NaN;
  /** Where its first execution is; the sequence number is -1 before that. */
  seq = -1;
  timeUs = NaN;
}

export class OrderRecords {
  readonly #asked = new GrowingBits();
  readonly #executed = new GrowingBits();
  #ring: (OrderRecord | undefined)[] = [];
  #room = ROOM_START;
  #executedCount = 0;
  /** Whether the last execution was of an order that had been executed before. */
  again = false;

  /** Orders executed, each counted once. */
  get executedCount(): number {
    return this.#executedCount;
  }

  wasAsked(order: number): boolean {
    return this.#asked.has(order);
  }

  wasExecuted(order: number): boolean {
    return this.#executed.has(order);
  }

  /** What is remembered of an order. */
  find(order: number): OrderRecord | undefined {
    const record = this.#ring[order & (this.#room - 1)];
    return record?.order === order ? record : undefined;
  }

  /** Takes in an `order` event. */
  ask(event: EventView): void {
    this.#asked.add(event.a);
    const record = this.#recordFor(event.a);
    record.effect = event.b;
    record.exposureBp = event.value;
    record.task = event.task;
    record.symbol = event.symbol;
  }

  /** Takes in a `fill` event. */
  execute(event: EventView): void {
    const order = event.a;
    this.again = this.#executed.has(order);
    const record = this.find(order);
    if (record !== undefined) record.cents = event.value;
    if (this.again) return;
    this.#executed.add(order);
    this.#executedCount += 1;
    if (record === undefined) return;
    record.seq = event.seq;
    record.timeUs = event.timeUs;
  }

  #recordFor(order: number): OrderRecord {
    while (order >= this.#room && this.#room < ROOM_MAX) this.#grow();
    const at = order & (this.#room - 1);
    const record = (this.#ring[at] ??= new OrderRecord());
    record.order = order;
    record.cents = NaN;
    record.seq = -1;
    return record;
  }

  #grow(): void {
    const records = this.#ring;
    this.#room *= 2;
    this.#ring = [];
    for (const record of records) {
      if (record !== undefined) this.#ring[record.order & (this.#room - 1)] = record;
    }
  }
}

/** Where an order was executed first, if it was. */
export function executionOf(record: OrderRecord): EventRef | undefined {
  return record.seq < 0 ? undefined : { seq: record.seq, timeUs: record.timeUs };
}
