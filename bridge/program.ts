/**
 * What every program of the bridge has in common: its command line, its exit status, its signals,
 * and what becomes of an error of our own.
 */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Problem } from '../sim/index.ts';

/** As the command line of the lab has them. */
export const Exit = { done: 0, usage: 2, unavailable: 3, internal: 70 } as const;

/** What the process around a program offers. */
export interface ProgramHost {
  print(line: string): void;
  note(line: string): void;
  /** Resolves when somebody wants it to end. */
  readonly ended: Promise<void>;
}

const PORT_MAX = 65_535;

/** This process: its output, and SIGINT and SIGTERM. */
export function processHost(): ProgramHost {
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
    ended,
  };
}

/** A command line that prints by `host` and never ends the process. */
export function programOf(name: string, description: string, host: ProgramHost): Command {
  return new Command(name)
    .description(description)
    .exitOverride()
    .configureOutput({ writeOut: (text) => host.print(text.trimEnd()), writeErr: () => {} })
    .allowExcessArguments(false);
}

/** Reads `words` and runs what they ask for; gives the exit status. */
export async function runProgram<Flags>(
  program: Command,
  words: readonly string[],
  host: ProgramHost,
  run: (flags: Flags) => Promise<number>,
): Promise<number> {
  let status: Promise<number> | undefined;
  program.action((flags: Flags) => {
    status = run(flags);
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return Exit.done;
    const name = program.name();
    host.note(`${name}: ${error.message.replace(/^error: /, '')}; see: npm run ${name} -- --help`);
    return Exit.usage;
  }
  return (await status) ?? Exit.usage;
}

/** Says why a program cannot do it; gives the exit status. */
export function refuse(name: string, { code, message }: Problem, host: ProgramHost): number {
  host.note(`${name}: ${message}`);
  return code === 'unavailable' ? Exit.unavailable : Exit.usage;
}

/** Waits for an error of our own beside the end that somebody wants. */
export class CrashWatch {
  #crash: { readonly error: unknown } | undefined = undefined;
  #tell: () => void = () => {};
  /** Resolves at the first one. */
  readonly crashed = new Promise<void>((resolve) => {
    this.#tell = resolve;
  });

  readonly onCrash = (error: unknown): void => {
    this.#crash ??= { error };
    this.#tell();
  };

  /**
   * The exit status of a program that has closed everything; tells of the error, if there was one.
   */
  status(name: string, host: ProgramHost): number {
    if (this.#crash === undefined) return Exit.done;
    const { error } = this.#crash;
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    host.note(`${name}: an error of our own:\n${told}`);
    return Exit.internal;
  }
}

/** A port of the command line, 0 to 65,535. */
export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= PORT_MAX) return port;
  throw new InvalidArgumentError(`Expected a port from 0 to ${PORT_MAX}.`);
}
