/**
 * A question to a gateway outside any run: before the first step, and after the last.
 *
 * Each attempt has a socket of its own, so nothing is left over for a later one. Only questions
 * that change nothing may be asked this way.
 */
import { Request } from 'zeromq';
import { Action, type GatewayReply, NONE } from '../../sim/index.ts';
import type { GatewayCodec } from '../sockets/gateway-codec.ts';
import { isIpv6 } from '../sockets/listen.ts';
import { socketErrorName } from '../sockets/socket-error.ts';
import type { Upstream } from '../sockets/upstream.ts';

export interface QueryOptions {
  readonly upstream: Upstream;
  readonly codec: GatewayCodec;
  readonly attempts: number;
  /** How long an attempt waits for its reply, in milliseconds. */
  readonly timeoutMs: number;
  /** Gives up at once. */
  readonly signal: AbortSignal;
}

/** Numbers of these requests; a run's own count upwards from 1. */
const FIRST_REQUEST = 0x4000_0000;

/** Asks until an answer comes; undefined if none came, or it could not be read. */
export async function query(
  action: 'PING' | 'SYNC_ALL',
  { upstream, codec, attempts, timeoutMs, signal }: QueryOptions,
): Promise<GatewayReply | undefined> {
  for (let attempt = 0; attempt < attempts && !signal.aborted; attempt++) {
    const socket = new Request({
      ...{ linger: 0, sendTimeout: timeoutMs, receiveTimeout: timeoutMs },
      ipv6: isIpv6(upstream.address),
      ...upstream.curve,
    });
    const close = (): void => socket.close();
    signal.addEventListener('abort', close);
    try {
      socket.connect(upstream.address);
      const request = {
        request: FIRST_REQUEST + attempt,
        code: Action[action],
        symbol: NONE,
        action,
      };
      await socket.send(codec.encode(request));
      const reply = codec.decode(String((await socket.receive())[0]), request);
      if (reply.kind !== 'failed' && reply.request === request.request) return reply;
    } catch (error) {
      if (socketErrorName(error) === undefined) throw error;
    } finally {
      signal.removeEventListener('abort', close);
      socket.close();
    }
  }
  return undefined;
}
