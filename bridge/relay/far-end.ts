/**
 * What a bridge relays to: the gateway that was named, or the reference gateway, started in this
 * process on real sockets.
 */
import type { Problem, Result, Scenario } from '../../sim/index.ts';
import { startGateway } from '../gateway/standalone.ts';
import { parseUpstream, type Upstream } from '../sockets/upstream.ts';
import type { RelayParts } from './relay-parts.ts';

/** The far end: where it is, and how to end it if it is ours. */
export type FarEnd = Pick<RelayParts, 'endpoint' | 'ticks' | 'gateway' | 'symbols'> & {
  close(): Promise<void>;
};

/** Somebody's own gateway and, where it publishes any, its prices. */
export function ownEnd(
  address: string,
  tickAddress: string | undefined,
  serverKey: string | undefined,
): Result<FarEnd, Problem> {
  const endpoint = parseUpstream(address, serverKey);
  if (endpoint.kind === 'error') return endpoint;
  let ticks: Upstream | undefined;
  if (tickAddress !== undefined) {
    const read = parseUpstream(tickAddress, serverKey);
    if (read.kind === 'error') return read;
    ticks = read.value;
  }
  const own = { gateway: 'own', symbols: [] } as const;
  const close = (): Promise<void> => Promise.resolve();
  return { kind: 'ok', value: { ...own, endpoint: endpoint.value, ticks, close } };
}

/** The reference gateway with this scenario's symbols, market and faults. */
export async function referenceEnd(
  scenario: Scenario,
  journalPath: string | undefined,
  crashed: (error: unknown) => void,
): Promise<FarEnd> {
  const place = { host: '127.0.0.1', port: 0, pubPort: 0 };
  const gateway = await startGateway({ scenario, place, journalPath, crashed });
  const { requests, ticks } = gateway.addresses;
  return {
    endpoint: { address: requests, curve: undefined },
    ticks: { address: ticks, curve: undefined },
    ...{ gateway: 'reference', symbols: scenario.symbols.map(({ name }) => name) },
    close: gateway.close,
  };
}
