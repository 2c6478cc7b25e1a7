/** Binding real sockets: an address that is free again in a moment is waited for, others are told. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'zeromq';

const RETRY_MS = 5;
/** How long the address of a socket that was just closed may take to be free. */
const PATIENCE_MS = 2_000;

/** Binds `socket` and gives the address with the port that it got. */
export async function listen(socket: Socket, address: string): Promise<string> {
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await socket.bind(address);
      return socket.lastEndpoint ?? address;
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!busy || performance.now() > endMs || socket.closed) throw error;
      await delay(RETRY_MS);
    }
  }
}

/** Gives the address free and closes the socket; nothing happens to one that is closed. */
export async function hangUp(socket: Socket, address: string): Promise<void> {
  if (socket.closed) return;
  // Closing alone would free the address at some later time.
  await socket.unbind(address).catch(() => {});
  socket.close();
}
