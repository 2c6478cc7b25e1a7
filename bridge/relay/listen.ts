/**
 * Listening on 127.0.0.1 and ::1, one port on both, and nowhere else unless an address is named.
 *
 * Invariant: all addresses have the port, or none listens. A machine without IPv6 does without ::1.
 * Where further ports may be tried, the first that is free on all addresses is taken.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';

export interface Listening {
  readonly servers: readonly Server[];
  readonly addresses: readonly string[];
  readonly port: number;
}

const LOOPBACK = ['127.0.0.1', '::1'] as const;
const NO_IPV6 = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];
const WILDCARDS = ['0.0.0.0', '::'];
const PORT_MAX = 65_535;
/** How often any free port is asked for that both addresses have free. */
const TRIES = 10;

/** Where to listen. */
export interface Place {
  /** 0 for any that is free. */
  readonly port: number;
  /** How many ports after it may be tried where it is taken. */
  readonly portsMore: number;
  /** An address of this machine beside loopback, where one was named. */
  readonly host: string | undefined;
}

/** An address cannot be had; the message says which and why. */
export class AddressTaken extends Error {
  override readonly name = 'AddressTaken';
}

/** Whether `host` can be listened on beside loopback: one address, so that Host can be checked. */
export function isOneAddress(host: string): boolean {
  return isIP(host) !== 0 && !WILDCARDS.includes(host);
}

/** Listens with one server an address; rejects with `AddressTaken` if that cannot be. */
export async function listenOn(create: () => Server, place: Place): Promise<Listening> {
  const { port, portsMore, host } = place;
  const wanted = [...new Set([...LOOPBACK, ...(host === undefined ? [] : [host])])];
  const tries = port === 0 ? TRIES : 1 + portsMore;
  let taken = '';
  for (let tried = 0; tried < tries && port + tried <= PORT_MAX; tried++) {
    const listening = await listenAt(create, wanted, port === 0 ? 0 : port + tried);
    if (typeof listening !== 'string') return listening;
    taken ||= listening;
  }
  const others = port > 0 && portsMore > 0 ? `, and so on for the ${portsMore} ports after it` : '';
  throw new AddressTaken(`${taken}${others}: --port and --host choose others`);
}

/** What listens on all of `wanted`, or why that cannot be. */
async function listenAt(
  create: () => Server,
  wanted: readonly string[],
  port: number,
): Promise<Listening | string> {
  const servers: Server[] = [];
  const addresses: string[] = [];
  let shared = port;
  for (const address of wanted) {
    const server = create();
    const code = await listen(server, address, shared);
    if (code === undefined) {
      servers.push(server);
      addresses.push(address);
      shared = (server.address() as AddressInfo).port;
    } else if (address !== '::1' || !NO_IPV6.includes(code)) {
      await Promise.all(servers.map((one) => once(one.close(), 'close')));
      return `expected to listen on ${address} port ${shared}, got ${code}`;
    }
  }
  return { servers, addresses, port: shared };
}

/** Stops listening, and ends every connection. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Undefined when it listens, else the code of the error. */
function listen(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(error.code ?? error.message);
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve(undefined);
    });
  });
}
