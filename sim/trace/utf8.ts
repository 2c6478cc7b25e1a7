/**
 * UTF-8 to text and back, because the pure core has neither TextDecoder nor Buffer.
 *
 * Invariant: never throws; each byte that fits nowhere becomes one U+FFFD.
 */

const PIECE = 4_096;

/** The text of `bytes` from `start` up to `end`. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let at = start;
  // Most text is ASCII; eight bytes at a time was the fastest of the ways measured.
  for (; at + 8 <= end && isAscii(bytes, at); at += 8) {
    text += String.fromCharCode(
      bytes[at] as number,
      bytes[at + 1] as number,
      bytes[at + 2] as number,
      bytes[at + 3] as number,
      bytes[at + 4] as number,
      bytes[at + 5] as number,
      bytes[at + 6] as number,
      bytes[at + 7] as number,
    );
  }
  return at === end ? text : text + decodeRest(bytes, at, end);
}

/** Whether the eight bytes from `at` are all ASCII. */
function isAscii(bytes: Uint8Array, at: number): boolean {
  const all =
    (bytes[at] as number) |
    (bytes[at + 1] as number) |
    (bytes[at + 2] as number) |
    (bytes[at + 3] as number) |
    (bytes[at + 4] as number) |
    (bytes[at + 5] as number) |
    (bytes[at + 6] as number) |
    (bytes[at + 7] as number);
  return all < 0x80;
}

function decodeRest(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  const units: number[] = [];
  let at = start;
  while (at < end) {
    const lead = bytes[at] as number;
    if (lead < 0x80) {
      units.push(lead);
      at += 1;
    } else {
      const length = sequenceLength(bytes, at, end);
      pushCodePoint(units, length === 0 ? 0xfffd : codePointAt(bytes, at, length));
      at += length === 0 ? 1 : length;
    }
    if (units.length >= PIECE) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}

/** Length of the well-formed sequence of 2 to 4 bytes that starts at `at`, or 0 if none does. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] as number;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > end) return 0;
  for (let i = 1; i < length; i++) {
    if (((bytes[at + i] as number) & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1] as number;
  // Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  return length;
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  let value = (bytes[at] as number) & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) value = (value << 6) | ((bytes[at + i] as number) & 0x3f);
  return value;
}

function pushCodePoint(units: number[], value: number): void {
  if (value < 0x1_0000) {
    units.push(value);
    return;
  }
  units.push(0xd800 + ((value - 0x1_0000) >> 10), 0xdc00 + ((value - 0x1_0000) & 0x3ff));
}

/** The bytes of `text`; half a surrogate pair becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    let point = char.codePointAt(0) as number;
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x1_0000) {
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    } else {
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      );
    }
  }
  return Uint8Array.from(bytes);
}
