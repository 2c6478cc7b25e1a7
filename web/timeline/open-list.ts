/**
 * Who is inside now, oldest first: few at a time, so a search beats any table.
 *
 * Bounded: past OPEN_MAX the oldest is forgotten, because a log without releases never ends one.
 */

const OPEN_MAX = 1_024;

export class OpenList {
  readonly #hold = new Float64Array(OPEN_MAX);
  readonly #lane = new Uint16Array(OPEN_MAX);
  readonly #row = new Float64Array(OPEN_MAX);
  #highest = -1;
  size = 0;
  forgotten = 0;

  add(hold: number, lane: number, row: number): void {
    if (this.size === OPEN_MAX) {
      this.remove(0);
      this.forgotten += 1;
    }
    if (hold > this.#highest) this.#highest = hold;
    this.#hold[this.size] = hold;
    this.#lane[this.size] = lane;
    this.#row[this.size] = row;
    this.size += 1;
  }

  /** The place of a hold, or -1. */
  find(hold: number): number {
    // Holds are numbered upwards, so nearly every new one is known to be new without a search.
    if (hold > this.#highest) return -1;
    for (let at = 0; at < this.size; at++) if (this.#hold[at] === hold) return at;
    return -1;
  }

  remove(place: number): void {
    this.size -= 1;
    for (let at = place; at < this.size; at++) {
      this.#hold[at] = this.#hold[at + 1] as number;
      this.#lane[at] = this.#lane[at + 1] as number;
      this.#row[at] = this.#row[at + 1] as number;
    }
  }

  laneAt(place: number): number {
    return this.#lane[place] as number;
  }

  rowAt(place: number): number {
    return this.#row[place] as number;
  }
}
