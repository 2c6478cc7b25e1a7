/**
 * What the client asked for with its last orders: effect, exposure and who asked, by order number.
 *
 * Orders are numbered upwards, so a ring finds one without a search. Known limit: an order is forgotten
 * once another is numbered 16,384 higher, and what becomes of it then is not attributed.
 */
import type { EventView } from './event.ts';

const START = 32;
const MAX = 16_384;

export class OrderWindow {
  #order = new Float64Array(START).fill(-1);
  #effect = new Uint8Array(START);
  #exposureBp = new Float64Array(START);
  #task = new Uint8Array(START);
  #value = new Float64Array(START);

  /** Remembers an `order` event. */
  ask(event: EventView): void {
    const order = event.a;
    while (order >= this.#order.length && this.#order.length < MAX) this.#grow();
    const at = order & (this.#order.length - 1);
    this.#order[at] = order;
    this.#effect[at] = event.b;
    this.#exposureBp[at] = event.value;
    this.#task[at] = event.task;
    this.#value[at] = NaN;
  }

  /** Where an order stands, or -1. */
  find(order: number): number {
    const at = order & (this.#order.length - 1);
    return this.#order[at] === order ? at : -1;
  }

  effect(at: number): number {
    return this.#effect[at] as number;
  }

  exposureBp(at: number): number {
    return this.#exposureBp[at] as number;
  }

  task(at: number): number {
    return this.#task[at] as number;
  }

  /** What the order realised in cents; NaN while it has not been executed. */
  value(at: number): number {
    return this.#value[at] as number;
  }

  setValue(at: number, cents: number): void {
    this.#value[at] = cents;
  }

  #grow(): void {
    const room = this.#order.length * 2;
    const order = new Float64Array(room).fill(-1);
    const effect = new Uint8Array(room);
    const exposureBp = new Float64Array(room);
    const task = new Uint8Array(room);
    const value = new Float64Array(room);
    for (let at = 0; at < this.#order.length; at++) {
      const number = this.#order[at] as number;
      if (number < 0) continue;
      const place = number & (room - 1);
      order[place] = number;
      effect[place] = this.#effect[at] as number;
      exposureBp[place] = this.#exposureBp[at] as number;
      task[place] = this.#task[at] as number;
      value[place] = this.#value[at] as number;
    }
    this.#order = order;
    this.#effect = effect;
    this.#exposureBp = exposureBp;
    this.#task = task;
    this.#value = value;
  }
}
