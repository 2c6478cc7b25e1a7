/** A bridge in this process before the least gateway there is, which has a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { Orders, Secrets, startBridge } from '../bridge/index.ts';

/** A gateway in a process of its own, as gateways are. */
export async function pingGateway(): Promise<{ readonly address: string; close(): void }> {
  const child = fork(join(import.meta.dirname, 'peers', 'ping-gateway.ts'));
  const [address] = (await once(child, 'message')) as [string];
  return { address, close: () => void child.kill() };
}

export interface PingBridge {
  readonly port: number;
  /** The pairing code that it shows now. */
  code(): string;
  close(): Promise<void>;
}

/** Starts both; the page that the bridge serves is `page`. */
export async function pingBridge(
  page: RequestListener,
  socket: 'req' | 'dealer',
): Promise<PingBridge> {
  const gateway = await pingGateway();
  let code = '';
  const nowMs = (): number => performance.now();
  const secrets = new Secrets((next) => (code = next), nowMs);
  const bridge = await startBridge({
    parts: {
      endpoint: { address: gateway.address, curve: undefined },
      ...{ ticks: undefined, gateway: 'own', socket, allowTrade: false, symbols: [] },
      ...{ secrets, orders: new Orders(), nowMs },
      crashed: (error) => {
        throw error;
      },
    },
    ...{ page, port: 0, portsMore: 0, host: undefined },
  });
  return {
    port: bridge.port,
    code: () => code,
    close: async () => {
      await bridge.close();
      gateway.close();
    },
  };
}
