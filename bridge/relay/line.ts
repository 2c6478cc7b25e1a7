/** A socket to the gateway, whichever kind, as the desk uses it. */
import { DealerLine } from './dealer-line.ts';
import type { Exchange } from './exchange.ts';
import type { RelayParts } from './relay-parts.ts';
import { ReqLine } from './req-line.ts';

export interface Line {
  /** Sends a request once and waits for its reply, `timeoutMs` at most; `uuid` is the request's. */
  exchange(text: string, timeoutMs: number, uuid: string): Promise<Exchange>;
  /** Closes the socket for good; what waits for a reply is lost, and says so. */
  close(): void;
}

/** A socket of the kind that the bridge was started with. */
export function lineTo({ endpoint, socket }: Pick<RelayParts, 'endpoint' | 'socket'>): Line {
  return socket === 'dealer' ? new DealerLine(endpoint) : new ReqLine(endpoint);
}
