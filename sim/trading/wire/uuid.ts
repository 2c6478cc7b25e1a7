/**
 * The uuids of orders and requests: made from the run's seed and a number, and readable back into
 * it.
 *
 * A text has the shape of RFC 4122, version 4, but is drawn from the seed: 90 bits follow from seed
 * and number, the last 32 carry the number itself, masked. A uuid of another seed, or of somebody
 * else, is therefore recognised as foreign (but for a chance of 2^-90). They identify; they are no
 * secret.
 */
import { mix, RandomStream } from '../../base/random.ts';

/** Orders and requests are numbered separately, so their uuids differ too. */
export type UuidKind = 'order' | 'request';

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export class Uuids {
  readonly #keys: readonly [number, number, number, number];

  constructor(seed: number, kind: UuidKind) {
    const keys = new RandomStream(seed, 'uuid', kind);
    this.#keys = [keys.nextU32(), keys.nextU32(), keys.nextU32(), keys.nextU32()];
  }

  /** The uuid of a number of 0 to 2^32 - 1, in lower case. */
  of(number: number): string {
    const [first, second, third, mask] = this.#keys;
    const a = mix(number + first);
    const b = mix((number ^ second) + a);
    const c = mix((number ^ third) + b);
    const version = 0x4000 | (b & 0x0fff);
    const variant = 0x8000 | ((c >>> 16) & 0x3fff);
    const masked = (number ^ mask) >>> 0;
    return (
      `${hex(a, 8)}-${hex(b >>> 16, 4)}-${hex(version, 4)}-${hex(variant, 4)}-` +
      `${hex(c & 0xffff, 4)}${hex(masked, 8)}`
    );
  }

  /** The number that a uuid stands for, or undefined if it is not one of ours. */
  numberOf(uuid: string): number | undefined {
    if (!SHAPE.test(uuid)) return undefined;
    const number = (parseInt(uuid.slice(-8), 16) ^ this.#keys[3]) >>> 0;
    return this.of(number) === uuid ? number : undefined;
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
