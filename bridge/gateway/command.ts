/**
 * The command line of the reference gateway: what it takes, and what becomes of it.
 *
 * It says where it listens, on standard output, and serves until a signal ends it. It listens on
 * this machine only, unless another address is asked for by name.
 */
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Problem, Result } from '../../sim/index.ts';
import { JournalError } from '../durable/journal.ts';
import { readScenario } from './scenario-source.ts';
import { type Standalone, startGateway } from './standalone.ts';

/** What the process around it offers. */
export interface GatewayHost {
  print(line: string): void;
  note(line: string): void;
  /** Resolves when somebody wants it to end. */
  readonly ended: Promise<void>;
}

/** As the command line of the lab has them. */
const Exit = { done: 0, usage: 2, unavailable: 3, internal: 70 } as const;

interface Flags {
  readonly port: number;
  readonly pub: number;
  readonly host: string;
  readonly scenario: string;
  readonly seed: number | undefined;
  readonly state: string | undefined;
}

/** Runs one command line, without `node` and the script's name; gives the exit status. */
export async function gatewayCommand(words: readonly string[], host: GatewayHost): Promise<number> {
  let flags: Flags | undefined;
  const program = gatewayProgram(host).action((options: Flags) => {
    flags = options;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return Exit.done;
    host.note(`gateway: ${error.message.replace(/^error: /, '')}; see: npm run gateway -- --help`);
    return Exit.usage;
  }
  return flags === undefined ? Exit.usage : serve(flags, host);
}

async function serve(flags: Flags, host: GatewayHost): Promise<number> {
  let crash: { readonly error: unknown } | undefined;
  let tellCrash = (): void => {};
  const crashed = new Promise<void>((resolve) => {
    tellCrash = resolve;
  });
  const started = await start(flags, (error) => {
    crash = { error };
    tellCrash();
  });
  if (started.kind === 'error') {
    const { code, message } = started.error;
    host.note(`gateway: ${message}`);
    return code === 'unavailable' ? Exit.unavailable : Exit.usage;
  }
  const { addresses, resumed, close } = started.value;
  host.print(`REP ${addresses.requests}`);
  host.print(`PUB ${addresses.ticks}`);
  if (resumed > 0) host.note(`gateway: goes on with ${resumed} executions in its books`);
  await Promise.race([host.ended, crashed]);
  await close();
  if (crash === undefined) return Exit.done;
  const { error } = crash;
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.note(`gateway: an error of our own:\n${told}`);
  return Exit.internal;
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

function gatewayProgram(host: GatewayHost): Command {
  return new Command('gateway')
    .description('A trading gateway on real ZeroMQ sockets: six actions on REP, prices on PUB.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.print(text.trimEnd()),
      writeErr: () => {},
    })
    .allowExcessArguments(false)
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
  return new Option(flags, about).default(value).argParser((text) => {
    const port = Number(text);
    if (/^\d+$/.test(text) && port <= 65_535) return port;
    throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  });
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
}
