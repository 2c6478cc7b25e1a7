/**
 * Counts what the code of a lock makes in one execution, so that none fills memory.
 *
 * Bytes are counted as they are made and never given back. A pass through a function or a loop
 * costs what its text can make (`weight.ts`); a text, a list or a buffer costs its length.
 * Invariant: the same code costs the same in every engine. Known limit: an engine may need a few
 * times as much.
 */

/** Bytes that one execution may make. */
export const BYTES_MAX = 64_000_000;
/** What a call of the language's own makes that is less than this is nobody's cost. */
export const FREE_BYTES = 256;
export const OBJECT_BYTES = 64;
export const ITEM_BYTES = 8;
/** Of a Map, a Set or an object. */
export const ENTRY_BYTES = 64;
const CHARACTER_BYTES = 2;
const TEXT_BYTES = 32;
/** A whole number of more than 1,024 bits costs all there is. */
const HUGE = 2n ** 1024n;

/** The one of the language: code may find another. */
const { keys } = Object;

type Source = ArrayLike<unknown>;

interface Sized {
  readonly byteLength?: unknown;
  readonly size?: unknown;
  readonly length?: unknown;
}

export class Meter {
  readonly #onPassed: (bytes: number) => never;
  #bytes = 0;
  /** How a list is walked over, in the world of the code. */
  walk: unknown = undefined;

  /** `onPassed` hears how many bytes would have been made, and throws. */
  constructor(onPassed: (bytes: number) => never) {
    this.#onPassed = onPassed;
  }

  get bytes(): number {
    return this.#bytes;
  }

  restart(): void {
    this.#bytes = 0;
  }

  take(bytes: number): void {
    // What is no length is nobody's cost: the language will refuse it.
    if (bytes > 0) this.#bytes += bytes;
    if (this.#bytes > BYTES_MAX) this.#onPassed(this.#bytes);
  }

  /** What an operator gave: a text, or a whole number of any length, may be large. */
  readonly made = <T>(value: T): T => {
    if (typeof value === 'string') this.take(CHARACTER_BYTES * value.length);
    else if (typeof value === 'bigint') this.take(weigh(value));
    return value;
  };

  /** What becomes the length of something, a list perhaps. */
  readonly grown = <T>(length: T): T => {
    if (typeof length === 'number') this.take(ITEM_BYTES * length);
    return length;
  };

  /** An object whose properties are copied. */
  readonly copied = <T>(source: T): T => {
    this.take(weigh(source));
    return source;
  };

  /** Something that is iterated over by the language itself: costs so much an item. */
  readonly spread = (source: unknown, itemBytes: number = ITEM_BYTES): unknown => {
    const iterate = (source as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator];
    if (typeof iterate !== 'function') return source;
    if (typeof source === 'string' || iterate === this.walk) {
      this.take((typeof source === 'string' ? TEXT_BYTES : itemBytes) * (source as Source).length);
      return source;
    }
    return {
      [Symbol.iterator]: (): Iterator<unknown> => {
        const inner = iterate.call(source);
        return {
          next: () => {
            this.take(itemBytes);
            return inner.next();
          },
          return: () => inner.return?.() ?? { done: true, value: undefined },
        };
      },
    };
  };
}

/** What a value takes by itself, with what a list holds directly, in bytes. */
export function weigh(value: unknown): number {
  if (typeof value === 'string') return CHARACTER_BYTES * value.length;
  if (typeof value === 'bigint') return value > HUGE || value < -HUGE ? BYTES_MAX : 0;
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return weighList(value);
  const { byteLength, size, length } = value as Sized;
  if (typeof byteLength === 'number') return byteLength;
  if (typeof size === 'number') return ENTRY_BYTES * size;
  if (typeof length === 'number') return ITEM_BYTES * length;
  return ENTRY_BYTES * keys(value).length;
}

function weighList(list: readonly unknown[]): number {
  let bytes = ITEM_BYTES * list.length;
  // A list with holes may be longer than anybody can walk.
  if (bytes > BYTES_MAX) return bytes;
  for (let at = 0; at < list.length; at++) {
    const item = list[at];
    if (typeof item === 'string') bytes += TEXT_BYTES + CHARACTER_BYTES * item.length;
    else if (Array.isArray(item)) bytes += TEXT_BYTES + ITEM_BYTES * item.length;
  }
  return bytes;
}
