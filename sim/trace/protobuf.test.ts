import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { ProtoWriter } from './protobuf.ts';

const { root } = protobuf.parse(
  `syntax = "proto2";
   message Sample {
     optional int64 signed = 1;
     optional uint64 unsigned = 2;
     optional double real = 3;
     optional string text = 60;
     optional Sample inner = 1000;
   }`,
);
const Sample = root.lookupType('Sample');

/** What an independent implementation reads from the bytes; 64-bit numbers as text. */
function decode(bytes: Uint8Array): Record<string, unknown> {
  return Sample.toObject(Sample.decode(bytes), { longs: String });
}

describe('the wire format', () => {
  it('is read back by another implementation, field by field', () => {
    const whole = fc.maxSafeInteger();
    const natural = fc.maxSafeNat();
    const real = fc.double({ noNaN: true });
    const text = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(whole, natural, real, text, (signed, unsigned, value, words) => {
        const inner = new ProtoWriter(1);
        inner.string(60, words);
        const writer = new ProtoWriter(1);
        writer.integer(1, signed);
        writer.integer(2, unsigned);
        writer.double(3, value);
        writer.message(1_000, inner);
        expect(decode(writer.bytes)).toEqual({
          signed: String(signed === 0 ? 0 : signed),
          unsigned: String(unsigned),
          real: value,
          inner: { text: words },
        });
      }),
    );
  });

  it('writes negative numbers in ten bytes and small ones in one', () => {
    const writer = new ProtoWriter();
    writer.integer(1, -1);
    expect([...writer.bytes]).toEqual([8, ...Array<number>(9).fill(255), 1]);
    writer.clear();
    writer.integer(1, 127);
    expect([...writer.bytes]).toEqual([8, 127]);
  });

  it('refuses numbers that it cannot hold exactly', () => {
    const writer = new ProtoWriter();
    for (const value of [0.5, 2 ** 53, Number.NaN]) {
      expect(() => {
        writer.integer(1, value);
      }).toThrow('safe whole number');
    }
  });
});
