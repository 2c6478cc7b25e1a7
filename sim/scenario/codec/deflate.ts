/**
 * Raw DEFLATE (RFC 1951) in both directions, the way back with a bound that holds while inflating.
 *
 * The compressed bytes are those of one library with fixed settings, so every engine writes the
 * same links. Inflation is fed a few bytes at a time and stops at the first that go past the bound:
 * each byte yields at most 1,032, so no more than the bound and one slice of output is ever made.
 */
import { deflateSync, Inflate } from 'fflate';

/** Slices of input, in bytes; a full one makes at most 128 kB. */
const SLICE = 124;

/**
 * `mem` is set because the library would otherwise ask for a logarithm, which engines round apart.
 */
const SETTINGS = { level: 9, mem: 4 } as const;

export type Inflated =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  /** Cut off, changed, or with something behind its end. */
  | { readonly kind: 'damaged' };

/** What was packed with a preset dictionary is unpacked with the same one only. */
type Dictionary = Uint8Array | undefined;

export function deflate(bytes: Uint8Array, dictionary?: Dictionary): Uint8Array {
  return deflateSync(bytes, dictionary === undefined ? SETTINGS : { ...SETTINGS, dictionary });
}

/** Inflates to at most `bytesMax` bytes. */
export function inflate(packed: Uint8Array, bytesMax: number, dictionary?: Dictionary): Inflated {
  const inflated = inflateStart(packed, bytesMax, dictionary);
  if (inflated.kind !== 'ok') return inflated;
  // A stream that is complete without its last byte has something behind its end.
  const shorter = inflateStart(packed.subarray(0, -1), bytesMax, dictionary);
  return shorter.kind === 'damaged' ? inflated : { kind: 'damaged' };
}

/** As `inflate`, but blind to what follows the end of the stream. */
function inflateStart(packed: Uint8Array, bytesMax: number, dictionary: Dictionary): Inflated {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate(dictionary === undefined ? {} : { dictionary }, (piece) => {
    pieces.push(piece);
    size += piece.length;
  });
  if (packed.length === 0) return { kind: 'damaged' };
  try {
    for (let at = 0; at < packed.length; at += SLICE) {
      stream.push(packed.subarray(at, at + SLICE), at + SLICE >= packed.length);
      if (size > bytesMax) return { kind: 'too-large' };
    }
  } catch {
    return { kind: 'damaged' };
  }
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return { kind: 'ok', bytes };
}
