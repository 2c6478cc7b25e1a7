/**
 * An append-only journal of JSON records that can be read after a crash at any byte.
 *
 * A line is a CRC-32 of the rest in eight hex digits, the line's number, and the records of one
 * write; the next write starts only when the one before is on the disk (fdatasync). So what a crash
 * can break is the last line, whose records nobody was told are safe: it is cut off, and told. A
 * line that is broken while a later one is whole is damage and is refused, because what it said is
 * lost. A shorter journal replaces a long one by rename.
 */
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

/** What a journal held when it was opened. */
export interface Recovered {
  readonly records: readonly unknown[];
  /** Bytes at its end that were no whole record; they are cut off. */
  readonly droppedBytes: number;
}

/** A journal that cannot be used: damaged, or of another kind. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

type Job =
  | { readonly kind: 'append'; readonly record: unknown }
  | { readonly kind: 'replace'; readonly records: readonly unknown[] };

const HEAD = 'interlock-journal-1';
const LINE = /^([0-9a-f]{8}) ((\d{1,15}) (\[.*\]))$/s;

export class Journal {
  readonly #path: string;
  readonly #kind: string;
  #file: FileHandle;
  #next: number;
  #bytes: number;
  /** What waits for the write under way, in order. */
  #queue: Job[] = [];
  #writing: Promise<void> | undefined = undefined;

  private constructor(path: string, kind: string, file: FileHandle, next: number, bytes: number) {
    this.#path = path;
    this.#kind = kind;
    this.#file = file;
    this.#next = next;
    this.#bytes = bytes;
  }

  /** Opens the journal at `path`, or makes one; `kind` says what its records are. */
  static async open(path: string, kind: string): Promise<{ journal: Journal; held: Recovered }> {
    const bytes = await readOrEmpty(path);
    const read = readJournal(bytes, kind);
    const file = await open(path, bytes.length === 0 ? 'w' : 'r+');
    if (read.goodBytes < bytes.length) await file.truncate(read.goodBytes);
    const journal = new Journal(path, kind, file, read.lines, read.goodBytes);
    if (read.lines === 0) await journal.#write([HEAD, kind]);
    else await file.datasync();
    await syncDirectory(path);
    const held = { records: read.records, droppedBytes: bytes.length - read.goodBytes };
    return { journal, held };
  }

  /** Bytes that it holds on the disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Adds a record; resolves once it is on the disk. Records that wait share one write. Once a write
   * has failed, every further one fails.
   */
  append(record: unknown): Promise<void> {
    this.#queue.push({ kind: 'append', record });
    return this.settled();
  }

  /**
   * Puts `records` in place of all there are by then, in one step that a crash does not halve;
   * what is appended later comes after them.
   */
  replace(records: readonly unknown[]): Promise<void> {
    this.#queue.push({ kind: 'replace', records });
    return this.settled();
  }

  /** Resolves once all that was asked for is on the disk. */
  settled(): Promise<void> {
    if (this.#writing === undefined && this.#queue.length > 0) {
      // A write that fails stays under way for good: nothing that follows it is safe.
      this.#writing = this.#drain().then(() => {
        this.#writing = undefined;
        return this.settled();
      });
    }
    return this.#writing ?? Promise.resolve();
  }

  /** Writes what waits and closes the file. */
  async close(): Promise<void> {
    await this.settled();
    await this.#file.close();
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const replaceAt = this.#queue.findIndex(({ kind }) => kind === 'replace');
      const appends = this.#queue.splice(0, replaceAt < 0 ? this.#queue.length : replaceAt);
      const records = appends.flatMap((job) => (job.kind === 'append' ? [job.record] : []));
      if (records.length > 0) await this.#write(records);
      const [next] = this.#queue;
      if (next?.kind !== 'replace') continue;
      this.#queue.shift();
      await this.#replace(next.records);
    }
  }

  async #write(records: readonly unknown[]): Promise<void> {
    const buffer = Buffer.from(lineOf(this.#next, records));
    for (let at = 0; at < buffer.length;) {
      const left = buffer.length - at;
      const { bytesWritten } = await this.#file.write(buffer, at, left, this.#bytes + at);
      at += bytesWritten;
    }
    await this.#file.datasync();
    this.#next += 1;
    this.#bytes += buffer.length;
  }

  async #replace(records: readonly unknown[]): Promise<void> {
    const text = lineOf(0, [HEAD, this.#kind]) + lineOf(1, records);
    const beside = `${this.#path}.new`;
    const file = await open(beside, 'w');
    await file.writeFile(text);
    await file.datasync();
    await rename(beside, this.#path);
    await syncDirectory(this.#path);
    await this.#file.close();
    this.#file = file;
    this.#next = 2;
    this.#bytes = Buffer.byteLength(text);
  }
}

interface Read {
  readonly records: readonly unknown[];
  /** How many whole lines there are, the head included, and how many bytes they take. */
  readonly lines: number;
  readonly goodBytes: number;
}

/** What the bytes of a journal say; throws a JournalError where they are not one, or damaged. */
export function readJournal(bytes: Uint8Array, kind: string): Read {
  const lines = linesOf(bytes);
  const broken = lines.findIndex(({ number }, at) => number !== at);
  const whole = lines.slice(0, broken < 0 ? lines.length : broken);
  if (lines.slice(whole.length).some(({ number }) => number !== undefined)) {
    throw new JournalError(
      `expected a whole record at byte ${whole.at(-1)?.to ?? 0}, got a broken one with whole ones ` +
        'after it: the journal was damaged; restore it, or move it away and settle by hand what it knew',
    );
  }
  const [head, ...rest] = whole;
  if (head === undefined) {
    // The very first write may have been cut short; anything else is no journal of ours.
    if (isBeginningOfHead(bytes, kind)) return { records: [], lines: 0, goodBytes: 0 };
    throw new JournalError('expected a journal of Interlock, got a file of another kind');
  }
  if (JSON.stringify(head.records) !== JSON.stringify([HEAD, kind])) {
    const got = JSON.stringify(head.records).slice(0, 80);
    throw new JournalError(`expected a journal of kind "${kind}", got ${got}`);
  }
  const records = rest.flatMap((line) => line.records);
  return { records, lines: whole.length, goodBytes: whole.at(-1)?.to ?? 0 };
}

function lineOf(number: number, records: readonly unknown[]): string {
  const rest = `${number} ${JSON.stringify(records)}`;
  return `${checksum(rest)} ${rest}\n`;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

interface Line {
  /** Its number, or undefined for a line that is not whole. */
  readonly number: number | undefined;
  readonly records: readonly unknown[];
  /** The byte after it. */
  readonly to: number;
}

/** The lines of the file, whole or broken; what follows the last line end is broken. */
function linesOf(bytes: Uint8Array): Line[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: Line[] = [];
  for (let from = 0; from < buffer.length;) {
    const end = buffer.indexOf(10, from);
    const to = end < 0 ? buffer.length : end + 1;
    const parsed = end < 0 ? undefined : parseLine(buffer.toString('utf8', from, end));
    lines.push({ number: parsed?.number, records: parsed?.records ?? [], to });
    from = to;
  }
  return lines;
}

function parseLine(text: string): { number: number; records: unknown[] } | undefined {
  const [, sum, rest, number, json] = LINE.exec(text) ?? [];
  if (rest === undefined || json === undefined || checksum(rest) !== sum) return undefined;
  const records: unknown = JSON.parse(json);
  return Array.isArray(records) ? { number: Number(number), records } : undefined;
}

function isBeginningOfHead(bytes: Uint8Array, kind: string): boolean {
  const head = Buffer.from(lineOf(0, [HEAD, kind]));
  return bytes.length < head.length && head.subarray(0, bytes.length).equals(bytes);
}

async function readOrEmpty(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return new Uint8Array();
    }
    throw error;
  }
}

/** A new name is on the disk only once its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(dirname(path), 'r');
  await directory.sync();
  await directory.close();
}
