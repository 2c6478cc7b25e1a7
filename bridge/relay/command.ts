/**
 * The command line of the bridge: what it takes, and what becomes of it.
 *
 * It says where its page is and shows the pairing code, on standard output, and serves until a
 * signal ends it. Without `--endpoint` it starts the reference gateway in its own process, on real
 * sockets. Invariant: no flag weakens a check. Each widens what is named, and says exactly what.
 */
import { mkdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Problem, Result } from '../../sim/index.ts';
import { JournalError } from '../durable/journal.ts';
import { OrderStore } from '../durable/order-store.ts';
import { readScenario } from '../gateway/scenario-source.ts';
import { CrashWatch, portOf, type ProgramHost, programOf, refuse, runProgram } from '../program.ts';
import { SERVER_KEY_VARIABLE } from '../sockets/upstream.ts';
import { type FarEnd, ownEnd, referenceEnd } from './far-end.ts';
import { AddressTaken, isOneAddress } from './listen.ts';
import { Orders } from './orders.ts';
import { pageFiles } from './page-files.ts';
import type { RelayParts } from './relay-parts.ts';
import { resolveByQuery } from './resolve-by-query.ts';
import { Secrets } from './secrets.ts';
import { type BridgeServer, startBridge } from './server.ts';

/** What the process around it offers. */
export interface BridgeHost extends ProgramHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the built page. */
  readonly pageDirectory: string;
}

const NAME = 'bridge';
const PORT = 4_180;

interface Flags {
  readonly endpoint: string | undefined;
  readonly ticks: string | undefined;
  readonly socket: RelayParts['socket'];
  readonly scenario: string;
  readonly port: number;
  readonly host: string | undefined;
  readonly allowTrade: boolean;
  readonly state: string | undefined;
}

/** Runs one command line, without `node` and the script's name; gives the exit status. */
export function bridgeCommand(words: readonly string[], host: BridgeHost): Promise<number> {
  return runProgram<Flags>(bridgeProgram(host), words, host, (flags) => prepare(flags, host));
}

async function prepare(flags: Flags, host: BridgeHost): Promise<number> {
  const page = pageFiles(host.pageDirectory, { base: '/', embeds: false });
  if (page.kind === 'error') return refuse(NAME, page.error, host);
  const watch = new CrashWatch();
  const store = await openStore(flags);
  if (store.kind === 'error') return refuse(NAME, store.error, host);
  const far = await farEnd(flags, host, watch.onCrash);
  try {
    if (far.kind === 'error') return refuse(NAME, far.error, host);
    await serve(flags, host, far.value, page.value, store.value, watch);
  } catch (error) {
    if (!(error instanceof AddressTaken)) throw error;
    return refuse(NAME, { code: 'unavailable', message: error.message }, host);
  } finally {
    if (far.kind === 'ok') await far.value.close();
    await store.value?.close();
  }
  return watch.status(NAME, host);
}

async function serve(
  flags: Flags,
  host: BridgeHost,
  far: FarEnd,
  page: RequestListener,
  store: OrderStore | undefined,
  watch: CrashWatch,
): Promise<void> {
  const { allowTrade, port, socket } = flags;
  const nowMs = (): number => performance.now();
  const codes: string[] = [];
  let showCode = (code: string): void => void codes.push(code);
  const secrets = new Secrets((code) => showCode(code), nowMs);
  const orders = new Orders(store, watch.onCrash);
  const { endpoint, ticks, gateway, symbols } = far;
  const parts: RelayParts = {
    ...{ endpoint, ticks, gateway, symbols, socket, allowTrade, secrets, nowMs, orders },
    crashed: watch.onCrash,
  };
  for (const told of await resolveByQuery(parts)) host.note(`bridge: ${told}`);
  const place = { port, portsMore: 0, host: flags.host };
  const bridge: BridgeServer = await startBridge({ parts, page, ...place });
  showCode = (code) => host.print(`Pairing code, for one page: ${code}`);
  const kind = gateway === 'reference' ? 'reference gateway' : 'your gateway';
  host.print(`Interlock bridge: ${bridge.url}`);
  host.print(`Upstream: ${endpoint.address} (${kind}), ${allowTrade ? 'orders' : 'read-only'}`);
  codes.forEach(showCode);
  if (flags.host !== undefined) {
    host.note(`bridge: ${flags.host} is plain HTTP: who listens in on that network can pair too`);
  }
  await Promise.race([host.ended, watch.crashed]);
  await bridge.close();
}

async function openStore({
  state,
  endpoint,
}: Flags): Promise<Result<OrderStore | undefined, Problem>> {
  if (state === undefined) return { kind: 'ok', value: undefined };
  try {
    return { kind: 'ok', value: await OrderStore.open(state, endpoint ?? 'reference') };
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { kind: 'error', error: { code: 'state-unusable', message: error.message } };
  }
}

/** The gateway that was named, or the reference gateway, started. */
async function farEnd(
  { endpoint, ticks, scenario: source, state }: Flags,
  host: BridgeHost,
  crashed: (error: unknown) => void,
): Promise<Result<FarEnd, Problem>> {
  if (endpoint !== undefined) return ownEnd(endpoint, ticks, host.environment[SERVER_KEY_VARIABLE]);
  const read = await readScenario(source);
  if (read.kind === 'error') return read;
  if (state !== undefined) await mkdir(state, { recursive: true });
  // Its books have to be as old as the orders that are asked about.
  const journalPath = state === undefined ? undefined : join(state, 'gateway.journal');
  try {
    return { kind: 'ok', value: await referenceEnd(read.value, journalPath, crashed) };
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { kind: 'error', error: { code: 'state-unusable', message: error.message } };
  }
}

function bridgeProgram(host: BridgeHost): Command {
  const about = 'Serves the playground and relays it to a gateway over a real ZeroMQ socket.';
  return programOf(NAME, about, host)
    .addOption(
      new Option(
        '--endpoint <address>',
        `your own gateway, tcp://HOST:PORT; on another machine ${SERVER_KEY_VARIABLE} is needed`,
      ).conflicts('scenario'),
    )
    .option('--ticks <address>', 'where your gateway publishes prices, tcp://HOST:PORT')
    .addOption(
      new Option(
        '--socket <kind>',
        'dealer keeps many requests under way, where the gateway has a ROUTER',
      )
        .choices(['req', 'dealer'])
        .default('req'),
    )
    .option('--scenario <source>', 'what the reference gateway does, if no other', 'reference')
    .addOption(
      new Option('--port <number>', 'where the page is served, 0 for any free port')
        .default(PORT)
        .argParser(portOf),
    )
    .addOption(
      new Option('--host <address>', 'one more address of this machine to listen at').argParser(
        hostOf,
      ),
    )
    .option('--allow-trade', 'let pages that arm it send orders', false)
    .option(
      '--state <directory>',
      'keep there which orders are open, so that it outlives a restart',
    );
}

function hostOf(text: string): string {
  if (isOneAddress(text)) return text;
  throw new InvalidArgumentError('Expected one IP address of this machine, not all of them.');
}
