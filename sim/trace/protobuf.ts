/**
 * Writes the wire format of Protocol Buffers: varints, 64-bit doubles, strings and nested messages.
 *
 * Source: the encoding page of protobuf.dev. Whole numbers up to 2^53 - 1 are exact; a negative one
 * takes ten bytes, as two's complement of 64 bits.
 */
import { assert } from '../base/assert.ts';
import { encodeUtf8 } from './utf8.ts';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;

export class ProtoWriter {
  #bytes: Uint8Array;
  #size = 0;
  readonly #double = new DataView(new ArrayBuffer(8));

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** How many bytes have been written. */
  get size(): number {
    return this.#size;
  }

  /** What has been written; valid until the next change. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  clear(): void {
    this.#size = 0;
  }

  /** A field of type uint32, uint64, int64 (negative too), bool or enum. */
  integer(field: number, value: number): void {
    assert(Number.isSafeInteger(value), `expected a safe whole number, got ${value}`);
    this.#reserve(20);
    this.#varint(field * 8 + VARINT);
    if (value < 0) this.#negative(value);
    else this.#varint(value);
  }

  double(field: number, value: number): void {
    this.#reserve(20);
    this.#varint(field * 8 + FIXED64);
    this.#double.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.#bytes[this.#size++] = this.#double.getUint8(i);
  }

  string(field: number, value: string): void {
    this.raw(field, encodeUtf8(value));
  }

  message(field: number, value: ProtoWriter): void {
    this.raw(field, value.bytes);
  }

  raw(field: number, value: Uint8Array): void {
    this.#reserve(20 + value.length);
    this.#varint(field * 8 + LENGTH_DELIMITED);
    this.#varint(value.length);
    this.#bytes.set(value, this.#size);
    this.#size += value.length;
  }

  #varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#size++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#size++] = rest;
  }

  /** Ten groups of seven bits; of the two's complement, since -1 - value has every bit flipped. */
  #negative(value: number): void {
    let flipped = -1 - value;
    for (let group = 0; group < 9; group++) {
      this.#bytes[this.#size++] = 255 - (flipped % 128);
      flipped = Math.floor(flipped / 128);
    }
    this.#bytes[this.#size++] = 1;
  }

  #reserve(bytes: number): void {
    if (this.#size + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + bytes));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}
