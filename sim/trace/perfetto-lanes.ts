/**
 * Slices that may overlap, on as many Perfetto tracks of one name as overlap at once.
 *
 * Invariant: a track has at most one open slice, so slices nest whatever the trace does. A key that
 * is open already is ended by the next slice that begins under it.
 */
import type { Detail, PerfettoPackets } from './perfetto-packets.ts';

export class PerfettoLanes {
  readonly #packets: PerfettoPackets;
  readonly #name: string;
  readonly #rank: number;
  readonly #free: number[] = [];
  readonly #open = new Map<number, number>();
  readonly #first: number;

  constructor(packets: PerfettoPackets, name: string, rank: number) {
    this.#packets = packets;
    this.#name = name;
    this.#rank = rank;
    this.#first = packets.track(name, rank);
    this.#free.push(this.#first);
  }

  /** Begins the slice that goes by `key`; false if it took the place of an open one. */
  begin(key: number, timeUs: number, name: string, detail: Detail): boolean {
    const replaced = this.end(key, timeUs);
    const track = this.#free.pop() ?? this.#packets.track(this.#name, this.#rank);
    this.#open.set(key, track);
    this.#packets.begin(track, timeUs, name, detail);
    return !replaced;
  }

  /** Ends the slice that goes by `key`; false if none is open. */
  end(key: number, timeUs: number): boolean {
    const track = this.#open.get(key);
    if (track === undefined) return false;
    this.#open.delete(key);
    this.#free.push(track);
    this.#packets.end(track, timeUs);
    return true;
  }

  endAll(timeUs: number): void {
    for (const key of [...this.#open.keys()]) this.end(key, timeUs);
  }

  /** A point in time, on the first of the tracks. */
  instant(timeUs: number, name: string, detail: Detail | undefined): void {
    this.#packets.instant(this.#first, timeUs, name, detail);
  }
}
