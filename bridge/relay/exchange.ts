/** What every kind of line says of an exchange. */
import type { SocketErrorName } from '../../sim/index.ts';
import { REPLY_BYTES_MAX } from './limits.ts';

/** What became of a request. */
export type Exchange =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'not-sent'; readonly code: string; readonly message: string }
  | { readonly kind: 'lost'; readonly code: string; readonly message: string };

/** A peer that sends more than this in one message is cut off by ZeroMQ, in bytes. */
export const MESSAGE_BYTES_MAX = 4_194_304;

const WORDS: Readonly<Record<SocketErrorName, string>> = {
  EFSM: 'the socket was not in a state for it',
  EBUSY: 'the socket was busy with another request',
  EAGAIN: 'it took longer than the deadline',
  EBADF: 'the socket was closed meanwhile',
  ETERM: 'the bridge is ending',
};

/** The socket did not take it. */
export function notSent(code: SocketErrorName, address: string): Exchange {
  const why = code === 'EAGAIN' ? `no connection to ${address} came about` : WORDS[code];
  return { kind: 'not-sent', code, message: `not sent: ${why}` };
}

/** The socket took it, and no reply came. */
export function lost(code: SocketErrorName): Exchange {
  return { kind: 'lost', code, message: `sent, and no reply came: ${WORDS[code]}` };
}

/** A reply came: its text, if it is not too long to be passed on. */
export function answered(frames: readonly Buffer[]): Exchange {
  const [first] = frames;
  // One frame is the rule, and is not copied.
  const reply = first !== undefined && frames.length === 1 ? first : Buffer.concat([...frames]);
  if (reply.length <= REPLY_BYTES_MAX) return { kind: 'answered', text: reply.toString() };
  const message = `expected a reply of at most ${REPLY_BYTES_MAX} bytes, got ${reply.length}`;
  return { kind: 'lost', code: 'REPLY_TOO_LARGE', message };
}
