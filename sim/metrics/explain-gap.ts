/**
 * Whether the fills that are missing explain what the aggregator is off by.
 *
 * Of a run they must add up to the gap to the cent. In a log every amount was rounded to cents by
 * itself, so they may be off by half a cent each, and by half a cent for each of the two totals.
 */
import type { Decimal } from '../base/money.ts';
import type { EventRef } from '../trace/event.ts';

/** A fill that a figure does not contain; the amount is in cents. */
export interface MissingFill {
  readonly order: number;
  readonly symbol: number;
  readonly cents: number;
  readonly at: EventRef;
}

export interface GapExplanation {
  /** What the fills add up to, in cents. */
  readonly sumCents: number;
  /** How far the gap may be from that sum, in cents. */
  readonly toleranceCents: number;
  readonly explained: boolean;
}

/** Compares the missing fills' sum with the gap, in the account's currency. */
export function explainGap(
  gap: Decimal,
  missing: readonly MissingFill[],
  printed: boolean,
): GapExplanation {
  const sumCents = missing.reduce((sum, fill) => sum + fill.cents, 0);
  const toleranceCents = printed ? (missing.length + 2) / 2 : 0;
  const explained = gap.times(100).minus(sumCents).abs().lte(toleranceCents);
  return { sumCents, toleranceCents, explained };
}
