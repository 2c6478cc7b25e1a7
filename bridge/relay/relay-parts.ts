/** What all conversations of a bridge share: where its gateway is, and what is permitted. */
import type { Upstream } from '../sockets/upstream.ts';
import type { Orders } from './orders.ts';
import type { Secrets } from './secrets.ts';

export interface RelayParts {
  /** The gateway's requests; from the command line, never from a page. */
  readonly endpoint: Upstream;
  /** Its prices, where it publishes any. */
  readonly ticks: Upstream | undefined;
  /** Whether the gateway is ours, where a faulty lock may trade. */
  readonly gateway: 'reference' | 'own';
  /** REQ takes turns; DEALER has many requests under way, where the gateway has a ROUTER. */
  readonly socket: 'req' | 'dealer';
  readonly allowTrade: boolean;
  /** What the reference gateway trades; of somebody's own nothing is known. */
  readonly symbols: readonly string[];
  readonly secrets: Secrets;
  readonly orders: Orders;
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  /** Hears of an error of our own, after which the bridge ends. */
  readonly crashed: (error: unknown) => void;
}
