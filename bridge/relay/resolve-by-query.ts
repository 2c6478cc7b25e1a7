/**
 * What became of the orders that were open when the last bridge ended: asked of the gateway before
 * any page is let in.
 *
 * Invariant: only what the gateway shows counts. An order that it does not show stays open: whether
 * it may still begin on it, nobody here knows.
 */
import { randomUUID } from 'node:crypto';
import { lineTo } from './line.ts';
import type { RelayParts } from './relay-parts.ts';
import { executedIn, gatewayText, readReply } from './wire.ts';

const ASK_MS = 2_000;

/** Asks once, if any order is open; says in sentences what came of it. */
export async function resolveByQuery(
  parts: Pick<RelayParts, 'orders' | 'endpoint' | 'socket'>,
): Promise<readonly string[]> {
  const { orders } = parts;
  const open = orders.unknown.length;
  if (open === 0) return [];
  const uuid = randomUUID();
  const line = lineTo(parts);
  const text = gatewayText({ op: 'SYNC_ALL', body: { uuid } });
  const exchange = await line.exchange(text, ASK_MS, uuid);
  line.close();
  const read = exchange.kind === 'answered' ? readReply(exchange.text, uuid) : undefined;
  const found = `${open} orders of an earlier run had no known outcome`;
  if (read?.kind !== 'ok' || read.fields['status'] !== 'OK') {
    return [`${found}, and the gateway did not say: a page asks with SYNC_ALL`];
  }
  const executed = orders.seen(executedIn(read.fields));
  const left = orders.unknown.map((order) => `${order.uuid} of ${order.symbol}`);
  const rest = left.length === 0 ? 'none is open' : `open: ${left.join(', ')}`;
  return [`${found}; the gateway executed ${executed.length} of them, ${rest}`];
}
