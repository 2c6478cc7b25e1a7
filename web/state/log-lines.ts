/**
 * The lines of a log, looked up where they are wanted, without keeping the log in memory.
 *
 * Reading goes forward in chunks and notes where every MARK_EVERY-th line begins; a line that was
 * passed before is found from the mark before it. Lines end at a line feed, as the checker counts
 * them. Known limit: a line is shown up to CHARS_MAX characters, without colours.
 */
const CHUNK_BYTES = 1_048_576;
const MARK_EVERY = 1_024;
const CHARS_MAX = 400;
const LINE_FEED = 10;
/** Colours and other control characters, which a page cannot show. */
const CONTROLS = /\p{Cc}(?:\[[\d;]*m)?/gu;

export class LogLines {
  readonly #file: Blob;
  /** Where line 1, 1 + MARK_EVERY, 1 + 2 * MARK_EVERY, ... begins, in bytes. */
  readonly #marks: number[] = [0];

  constructor(file: Blob) {
    this.#file = file;
  }

  /**
   * The text of up to `count` lines from `line` on, counted from 1; fewer at the end of the log.
   * Rejects where the file cannot be read any more.
   */
  async text(line: number, count: number): Promise<readonly string[]> {
    const from = await this.#offsetOf(line);
    if (from === undefined) return [];
    const decoder = new TextDecoder();
    const found: string[] = [];
    let rest = '';
    for (let at = from; at < this.#file.size && found.length < count; at += CHUNK_BYTES) {
      const bytes = await this.#read(at);
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      found.push(...lines);
    }
    if (rest !== '' && found.length < count) found.push(rest);
    return found.slice(0, count).map((text) => text.slice(0, CHARS_MAX).replace(CONTROLS, ''));
  }

  /** Where a line begins; undefined beyond the end. */
  async #offsetOf(line: number): Promise<number | undefined> {
    const wanted = Math.floor((line - 1) / MARK_EVERY);
    const mark = Math.min(wanted, this.#marks.length - 1);
    let at = this.#marks[mark] ?? 0;
    let present = mark * MARK_EVERY + 1;
    while (present < line) {
      const bytes = await this.#read(at);
      if (bytes.length === 0) return undefined;
      const { offset, lines } = this.#skip(bytes, at, present, line);
      present += lines;
      at = lines === 0 ? at + bytes.length : offset;
    }
    return at < this.#file.size ? at : undefined;
  }

  /** Goes past up to `line - present` line feeds of a chunk that begins within line `present`. */
  #skip(
    bytes: Uint8Array,
    from: number,
    present: number,
    line: number,
  ): { offset: number; lines: number } {
    let lines = 0;
    let end = 0;
    while (present + lines < line) {
      const next = bytes.indexOf(LINE_FEED, end);
      if (next < 0) break;
      end = next + 1;
      lines += 1;
      const passed = present + lines - 1;
      if (passed % MARK_EVERY === 0) this.#marks[passed / MARK_EVERY] ??= from + end;
    }
    return { offset: from + end, lines };
  }

  async #read(from: number): Promise<Uint8Array> {
    return new Uint8Array(await this.#file.slice(from, from + CHUNK_BYTES).arrayBuffer());
  }
}
