/**
 * Decides from a line's bytes whether it matters, and takes lock lines apart without making
 * strings.
 *
 * A lock line is `[ZMQ_LOCK_ACQUIRE] [SYMBOL] lock_id=ID` (or RELEASE) anywhere in a line. The
 * common form is read byte by byte; whatever deviates from it (colours within the brackets, blanks,
 * quotes) is read from text. The fields hold what the last line said.
 */
import { decodeUtf8 } from '../utf8.ts';

export type LineKind = 'none' | 'text' | 'acquire' | 'release' | 'malformed';

const MARKER = bytesOf('[ZMQ_LOCK_');
const ACQUIRE = bytesOf('ACQUIRE]');
const RELEASE = bytesOf('RELEASE]');
const LOCK_ID = bytesOf('lock_id=');
const EFSM = bytesOf('efsm');
const EBUSY = bytesOf('ebusy');
const PNL = bytesOf('PnL');
const OPERATION = bytesOf('Operation cannot be acc');

const ESCAPE = 27;
const BLANK = 32;
const OPEN = 91;
const CLOSE = 93;
const LETTER_E = 69;
const LETTER_O = 79;
const LETTER_P = 80;
const SMALL_E = 101;
/** What makes a capital letter a small one. */
const SMALL = 32;

const ESCAPE_CHAR = String.fromCharCode(ESCAPE);
/** Colours as terminals get them, and as JSON, Python's repr and `cat -v` spell them. */
const COLOURS = new RegExp(
  String.raw`(?:${ESCAPE_CHAR}|\\u001b|\\x1b|\\033|\^\[)\[[0-9;]*[A-Za-z]`,
  'gi',
);

const LOCK_TEXT =
  /^\s*:?\s*\[\s*([^[\]]{1,256}?)\s*\].*?\block_id["']?\s*[=:]\s*["']?([^\s,;"'\])}]{1,256})/;

export class LineScanner {
  /**
   * Where a marker stood in the last lock line, from its start: it most likely stands there again.
   */
  #offset = 0;
  /** Range of the symbol's bytes, where the line was of the common form. */
  symbolStart = 0;
  symbolEnd = 0;
  /** The symbol, where it had to be read from text; else undefined. */
  symbolText: string | undefined;
  /** The lock id; empty unless the line is a lock line. */
  id = '';

  /** What kind of line the bytes are; `malformed` has a lock's marker but no symbol or id. */
  scan(bytes: Uint8Array, start: number, end: number): LineKind {
    const guess = start + this.#offset;
    if (bytes[guess] === OPEN && isAt(MARKER, bytes, guess, end)) {
      return this.#readLock(bytes, guess + MARKER.length, end);
    }
    let kind: LineKind = 'none';
    for (let at = start; at < end; at++) {
      switch (bytes[at]) {
        case OPEN:
          if (!isAt(MARKER, bytes, at, end)) break;
          this.#offset = at - start;
          return this.#readLock(bytes, at + MARKER.length, end);
        case LETTER_P:
          if (isAt(PNL, bytes, at, end)) kind = 'text';
          break;
        case LETTER_E:
        case SMALL_E:
          if (isNamedAt(EFSM, bytes, at, end) || isNamedAt(EBUSY, bytes, at, end)) kind = 'text';
          break;
        case LETTER_O:
          if (isAt(OPERATION, bytes, at, end)) kind = 'text';
          break;
        default:
      }
    }
    return kind;
  }

  #readLock(bytes: Uint8Array, at: number, end: number): LineKind {
    const kind = isAt(ACQUIRE, bytes, at, end)
      ? 'acquire'
      : isAt(RELEASE, bytes, at, end)
        ? 'release'
        : 'none';
    if (kind === 'none') return 'none';
    const from = at + ACQUIRE.length;
    this.symbolText = undefined;
    if (this.#readFields(bytes, from, end)) return kind;
    return this.#readText(bytes, from, end) ? kind : 'malformed';
  }

  #readFields(bytes: Uint8Array, from: number, end: number): boolean {
    let at = skipColour(bytes, from, end);
    if (bytes[at] !== BLANK) return false;
    at = skipColour(bytes, at + 1, end);
    if (bytes[at] !== OPEN) return false;
    const symbolStart = at + 1;
    at = symbolStart;
    while (at < end && bytes[at] !== CLOSE) {
      const byte = bytes[at] as number;
      if (byte <= BLANK || byte === OPEN) return false;
      at += 1;
    }
    if (at >= end || at === symbolStart) return false;
    const symbolEnd = at;
    at = skipColour(bytes, at + 1, end);
    if (bytes[at] !== BLANK || !isAt(LOCK_ID, bytes, at + 1, end)) return false;
    const idStart = at + 1 + LOCK_ID.length;
    at = idStart;
    while (at < end && isIdByte(bytes[at] ?? 0)) at += 1;
    if (at === idStart) return false;
    this.symbolStart = symbolStart;
    this.symbolEnd = symbolEnd;
    this.id = decodeUtf8(bytes, idStart, at);
    return true;
  }

  #readText(bytes: Uint8Array, from: number, end: number): boolean {
    const match = LOCK_TEXT.exec(plainText(bytes, from, end));
    if (match === null) return false;
    this.symbolText = match[1];
    this.id = match[2] as string;
    return true;
  }
}

/** The text of a line without colours. */
export function plainText(bytes: Uint8Array, start: number, end: number): string {
  const text = decodeUtf8(bytes, start, end);
  const coloured = text.includes(ESCAPE_CHAR) || text.includes('\\') || text.includes('^[');
  return coloured ? text.replace(COLOURS, '') : text;
}

function skipColour(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (bytes[at] === ESCAPE && bytes[at + 1] === OPEN && at < end) {
    at += 2;
    while (at < end && (bytes[at] as number) < 64) at += 1;
    at += 1;
  }
  return at;
}

/** Letters, digits and `-._:#/`: what an id is made of; anything else ends it. */
function isIdByte(byte: number): boolean {
  if (byte >= 48 && byte <= 58) return true;
  const letter = byte | 0x20;
  return (
    (letter >= 97 && letter <= 122) || (byte >= 45 && byte <= 47) || byte === 95 || byte === 35
  );
}

function isAt(word: Uint8Array, bytes: Uint8Array, at: number, end: number): boolean {
  if (at + word.length > end) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** The same for a word in small letters, which may stand there in capitals. */
function isNamedAt(word: Uint8Array, bytes: Uint8Array, at: number, end: number): boolean {
  if (at + word.length > end) return false;
  for (let i = 0; i < word.length; i++) {
    if (((bytes[at + i] as number) | SMALL) !== word[i]) return false;
  }
  return true;
}

function bytesOf(word: string): Uint8Array {
  return Uint8Array.from(word, (char) => char.charCodeAt(0));
}
