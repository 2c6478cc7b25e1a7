/**
 * What an order desk has to know again after a restart: its position, its ledger, its open order.
 */
import type { OrderEffect } from '../trace/event.ts';

/** An order on its way, or one whose outcome is not known. */
export interface PendingOrder {
  readonly order: number;
  readonly effect: OrderEffect;
  readonly exposureBp: number;
  /** The position that a closing order closes. */
  readonly ticket: number;
  readonly signal: number;
}

/** What a desk has to know again after a restart. */
export interface DeskMemory {
  /** The open position as the engine believes it to be; ticket 0 is flat. */
  readonly ticket: number;
  readonly heldBp: number;
  /** The order that is on its way, or whose outcome is not known. */
  readonly open: PendingOrder | undefined;
  /** What it has booked: executions, and what they realised in cents. */
  readonly executions: number;
  readonly realisedCents: number;
}
