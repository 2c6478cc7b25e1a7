/**
 * Listening on 127.0.0.1 and ::1, one port on both, and nowhere else unless an address is named.
 *
 * Invariant: all addresses have the port, or none listens. A machine without IPv6 does without ::1.
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
/** How often any free port is asked for that both addresses have free. */
const TRIES = 10;

/** An address cannot be had; the message says which and why. */
export class AddressTaken extends Error {
  override readonly name = 'AddressTaken';
}

/** Whether `host` can be listened on beside loopback: one address, so that Host can be checked. */
export function isOneAddress(host: string): boolean {
  return isIP(host) !== 0 && !WILDCARDS.includes(host);
}

/** Listens with one server an address; rejects with `AddressTaken` if that cannot be. */
export async function listenOn(
  create: () => Server,
  port: number,
  host: string | undefined,
): Promise<Listening> {
  const wanted = [...new Set([...LOOPBACK, ...(host === undefined ? [] : [host])])];
  for (let tries = 1; ; tries++) {
    const servers: Server[] = [];
    const addresses: string[] = [];
    let shared = port;
    let taken: string | undefined;
    for (const address of wanted) {
      const server = create();
      const code = await listen(server, address, shared);
      if (code === undefined) {
        servers.push(server);
        addresses.push(address);
        shared = (server.address() as AddressInfo).port;
      } else if (address !== '::1' || !NO_IPV6.includes(code)) {
        taken = `expected to listen on ${address} port ${shared}, got ${code}`;
        break;
      }
    }
    if (taken === undefined) return { servers, addresses, port: shared };
    await Promise.all(servers.map((server) => once(server.close(), 'close')));
    if (port !== 0 || tries === TRIES)
      throw new AddressTaken(`${taken}: --port and --host choose others`);
  }
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
