/**
 * Cuts a stream of bytes into lines without copying: a line is a range of the chunk that holds it.
 *
 * Invariant: the lines are the same however the stream is cut into chunks. Lines end with LF or
 * CRLF; a byte-order mark before the first one is no part of it. Known limit: a line longer than
 * LINE_BYTES_MAX is counted and left out, so memory stays bounded whatever the input is.
 */

export const LINE_BYTES_MAX = 65_536;

/** Takes one line: `bytes` from `start` up to `end`, valid only during the call. */
export type LineReader = (bytes: Uint8Array, start: number, end: number) => void;

const LF = 10;
const CR = 13;
/** Bytes of a byte-order mark. */
const MARK_BYTES = 3;

export class LineSplitter {
  readonly #readLine: LineReader;
  /** The beginning of a line whose end has not come yet. */
  readonly #carry = new Uint8Array(LINE_BYTES_MAX + MARK_BYTES + 1);
  #carried = 0;
  #skipping = false;
  #lines = 0;
  #longLines = 0;
  #firstLongLine = 0;

  constructor(readLine: LineReader) {
    this.#readLine = readLine;
  }

  /**
   * Complete lines so far, long ones included; inside the reader, the number of its line, from 1.
   */
  get lines(): number {
    return this.#lines;
  }

  get longLines(): number {
    return this.#longLines;
  }

  /** Number of the first line that was left out for its length, or 0. */
  get firstLongLine(): number {
    return this.#firstLongLine;
  }

  /** Whether the stream stands within a line: at its end, one that was cut off. */
  get incomplete(): boolean {
    return this.#carried > 0 || this.#skipping;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    if (this.incomplete) {
      const newline = chunk.indexOf(LF);
      if (newline < 0) {
        this.#keep(chunk, 0, chunk.length);
        return;
      }
      this.#keep(chunk, 0, newline);
      this.#endCarried();
      from = newline + 1;
    }
    for (;;) {
      const newline = chunk.indexOf(LF, from);
      if (newline < 0) break;
      this.#end(chunk, from, newline);
      from = newline + 1;
    }
    this.#keep(chunk, from, chunk.length);
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    if (this.#skipping || from === to) return;
    if (this.#carried + to - from > this.#carry.length) {
      this.#skipping = true;
      this.#carried = 0;
      return;
    }
    this.#carry.set(chunk.subarray(from, to), this.#carried);
    this.#carried += to - from;
  }

  #endCarried(): void {
    if (this.#skipping) {
      this.#skipping = false;
      this.#lines += 1;
      this.#countLong();
      return;
    }
    const end = this.#carried;
    this.#carried = 0;
    this.#end(this.#carry, 0, end);
  }

  #end(bytes: Uint8Array, start: number, newline: number): void {
    this.#lines += 1;
    const end = newline > start && bytes[newline - 1] === CR ? newline - 1 : newline;
    const from = this.#lines === 1 ? afterMark(bytes, start, end) : start;
    if (end - from > LINE_BYTES_MAX) this.#countLong();
    else this.#readLine(bytes, from, end);
  }

  #countLong(): void {
    this.#longLines += 1;
    if (this.#longLines === 1) this.#firstLongLine = this.#lines;
  }
}

/** Where the text of the first line begins: behind a UTF-8 byte-order mark, if there is one. */
function afterMark(bytes: Uint8Array, start: number, end: number): number {
  const marked =
    end - start >= MARK_BYTES &&
    bytes[start] === 0xef &&
    bytes[start + 1] === 0xbb &&
    bytes[start + 2] === 0xbf;
  return marked ? start + MARK_BYTES : start;
}
