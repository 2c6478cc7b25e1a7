/** Exchanges of a worker through the page's own connection with a bridge, and with an echo. */
import { transfer, wrap } from 'comlink';
import { BridgeLinkClient } from '../../../web/bridge/bridge-link.ts';
import type { LinkState } from '../../../web/bridge/contract.ts';
import type { Exchanges } from '../contract.ts';
import type { CallerApi } from './bridge-caller.ts';

/** So many exchanges where one waits for the other, and where many are under way. */
const ONE_BY_ONE = 4_000;
const MANY = 30_000;

async function withCaller<T>(work: (caller: ReturnType<typeof wrap<CallerApi>>) => Promise<T>) {
  const worker = new Worker(new URL('./bridge-caller.ts', import.meta.url), { type: 'module' });
  const result = await work(wrap<CallerApi>(worker));
  worker.terminate();
  return result;
}

export async function bridgeExchanges(code: string, underWay: number): Promise<Exchanges> {
  let hear: (state: LinkState) => void = () => undefined;
  const link = new BridgeLinkClient({ onState: (state) => hear(state) });
  await link.connect();
  // The answer to `pair` and the state that it leads to come by ways of their own.
  const connected = new Promise<void>((resolve, reject) => {
    hear = ({ kind, ...rest }) => {
      if (kind === 'read-only') resolve();
      if (kind === 'none' || kind === 'lost' || ('problem' in rest && rest.problem !== undefined)) {
        reject(new Error(`expected to be connected, got ${kind}`));
      }
    };
  });
  await link.pair(code);
  await connected;
  const port = await link.openPort();
  const count = underWay === 1 ? ONE_BY_ONE : MANY;
  return withCaller((caller) => caller.ask(transfer(port, [port]), count, underWay));
}

export function echoes(url: string): Promise<Exchanges> {
  return withCaller((caller) => caller.echo(url, ONE_BY_ONE));
}
