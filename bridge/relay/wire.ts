/**
 * Envelopes to the gateway's dialect, and its replies back: decimals are text towards the page and
 * JSON numbers towards the gateway.
 *
 * Invariant: what leaves is written here, field by field, from what the protocol let through; no
 * text of the page is passed on as it came. Known limit: a decimal of a reply is taken from its
 * JSON number, which is exact up to 15 digits.
 */
import { Decimal } from '../../sim/index.ts';
import type { GatewayEnvelope } from '../protocol.ts';

/** A reply that answers the request, or what was expected of it. */
export type ReplyRead =
  | { readonly kind: 'ok'; readonly fields: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'error';
      readonly code: 'UNREADABLE' | 'OTHER_UUID';
      readonly message: string;
    };

const DECIMALS = new Set([
  ...['volume', 'price', 'sl', 'tp', 'close_price', 'profit', 'open_price', 'current_price'],
  ...['balance', 'equity', 'margin', 'free_margin', 'margin_level'],
]);

/** The request as the gateway reads it. */
export function gatewayText({ op, body }: Pick<GatewayEnvelope, 'op' | 'body'>): string {
  const fields: Record<string, unknown> = { action: op };
  for (const [name, value] of Object.entries(body)) {
    fields[name] = DECIMALS.has(name) ? Number(value) : value;
  }
  return JSON.stringify(fields);
}

/** Reads a reply against the uuid of the request that awaits it. */
export function readReply(text: string, uuid: string): ReplyRead {
  let json: unknown;
  try {
    json = withDecimalsAsText(JSON.parse(text));
  } catch {
    return { kind: 'error', code: 'UNREADABLE', message: 'expected a reply as JSON' };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { kind: 'error', code: 'UNREADABLE', message: 'expected a reply as one JSON object' };
  }
  const fields = json as Record<string, unknown>;
  if (fields['uuid'] === uuid) return { kind: 'ok', fields };
  const message = 'expected the uuid of the request in its reply, got another';
  return { kind: 'error', code: 'OTHER_UUID', message };
}

/** The uuids that a state of the account shows executed: comments of positions and deals. */
export function executedIn(fields: Readonly<Record<string, unknown>>): readonly string[] {
  return ['positions', 'deals'].flatMap((list) => {
    const items: unknown = fields[list];
    if (!Array.isArray(items)) return [];
    return items.flatMap((item: unknown) => {
      const comment = (item as { comment?: unknown } | null)?.comment;
      return typeof comment === 'string' ? [comment] : [];
    });
  });
}

/** The same value, changed in place: a reviver would be called for every part of it. */
function withDecimalsAsText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  for (const name in fields) {
    const field = fields[name];
    if (typeof field === 'object') withDecimalsAsText(field);
    else if (typeof field === 'number' && DECIMALS.has(name)) fields[name] = decimalText(field);
  }
  return value;
}

function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? new Decimal(text).toFixed() : text;
}
