/**
 * ZeroMQ's errors as zeromq.js throws them, by the names that the socket contract knows.
 *
 * An error outside that list is nothing that a socket in use may answer: it is thrown on.
 */
import type { SocketErrorName } from '../../sim/index.ts';

const NAMES: readonly SocketErrorName[] = ['EFSM', 'EAGAIN', 'EBUSY', 'EBADF', 'ETERM'];

/** The name of an error, or undefined where it is none of the contract's. */
export function socketErrorName(error: unknown): SocketErrorName | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return NAMES.find((name) => name === code);
}

/** The name of an error that a send or receive met; anything else is thrown on. */
export function nameOrThrow(error: unknown): SocketErrorName {
  const name = socketErrorName(error);
  if (name === undefined) throw error;
  return name;
}
