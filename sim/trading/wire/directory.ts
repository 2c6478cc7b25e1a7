/**
 * What the two ends of a wire agree on: symbols by index and name, orders and requests by number
 * and uuid.
 *
 * Numbers of our own need no table. A foreign uuid gets a number above all of ours, and keeps it
 * while it is among the last 65,536 foreign ones: memory stays bounded whatever a peer sends.
 */
import { NONE } from '../../trace/event.ts';
import { Uuids } from './uuid.ts';

const FOREIGN_KEPT = 65_536;
const FOREIGN_FIRST = 0x8000_0000;
const FOREIGN_LAST = 0xffff_ffff;
const UUID_LENGTH_MAX = 64;

export class Directory {
  readonly #names: readonly string[];
  readonly #orders: Uuids;
  readonly #requests: Uuids;
  readonly #foreign = new Map<string, number>();
  readonly #foreignText = new Map<number, string>();
  #nextForeign = FOREIGN_FIRST;
  #nextRequest = FOREIGN_FIRST;

  constructor(seed: number, symbolNames: readonly string[]) {
    this.#names = symbolNames;
    this.#orders = new Uuids(seed, 'order');
    this.#requests = new Uuids(seed, 'request');
  }

  /** A symbol's name, or undefined for NONE. */
  symbolName(symbol: number): string | undefined {
    return this.#names[symbol];
  }

  /** A symbol's index, or undefined if nobody trades it. */
  symbolOf(name: string): number | undefined {
    const index = this.#names.indexOf(name);
    return index < 0 || index >= NONE ? undefined : index;
  }

  uuidOfOrder(order: number): string {
    return this.#foreignText.get(order) ?? this.#orders.of(order);
  }

  uuidOfRequest(request: number): string {
    return this.#foreignText.get(request) ?? this.#requests.of(request);
  }

  /** The order that a uuid stands for; undefined if it is no uuid at all. */
  orderOf(uuid: unknown): number | undefined {
    return this.#numberOf(uuid, this.#orders);
  }

  /** The request that a uuid stands for; undefined if it is no uuid at all. */
  requestOf(uuid: unknown): number | undefined {
    return this.#numberOf(uuid, this.#requests);
  }

  /** The request of ours that a uuid stands for; undefined for a foreign one. */
  ownRequestOf(uuid: unknown): number | undefined {
    return typeof uuid === 'string' ? this.#requests.numberOf(uuid.toLowerCase()) : undefined;
  }

  /** A number for a request whose sender did not number it. */
  newRequest(): number {
    const number = this.#nextRequest;
    this.#nextRequest = following(number);
    return number;
  }

  #numberOf(uuid: unknown, ours: Uuids): number | undefined {
    if (typeof uuid !== 'string' || uuid === '' || uuid.length > UUID_LENGTH_MAX) return undefined;
    return ours.numberOf(uuid.toLowerCase()) ?? this.#foreign.get(uuid) ?? this.#adopt(uuid);
  }

  #adopt(uuid: string): number {
    const number = this.#nextForeign;
    this.#nextForeign = following(number);
    if (this.#foreign.size >= FOREIGN_KEPT) this.#forgetOldest();
    this.#foreign.set(uuid, number);
    this.#foreignText.set(number, uuid);
    return number;
  }

  #forgetOldest(): void {
    for (const [uuid, number] of this.#foreign) {
      this.#foreign.delete(uuid);
      this.#foreignText.delete(number);
      return;
    }
  }
}

function following(number: number): number {
  return number === FOREIGN_LAST ? FOREIGN_FIRST : number + 1;
}
