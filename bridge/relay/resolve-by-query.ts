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

/** Asks once a symbol that has an open order; says in sentences what came of it. */
export async function resolveByQuery(
  parts: Pick<RelayParts, 'orders' | 'endpoint' | 'socket'>,
): Promise<readonly string[]> {
  const { orders } = parts;
  const open = orders.unknown.length;
  if (open === 0) return [];
  const found = `${open} orders of an earlier run had no known outcome`;
  const executed = await executedByNow(parts);
  if (executed === undefined) {
    return [`${found}, and the gateway did not say: a page asks with SYNC_ALL`];
  }
  const settled = orders.seen(executed).length;
  const left = orders.unknown.map((order) => `${order.uuid} of ${order.symbol}`);
  const rest = left.length === 0 ? 'none is open' : `open: ${left.join(', ')}`;
  return [`${found}; the gateway executed ${settled} of them, ${rest}`];
}

/** What the gateway lists of the symbols with open orders; undefined if it does not answer. */
async function executedByNow(
  parts: Pick<RelayParts, 'orders' | 'endpoint' | 'socket'>,
): Promise<readonly string[] | undefined> {
  const line = lineTo(parts);
  const executed: string[] = [];
  try {
    // One by one: the list of a whole account may be longer than a reply may be.
    for (const client of new Set(parts.orders.unknown.map(({ symbol }) => symbol))) {
      const uuid = randomUUID();
      const text = gatewayText({ op: 'SYNC_ALL', body: { uuid, client } });
      const exchange = await line.exchange(text, ASK_MS, uuid);
      const read = exchange.kind === 'answered' ? readReply(exchange.text, uuid) : undefined;
      if (read?.kind !== 'ok' || read.fields['status'] !== 'OK') return undefined;
      executed.push(...executedIn(read.fields));
    }
  } finally {
    line.close();
  }
  return executed;
}
