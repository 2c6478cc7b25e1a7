/**
 * Bytes as letters that a URL carries unharmed: base64url of RFC 4648, section 5, without padding.
 *
 * Strict both ways: each sequence of bytes has exactly one text, and any other text is refused.
 */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The six bits of a character code, or 255 for one that is no letter. */
const BITS = new Uint8Array(128).fill(255);
for (let bits = 0; bits < LETTERS.length; bits++) BITS[LETTERS.charCodeAt(bits)] = bits;

/** The text of `bytes`, four letters for three bytes. */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const group =
      ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += LETTERS.charAt(group >> 18) + LETTERS.charAt((group >> 12) & 63);
    if (left > 1) text += LETTERS.charAt((group >> 6) & 63);
    if (left > 2) text += LETTERS.charAt(group & 63);
  }
  return text;
}

/** The bytes of `text`, or undefined if `encodeBase64url` never wrote it. */
export function decodeBase64url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let size = 0;
  let group = 0;
  let bitCount = 0;
  for (let at = 0; at < text.length; at++) {
    const bits = BITS[text.charCodeAt(at)] ?? 255;
    if (bits === 255) return undefined;
    group = ((group << 6) | bits) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    bytes[size++] = (group >> bitCount) & 255;
  }
  return (group & ((1 << bitCount) - 1)) === 0 ? bytes : undefined;
}
