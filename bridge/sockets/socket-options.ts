/**
 * The contract's socket options in the terms of zeromq.js: milliseconds, and -1 for no limit.
 */
import type { SocketOptions } from '../../sim/index.ts';

const US_PER_MS = 1_000;

/** What `new Request` takes. */
export interface RequestOptions {
  readonly sendTimeout: number;
  readonly receiveTimeout: number;
  readonly linger: number;
  readonly immediate: boolean;
  readonly relaxed: boolean;
  readonly correlate: boolean;
}

/** Options for `new Request`; a fraction of a millisecond counts as a whole one. */
export function requestOptions(options: SocketOptions): RequestOptions {
  return {
    sendTimeout: milliseconds(options.sendTimeoutUs),
    receiveTimeout: milliseconds(options.receiveTimeoutUs),
    linger: milliseconds(options.lingerUs),
    immediate: options.immediate,
    relaxed: options.relaxed,
    correlate: options.correlate,
  };
}

function milliseconds(us: number): number {
  return us === Infinity ? -1 : Math.ceil(us / US_PER_MS);
}
