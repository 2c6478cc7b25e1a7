/**
 * Binding real sockets: an address that is free again in a moment is waited for, others are told.
 *
 * A socket that is to go is closed, never unbound: zeromq.js 6.8 unbinds in another thread, and
 * what the socket does meanwhile ends the process by an assertion of libzmq. Its address is free a
 * moment after it was closed.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'zeromq';

const RETRY_MS = 5;
/** How long the address of a socket that was just closed may take to be free. */
const PATIENCE_MS = 2_000;

/** Whether an address names its host by IPv6, which a socket has to be told before. */
export function isIpv6(address: string): boolean {
  return address.includes('[');
}

/**
 * Binds `socket` and gives the address with the port that it got. A socket that is closed meanwhile
 * is no error: it just listens nowhere, and the address is the one that was asked for.
 */
export async function listen(socket: Socket, address: string): Promise<string> {
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await socket.bind(address);
      return socket.lastEndpoint ?? address;
    } catch (error) {
      if (socket.closed) return address;
      const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!busy || performance.now() > endMs) throw error;
      await delay(RETRY_MS);
    }
  }
}
