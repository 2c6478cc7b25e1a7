import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const textArbitrary = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('UTF-8', () => {
  it('encodes what Node encodes', () => {
    fc.assert(
      fc.property(textArbitrary, (text) => {
        expect(Buffer.from(encodeUtf8(text))).toEqual(Buffer.from(text, 'utf8'));
      }),
    );
  });

  it('decodes what it encoded, from anywhere in a buffer', () => {
    fc.assert(
      fc.property(textArbitrary, fc.nat(20), fc.nat(20), (text, before, behind) => {
        const bytes = encodeUtf8(text);
        const buffer = new Uint8Array(before + bytes.length + behind).fill(0xc3);
        buffer.set(bytes, before);
        expect(decodeUtf8(buffer, before, before + bytes.length)).toBe(text);
      }),
    );
  });

  it('never throws on any bytes and keeps all that is ASCII', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const text = decodeUtf8(bytes, 0, bytes.length);
        const ascii = [...bytes].filter((byte) => byte < 0x80);
        expect([...text].filter((c) => c < '\u0080').map((c) => c.charCodeAt(0))).toEqual(ascii);
      }),
    );
  });

  it('takes overlong forms, surrogates and what lies beyond Unicode for damage', () => {
    for (const bytes of [
      [0xc0, 0x80],
      [0xe0, 0x80, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf0, 0x80, 0x80, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xff],
    ]) {
      const text = decodeUtf8(Uint8Array.from(bytes), 0, bytes.length);
      expect(text).toBe('\ufffd'.repeat(bytes.length));
    }
  });

  it('decodes text longer than one piece', () => {
    const text = '価'.repeat(9_000) + 'x';
    const bytes = encodeUtf8(text);
    expect(decodeUtf8(bytes, 0, bytes.length)).toBe(text);
  });
});
