/**
 * What `run --out DIR` leaves: the run as a log, as a Perfetto trace, and its result as JSON.
 *
 * Log and trace are written while the run goes by, in pieces, so that a day of ticks needs no more
 * memory than a minute. A write that fails stops the writing, not the run; it is told at the end.
 */
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  logFile,
  perfettoFile,
  type RunResult,
  type Scenario,
  type SegmentReader,
} from '../../sim/index.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';

export interface RunFiles {
  readonly directory: string;
  readonly names: readonly string[];
  /** Readers for the run whose files these are. */
  readonly readers: readonly SegmentReader[];
  /** Takes the names of the run's tasks by id, before the first event. */
  nameTasks(names: readonly string[]): void;
  /** Ends the files; `json` is the result's document. */
  finish(result: RunResult, json: string): Outcome<undefined>;
}

const NAMES = { log: 'run.log', json: 'result.json', perfetto: 'trace.pftrace' } as const;

/** Makes the directory and opens its files; what stood in them is replaced. */
export function openRunFiles(directory: string, scenario: Scenario): Outcome<RunFiles> {
  try {
    makeDirectory(resolve(directory));
    const log = new OutputFile(join(directory, NAMES.log));
    const perfetto = new OutputFile(join(directory, NAMES.perfetto));
    return { kind: 'ok', value: runFiles(directory, scenario, log, perfetto) };
  } catch (error) {
    return cannotWrite(directory, error);
  }
}

/**
 * Level by level: a recursive mkdir never comes back where the kernel refuses with ENOENT (/proc).
 */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  mkdirSync(path);
}

function runFiles(
  directory: string,
  scenario: Scenario,
  log: OutputFile,
  perfetto: OutputFile,
): RunFiles {
  const taskNames: string[] = [];
  const written = [
    logFile(scenario, taskNames, (text) => log.write(text)),
    perfettoFile(scenario, taskNames, (piece) => perfetto.write(piece)),
  ];
  return {
    directory,
    names: Object.values(NAMES),
    readers: written.map(({ read }) => read),
    nameTasks: (names) => {
      taskNames.splice(0, taskNames.length, ...names);
    },
    finish: (result, json) => {
      for (const { finish } of written) finish(result);
      const failure = log.close() ?? perfetto.close();
      if (failure !== undefined) return cannotWrite(directory, failure.error);
      try {
        writeFileSync(join(directory, NAMES.json), `${json}\n`);
      } catch (error) {
        return cannotWrite(directory, error);
      }
      return { kind: 'ok', value: undefined };
    },
  };
}

function cannotWrite(directory: string, error: unknown): Outcome<never> {
  const why = error instanceof Error ? error.message : String(error);
  return refuse('cannot-write', `expected to write into the directory ${directory}: ${why}`);
}

/** A file that is written piece by piece; the first failure is kept and ends the writing. */
class OutputFile {
  readonly #file: number;
  #failure: { readonly error: unknown } | undefined;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(piece: string | Uint8Array): void {
    if (this.#failure !== undefined) return;
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    } catch (error) {
      this.#failure = { error };
    }
  }

  close(): { readonly error: unknown } | undefined {
    closeSync(this.#file);
    return this.#failure;
  }
}
