/**
 * The page as `npm start` serves it: one server that is a bridge as well, with the reference
 * gateway behind it, so that a page can meet a real socket without anything being set up.
 *
 * Orders are allowed: it is play money, no endpoint can be named, and a page still has to pair and
 * to arm. Invariant: the page is served in any case; where ZeroMQ cannot be loaded, or its gateway
 * cannot start, it is said that there is no bridge, and why.
 */
import { createServer, type RequestListener } from 'node:http';
import { findEntry, type Problem, type Result } from '../sim/index.ts';
import { closeServer, listenOn, type Place } from './relay/listen.ts';
import { pageFiles } from './relay/page-files.ts';

export interface StartOptions extends Omit<Place, 'host'> {
  /** The folder of the built page. */
  readonly directory: string;
  /** The path under which the page stands; begins and ends with a slash. */
  readonly base: string;
  /** Shows a pairing code, the first one and each that replaces it. */
  readonly showCode: (code: string) => void;
  /** Hears of an error of our own, after which there is no bridge. */
  readonly crashed: (error: unknown) => void;
}

export interface Started {
  readonly port: number;
  readonly url: string;
  /** Why there is no bridge, where there is none. */
  readonly noBridge: string | undefined;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

const SCENARIO = 'reference';

/** Serves the page, with a bridge beside it; rejects with `AddressTaken` if no port can be had. */
export async function startPage(options: StartOptions): Promise<Result<Started, Problem>> {
  const { directory, base } = options;
  const page = pageFiles(directory, { base, embeds: true });
  if (page.kind === 'error') return page;
  const why = await whyNoSockets();
  if (why === undefined) return { kind: 'ok', value: await startBridged(options, page.value) };
  return { kind: 'ok', value: await startPlain(options, page.value, why) };
}

/** Serves the page of `directory` on any free port, and nothing else. */
export async function startPageAlone(directory: string): Promise<Started> {
  const page = pageFiles(directory, { base: '/', embeds: true });
  if (page.kind === 'error') throw new Error(page.error.message);
  return startPlain({ port: 0, portsMore: 0, base: '/' }, page.value, 'nobody asked for one');
}

/** Undefined where ZeroMQ can be loaded. */
async function whyNoSockets(): Promise<string | undefined> {
  try {
    await import('zeromq');
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `ZeroMQ cannot be loaded here: ${message.split('\n')[0] ?? ''}`;
  }
}

async function startBridged(options: StartOptions, page: RequestListener): Promise<Started> {
  const [{ referenceEnd }, { Orders }, { Secrets }, { startBridge }] = await Promise.all([
    import('./relay/far-end.ts'),
    import('./relay/orders.ts'),
    import('./relay/secrets.ts'),
    import('./relay/server.ts'),
  ]);
  const { port, portsMore, crashed, base } = options;
  const entry = findEntry(SCENARIO);
  if (entry === undefined) throw new Error(`expected ${SCENARIO} in the gallery`);
  const far = await referenceEnd(entry.scenario, undefined, crashed);
  const nowMs = (): number => performance.now();
  const { close, ...end } = far;
  try {
    const bridge = await startBridge({
      parts: {
        ...{ ...end, socket: 'req', allowTrade: true, nowMs, crashed },
        ...{ orders: new Orders(), secrets: new Secrets(options.showCode, nowMs) },
      },
      ...{ page, pageForAll: true, port, portsMore, host: undefined },
    });
    return {
      ...{ port: bridge.port, url: urlOf(bridge.port, base), noBridge: undefined },
      close: async () => {
        await bridge.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startPlain(
  { port, portsMore, base }: Pick<StartOptions, 'port' | 'portsMore' | 'base'>,
  page: RequestListener,
  noBridge: string,
): Promise<Started> {
  const place = { port, portsMore, host: undefined };
  const listening = await listenOn(() => createServer(page), place);
  return {
    ...{ port: listening.port, url: urlOf(listening.port, base), noBridge },
    close: async () => {
      await Promise.all(listening.servers.map(closeServer));
    },
  };
}

function urlOf(port: number, base: string): string {
  return `http://localhost:${port}${base}`;
}
