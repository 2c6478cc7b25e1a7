/** Makes requests for tests: sound ones, numbered upwards, with what a test wants different. */
import { Action, NONE } from '../../trace/event.ts';
import type { GatewayRequest } from '../protocol.ts';

export type OpenRequest = Extract<GatewayRequest, { action: 'OPEN' }>;
export type CloseRequest = Extract<GatewayRequest, { action: 'CLOSE' }>;

export class Requests {
  #last = 0;

  /** By default of nobody in particular; a symbol's SYNC_ALL is about that symbol. */
  query(action: 'PING' | 'GET_ACCOUNT' | 'SYNC_ALL', symbol = NONE): GatewayRequest {
    return { request: ++this.#last, code: Action[action], symbol, action };
  }

  positions(positionsOf: number | undefined): GatewayRequest {
    const request = ++this.#last;
    const action = 'GET_POSITIONS';
    return { request, code: Action[action], symbol: NONE, action, positionsOf };
  }

  /** A round trip of 0.010 lots in the first symbol that never expires. */
  open(order: number, but: Partial<OpenRequest> = {}): OpenRequest {
    return {
      request: ++this.#last,
      code: Action.OPEN,
      symbol: 0,
      action: 'OPEN',
      order,
      side: 'BUY',
      volumeMilli: 10,
      roundTrip: true,
      exposureBp: 30,
      validUntilUs: Infinity,
      ...but,
    };
  }

  /** Closes all of a position of the first symbol. */
  close(order: number, ticket: number, but: Partial<CloseRequest> = {}): CloseRequest {
    return {
      request: ++this.#last,
      code: Action.CLOSE,
      symbol: 0,
      action: 'CLOSE',
      order,
      ticket,
      validUntilUs: Infinity,
      ...but,
    };
  }
}
