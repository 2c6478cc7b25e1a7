/**
 * Times of a run on the wire: a run counts from its start, and both ends of a socket count from
 * 1970, so that an order expires at the same instant for either.
 */
import type { GatewayRequest } from '../protocol.ts';

/** A request with its expiry moved by `us`; one that never expires, or cannot, stays as it is. */
export function withExpiryMoved(request: GatewayRequest, us: number): GatewayRequest {
  if (!('validUntilUs' in request) || request.validUntilUs === Infinity) return request;
  return { ...request, validUntilUs: request.validUntilUs + us };
}
