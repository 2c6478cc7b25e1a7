/** A shell that remembers instead of printing, so that commands can be tested without a process. */
import { Readable } from 'node:stream';
import { lab } from '../program.ts';
import type { Progress } from '../render/progress.ts';
import type { Style } from '../render/style.ts';
import type { Shell } from '../shell/shell.ts';
import type { Environment } from '../shell/style.ts';
import { PLAIN } from './samples.ts';

export interface ShellOptions {
  readonly style?: Style;
  readonly env?: Environment;
  readonly stdin?: string;
  /** Asks for an interrupt as soon as progress has been shown this often. */
  readonly interruptAfter?: number;
}

export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly notes: string;
}

/** Runs one command line and gives its status and what it printed. */
export async function runLab(
  words: readonly string[],
  options: ShellOptions = {},
): Promise<Outcome> {
  const out: string[] = [];
  const notes: string[] = [];
  const shell = fakeShell(options, out, notes);
  const status = await lab(words, shell);
  return { status, out: out.join('\n'), notes: notes.join('\n') };
}

/** As `runLab` with --json added: the document besides. */
export async function runJson(
  words: readonly string[],
  options: ShellOptions = {},
): Promise<{ readonly status: number; readonly document: Record<string, unknown> }> {
  const { status, out } = await runLab([...words, '--json'], options);
  return { status, document: JSON.parse(out) as Record<string, unknown> };
}

/** A shell of which nobody reads what it prints. */
export function shellFor(options: ShellOptions = {}): Shell {
  return fakeShell(options, [], []);
}

function fakeShell(options: ShellOptions, out: string[], notes: string[]): Shell {
  let shown = 0;
  let requested = false;
  const callbacks: (() => void)[] = [];
  return {
    style: options.style ?? PLAIN,
    env: options.env ?? {},
    stdin: Readable.from([Buffer.from(options.stdin ?? '')]),
    interrupt: {
      get requested() {
        return requested;
      },
      onRequest: (callback) => callbacks.push(callback),
    },
    now: () => 0,
    print: (lines) => out.push(...lines),
    note: (line) => notes.push(line),
    progress: (make: (() => Progress) | undefined) => {
      if (make === undefined) return;
      make();
      shown += 1;
      if (shown !== options.interruptAfter) return;
      requested = true;
      for (const callback of callbacks) callback();
    },
  };
}
