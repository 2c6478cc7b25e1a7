/**
 * The command line of the reference gateway: what it takes, and what becomes of it.
 *
 * It says where it listens, on standard output, and serves until a signal ends it. It listens on
 * this machine only, unless another address is asked for by name.
 */
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Problem, Result } from '../../sim/index.ts';
import { JournalError } from '../durable/journal.ts';
import { CrashWatch, portOf, type ProgramHost, programOf, refuse, runProgram } from '../program.ts';
import { readScenario } from './scenario-source.ts';
import { type Standalone, startGateway } from './standalone.ts';

const NAME = 'gateway';

interface Flags {
  readonly port: number;
  readonly pub: number;
  readonly host: string;
  readonly scenario: string;
  readonly seed: number | undefined;
  readonly state: string | undefined;
}

/** Runs one command line, without `node` and the script's name; gives the exit status. */
export function gatewayCommand(words: readonly string[], host: ProgramHost): Promise<number> {
  return runProgram<Flags>(gatewayProgram(host), words, host, (flags) => serve(flags, host));
}

async function serve(flags: Flags, host: ProgramHost): Promise<number> {
  const watch = new CrashWatch();
  const started = await start(flags, watch.onCrash);
  if (started.kind === 'error') return refuse(NAME, started.error, host);
  const { addresses, resumed, close } = started.value;
  host.print(`REP ${addresses.requests}`);
  host.print(`PUB ${addresses.ticks}`);
  if (resumed > 0) host.note(`gateway: goes on with ${resumed} executions in its books`);
  await Promise.race([host.ended, watch.crashed]);
  await close();
  return watch.status(NAME, host);
}

async function start(
  { scenario: source, seed, port, pub, host, state }: Flags,
  crashed: (error: unknown) => void,
): Promise<Result<Standalone, Problem>> {
  const read = await readScenario(source);
  if (read.kind === 'error') return read;
  const scenario = seed === undefined ? read.value : { ...read.value, seed };
  try {
    if (state !== undefined) await mkdir(state, { recursive: true });
    const journalPath = state === undefined ? undefined : join(state, 'gateway.journal');
    const place = { host, port, pubPort: pub };
    return { kind: 'ok', value: await startGateway({ scenario, place, journalPath, crashed }) };
  } catch (error) {
    if (error instanceof JournalError) {
      return { kind: 'error', error: { code: 'state-unusable', message: error.message } };
    }
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === undefined) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const message = `expected ports ${port} and ${pub} of ${host} to be free for it: ${why}`;
    return { kind: 'error', error: { code: 'unavailable', message } };
  }
}

function gatewayProgram(host: ProgramHost): Command {
  const about = 'A trading gateway on real ZeroMQ sockets: six actions on REP, prices on PUB.';
  return programOf(NAME, about, host)
    .addOption(portOption('--port <number>', 'where requests come, 0 for any free port', 5_555))
    .addOption(portOption('--pub <number>', 'where prices go, 0 for any free port', 5_556))
    .option('--host <address>', 'listen on this address instead of this machine only', '127.0.0.1')
    .option(
      '--scenario <source>',
      'symbols, market and faults: a gallery name or a file',
      'reference',
    )
    .addOption(
      new Option('--seed <number>', "use this seed instead of the scenario's").argParser(seedOf),
    )
    .option('--state <directory>', 'keep the books there, so that they outlive the process');
}

function portOption(flags: string, about: string, value: number): Option {
  return new Option(flags, about).default(value).argParser(portOf);
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
}
