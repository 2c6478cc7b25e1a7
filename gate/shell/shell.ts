/**
 * What a command may do to the outside: print, note, show progress, notice Ctrl-C, look at the
 * clock.
 *
 * Standard output carries the result and nothing else; notes and progress go to standard error. A
 * reader that has gone away (EPIPE) ends the printing quietly and leaves the exit status alone.
 */
import type { Readable } from 'node:stream';
import { type Progress, progressLine } from '../render/progress.ts';
import { ESC, type Style } from '../render/style.ts';
import { Exit } from './exit.ts';
import { type Environment, styleOf } from './style.ts';

/** Ctrl-C, once: the command ends with what it has. */
export interface Interrupt {
  readonly requested: boolean;
  /** Calls back when it is requested, at once if it was before. */
  onRequest(callback: () => void): void;
}

export interface Shell {
  /** How text may look on standard output. */
  readonly style: Style;
  readonly env: Environment;
  readonly stdin: Readable;
  readonly interrupt: Interrupt;
  /** Milliseconds from some fixed instant, for durations. */
  now(): number;
  /** Lines for standard output. */
  print(lines: readonly string[]): void;
  /** A line for standard error. */
  note(line: string): void;
  /** Shows how far work is, if a person is watching and it takes long; undefined takes it away. */
  progress(make: (() => Progress) | undefined): void;
}

const PROGRESS_AFTER_MS = 500;
const PROGRESS_EVERY_MS = 100;
const ERASE_LINE = `\r${ESC}[K`;

/** The shell of this process. Installs the handlers for broken output, SIGINT and SIGTERM. */
export function processShell(): Shell {
  const { stdout, stderr, env, platform } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      // Nothing of ours failed: the disk behind the output is full, or has gone.
      stderr.write(`lab: cannot write the output: ${error.message}\n`);
      process.exit(Exit.usage);
    });
  }
  const line = new ProgressBar(
    (text) => stderr.write(text),
    styleOf(stderr, env, platform),
    stderr.isTTY === true,
  );
  return {
    style: styleOf(stdout, env, platform),
    env,
    get stdin() {
      return process.stdin;
    },
    interrupt: signalInterrupt(),
    now: () => performance.now(),
    print: (lines) => {
      line.clear();
      if (stdout.writable) stdout.write(lines.map((text) => `${text}\n`).join(''));
    },
    note: (text) => {
      line.clear();
      if (stderr.writable) stderr.write(`${text}\n`);
    },
    progress: (make) => {
      if (make === undefined) line.clear();
      else line.update(performance.now(), make);
    },
  };
}

/** Paints the line of progress at most ten times a second, and only once work has taken a while. */
export class ProgressBar {
  readonly #write: (text: string) => void;
  readonly #style: Style;
  readonly #watched: boolean;
  #sinceMs: number | undefined;
  #paintedMs = -Infinity;
  #visible = false;

  constructor(write: (text: string) => void, style: Style, watched: boolean) {
    this.#write = write;
    this.#style = style;
    this.#watched = watched;
  }

  update(nowMs: number, make: () => Progress): void {
    this.#sinceMs ??= nowMs;
    if (!this.#watched || nowMs - this.#sinceMs < PROGRESS_AFTER_MS) return;
    if (nowMs - this.#paintedMs < PROGRESS_EVERY_MS) return;
    this.#paintedMs = nowMs;
    this.#visible = true;
    this.#write(ERASE_LINE + progressLine(this.#style, make()));
  }

  clear(): void {
    this.#sinceMs = undefined;
    if (this.#visible) this.#write(ERASE_LINE);
    this.#visible = false;
  }
}

function signalInterrupt(): Interrupt {
  let requested = false;
  const callbacks: (() => void)[] = [];
  const request = (): void => {
    // Whoever asks twice does not want to wait for the result so far.
    if (requested) process.exit(Exit.inconclusive);
    requested = true;
    for (const callback of callbacks) callback();
  };
  process.on('SIGINT', request);
  process.on('SIGTERM', request);
  return {
    get requested() {
      return requested;
    },
    onRequest: (callback) => {
      if (requested) callback();
      else callbacks.push(callback);
    },
  };
}
