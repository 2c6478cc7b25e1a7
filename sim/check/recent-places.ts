/**
 * Where numbered things happened lately: a ring that finds a number's place without a search.
 *
 * Known limit: a place is forgotten once the same slot is taken by a number 1,024 higher or lower.
 */
import type { EventRef, EventView } from '../trace/event.ts';

const START = 16;
const MAX = 1_024;

export class RecentPlaces {
  #number = new Float64Array(START).fill(-1);
  #seq = new Float64Array(START);
  #timeUs = new Float64Array(START);

  /** Remembers where `number`, a whole number >= 0, happened. */
  keep(number: number, event: EventView): void {
    while (number >= this.#number.length && this.#number.length < MAX) this.#grow();
    const at = number & (this.#number.length - 1);
    this.#number[at] = number;
    this.#seq[at] = event.seq;
    this.#timeUs[at] = event.timeUs;
  }

  find(number: number): EventRef | undefined {
    const at = number & (this.#number.length - 1);
    if (this.#number[at] !== number) return undefined;
    return { seq: this.#seq[at] as number, timeUs: this.#timeUs[at] as number };
  }

  #grow(): void {
    const room = this.#number.length * 2;
    const number = new Float64Array(room).fill(-1);
    const seq = new Float64Array(room);
    const timeUs = new Float64Array(room);
    for (let at = 0; at < this.#number.length; at++) {
      const known = this.#number[at] as number;
      if (known < 0) continue;
      const place = known & (room - 1);
      number[place] = known;
      seq[place] = this.#seq[at] as number;
      timeUs[place] = this.#timeUs[at] as number;
    }
    this.#number = number;
    this.#seq = seq;
    this.#timeUs = timeUs;
  }
}
