/**
 * A request of the gateway's dialect as an operation of `interlock.v1`: decimals as text, and only
 * what the protocol has a name for.
 */
import type { Op } from '../protocol.ts';

export interface Asked {
  readonly op: Op;
  readonly body: Readonly<Record<string, unknown>>;
}

const DECIMALS: readonly string[] = ['volume', 'price', 'sl', 'tp'];
/** A sender's time is said with an order that opens, and the number of a request with orders. */
const UNSAID: Readonly<Record<string, readonly string[]>> = {
  OPEN: [],
  CLOSE: ['timestamp'],
};
const UNSAID_IN_QUERIES: readonly string[] = ['timestamp', 'request'];

/** What to ask the bridge, from the text that a gateway would read. */
export function askOf(text: string): Asked {
  const { action, ...fields } = JSON.parse(text) as { action: Op } & Record<string, unknown>;
  const unsaid = UNSAID[action] ?? UNSAID_IN_QUERIES;
  const said = Object.entries(fields)
    .filter(([name]) => !unsaid.includes(name))
    .map(([name, value]) => [name, DECIMALS.includes(name) ? String(value) : value]);
  return { op: action, body: Object.fromEntries(said) as Readonly<Record<string, unknown>> };
}
