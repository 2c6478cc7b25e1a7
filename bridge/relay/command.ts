/**
 * The command line of the bridge: what it takes, and what becomes of it.
 *
 * It says where its page is and shows the pairing code, on standard output, and serves until a
 * signal ends it. Without `--endpoint` it starts the reference gateway in its own process, on real
 * sockets. Invariant: no flag weakens a check. Each widens what is named, and says exactly what.
 */
import type { RequestListener } from 'node:http';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Problem, Result } from '../../sim/index.ts';
import { readScenario } from '../gateway/scenario-source.ts';
import { startGateway } from '../gateway/standalone.ts';
import { parseUpstream, SERVER_KEY_VARIABLE, type Upstream } from '../sockets/upstream.ts';
import { AddressTaken, isOneAddress } from './listen.ts';
import { Orders } from './orders.ts';
import { pageFiles } from './page-files.ts';
import type { RelayParts } from './relay-parts.ts';
import { Secrets } from './secrets.ts';
import { type BridgeServer, startBridge } from './server.ts';

/** What the process around it offers. */
export interface BridgeHost {
  print(line: string): void;
  note(line: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the built page. */
  readonly pageDirectory: string;
  /** Resolves when somebody wants it to end. */
  readonly ended: Promise<void>;
}

/** As the command line of the lab has them. */
const Exit = { done: 0, usage: 2, unavailable: 3, internal: 70 } as const;
const PORT = 4_180;
const PORT_MAX = 65_535;

interface Flags {
  readonly endpoint: string | undefined;
  readonly ticks: string | undefined;
  readonly scenario: string;
  readonly port: number;
  readonly host: string | undefined;
  readonly allowTrade: boolean;
}

/** The far end: where it is, and how to end it if it is ours. */
type FarEnd = Pick<RelayParts, 'endpoint' | 'ticks' | 'gateway' | 'symbols'> & {
  close(): Promise<void>;
};

/** Runs one command line, without `node` and the script's name; gives the exit status. */
export async function bridgeCommand(words: readonly string[], host: BridgeHost): Promise<number> {
  let flags: Flags | undefined;
  const program = bridgeProgram(host).action((options: Flags) => {
    flags = options;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return Exit.done;
    host.note(`bridge: ${error.message.replace(/^error: /, '')}; see: npm run bridge -- --help`);
    return Exit.usage;
  }
  return flags === undefined ? Exit.usage : prepare(flags, host);
}

async function prepare(flags: Flags, host: BridgeHost): Promise<number> {
  const page = pageFiles(host.pageDirectory);
  if (page.kind === 'error') return refuse(page.error, host);
  let crash: { readonly error: unknown } | undefined;
  let tellCrash = (): void => {};
  const crashed = new Promise<void>((resolve) => {
    tellCrash = resolve;
  });
  const onCrash = (error: unknown): void => {
    crash ??= { error };
    tellCrash();
  };
  const far = await farEnd(flags, host, onCrash);
  if (far.kind === 'error') return refuse(far.error, host);
  try {
    await serve(flags, host, far.value, page.value, crashed, onCrash);
  } catch (error) {
    if (!(error instanceof AddressTaken)) throw error;
    return refuse({ code: 'unavailable', message: error.message }, host);
  } finally {
    await far.value.close();
  }
  if (crash === undefined) return Exit.done;
  const { error } = crash;
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.note(`bridge: an error of our own:\n${told}`);
  return Exit.internal;
}

async function serve(
  flags: Flags,
  host: BridgeHost,
  far: FarEnd,
  page: RequestListener,
  crashed: Promise<void>,
  onCrash: (error: unknown) => void,
): Promise<void> {
  const { allowTrade, port } = flags;
  const nowMs = (): number => performance.now();
  const codes: string[] = [];
  let showCode = (code: string): void => void codes.push(code);
  const secrets = new Secrets((code) => showCode(code), nowMs);
  const { endpoint, ticks, gateway, symbols } = far;
  const parts: RelayParts = {
    ...{ endpoint, ticks, gateway, symbols, allowTrade, secrets, nowMs },
    ...{ orders: new Orders(), crashed: onCrash },
  };
  const bridge: BridgeServer = await startBridge({ parts, page, port, host: flags.host });
  showCode = (code) => host.print(`Pairing code, for one page: ${code}`);
  const kind = gateway === 'reference' ? 'reference gateway' : 'your gateway';
  host.print(`Interlock bridge: ${bridge.url}`);
  host.print(`Upstream: ${endpoint.address} (${kind}), ${allowTrade ? 'orders' : 'read-only'}`);
  codes.forEach(showCode);
  if (flags.host !== undefined) {
    host.note(`bridge: ${flags.host} is plain HTTP: who listens in on that network can pair too`);
  }
  await Promise.race([host.ended, crashed]);
  await bridge.close();
}

/** The gateway that was named, or the reference gateway, started. */
async function farEnd(
  flags: Flags,
  host: BridgeHost,
  crashed: (error: unknown) => void,
): Promise<Result<FarEnd, Problem>> {
  if (flags.endpoint === undefined) return referenceEnd(flags.scenario, crashed);
  const serverKey = host.environment[SERVER_KEY_VARIABLE];
  const endpoint = parseUpstream(flags.endpoint, serverKey);
  if (endpoint.kind === 'error') return endpoint;
  let ticks: Upstream | undefined;
  if (flags.ticks !== undefined) {
    const read = parseUpstream(flags.ticks, serverKey);
    if (read.kind === 'error') return read;
    ticks = read.value;
  }
  const own = { gateway: 'own', symbols: [] } as const;
  return {
    kind: 'ok',
    value: { ...own, endpoint: endpoint.value, ticks, close: () => Promise.resolve() },
  };
}

async function referenceEnd(
  source: string,
  crashed: (error: unknown) => void,
): Promise<Result<FarEnd, Problem>> {
  const read = await readScenario(source);
  if (read.kind === 'error') return read;
  const place = { host: '127.0.0.1', port: 0, pubPort: 0 };
  const gateway = await startGateway({ scenario: read.value, place, crashed });
  const { requests, ticks } = gateway.addresses;
  return {
    kind: 'ok',
    value: {
      endpoint: { address: requests, curve: undefined },
      ticks: { address: ticks, curve: undefined },
      ...{ gateway: 'reference', symbols: read.value.symbols.map(({ name }) => name) },
      close: gateway.close,
    },
  };
}

function refuse({ code, message }: Problem, host: BridgeHost): number {
  host.note(`bridge: ${message}`);
  return code === 'unavailable' ? Exit.unavailable : Exit.usage;
}

function bridgeProgram(host: BridgeHost): Command {
  const port = new Option('--port <number>', 'where the page is served, 0 for any free port');
  return new Command('bridge')
    .description('Serves the playground and relays it to a gateway over a real ZeroMQ socket.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => host.print(text.trimEnd()), writeErr: () => {} })
    .allowExcessArguments(false)
    .addOption(
      new Option(
        '--endpoint <address>',
        `your own gateway, tcp://HOST:PORT; on another machine ${SERVER_KEY_VARIABLE} is needed`,
      ).conflicts('scenario'),
    )
    .option('--ticks <address>', 'where your gateway publishes prices, tcp://HOST:PORT')
    .option('--scenario <source>', 'what the reference gateway does, if no other', 'reference')
    .addOption(port.default(PORT).argParser(portOf))
    .addOption(
      new Option('--host <address>', 'one more address of this machine to listen at').argParser(
        hostOf,
      ),
    )
    .option('--allow-trade', 'let pages that arm it send orders', false);
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= PORT_MAX) return port;
  throw new InvalidArgumentError(`Expected a port from 0 to ${PORT_MAX}.`);
}

function hostOf(text: string): string {
  if (isOneAddress(text)) return text;
  throw new InvalidArgumentError('Expected one IP address of this machine, not all of them.');
}
