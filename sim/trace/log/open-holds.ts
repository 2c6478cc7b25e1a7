/**
 * Which holds of a log are open: lock ids are text and may come back, holds are numbers and do not.
 *
 * A closed hold is forgotten, so memory depends on how many are open at once and not on the length
 * of the log. Known limit: beyond OPEN_HOLDS_MAX the id that has been open longest is forgotten; a
 * log in which so many acquisitions are never released has been judged by then.
 */
import { assertExists } from '../../base/assert.ts';

export const OPEN_HOLDS_MAX = 65_536;

/** How many holds under one id are searched for the symbol's own. */
const SEARCH_MAX = 64;

interface OpenHold {
  readonly hold: number;
  readonly symbol: number;
  /** An older hold under the same id that is open too: the id names a lock, not a hold. */
  older: OpenHold | undefined;
}

export class OpenHolds {
  readonly #byId = new Map<string, OpenHold>();
  #holds = 0;
  #size = 0;
  /** Acquisitions under an id that was open already. */
  repeatedIds = 0;
  /** Releases of an id that was not open. */
  unknownIds = 0;
  forgotten = 0;

  /** How many holds are open now. */
  get size(): number {
    return this.#size;
  }

  /** A new hold under `id`; its number. */
  open(id: string, symbol: number): number {
    const older = this.#byId.get(id);
    if (older !== undefined) this.repeatedIds += 1;
    this.#holds += 1;
    this.#byId.set(id, { hold: this.#holds, symbol, older });
    this.#size += 1;
    if (this.#size > OPEN_HOLDS_MAX) this.#forgetOne();
    return this.#holds;
  }

  /**
   * Ends the hold under `id`; its number. Of several the symbol's own comes first, then the latest.
   * An id that is not open gives a number that no hold has, so that the release stands alone.
   */
  close(id: string, symbol: number): number {
    const latest = this.#byId.get(id);
    if (latest === undefined) {
      this.unknownIds += 1;
      this.#holds += 1;
      return this.#holds;
    }
    const newer = newerThanOwn(latest, symbol);
    const found =
      newer === undefined ? latest : assertExists(newer.older, 'expected an older hold');
    if (newer !== undefined) newer.older = found.older;
    else if (found.older !== undefined) this.#byId.set(id, found.older);
    else this.#byId.delete(id);
    this.#size -= 1;
    return found.hold;
  }

  #forgetOne(): void {
    const first = this.#byId.keys().next();
    if (first.done === true) return;
    for (let hold = this.#byId.get(first.value); hold !== undefined; hold = hold.older) {
      this.#size -= 1;
      this.forgotten += 1;
    }
    this.#byId.delete(first.value);
  }
}

/** The hold just above the symbol's own in the chain; undefined if the latest is to be ended. */
function newerThanOwn(latest: OpenHold, symbol: number): OpenHold | undefined {
  if (latest.symbol === symbol) return undefined;
  let newer = latest;
  for (let depth = 0; depth < SEARCH_MAX; depth++) {
    const hold = newer.older;
    if (hold === undefined) return undefined;
    if (hold.symbol === symbol) return newer;
    newer = hold;
  }
  return undefined;
}
