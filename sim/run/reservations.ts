/**
 * Why an outcome is worth less than its checks: it was cut short, or is not the run of a link.
 *
 * Invariant: a reservation never makes a verdict better, and a violation stays one.
 */
import type { Verdict } from '../check/contract.ts';
import { formatDuration } from '../base/time.ts';
import type { PromisedDigest } from './document.ts';
import type { RunResult } from './result.ts';

/** How a run or a reading ended. */
export interface Ending {
  readonly cancelled: boolean;
  /** How much was judged, 0 to 1. */
  readonly progress: number;
}

/** What is to be said against a run, a sentence each. */
export function runReservations(
  result: Pick<RunResult, 'complete' | 'elapsedUs'>,
  { cancelled, progress }: Ending,
  promised: PromisedDigest | undefined,
): string[] {
  const reservations: string[] = [];
  if (cancelled) reservations.push(cutReservation(wholePercent(progress)));
  else if (!result.complete) {
    const span = formatDuration(result.elapsedUs);
    reservations.push(`The run was cut short at ${span} of virtual time.`);
  }
  if (promised?.kept === false) {
    reservations.push(
      `The digest is not the one of the link (${promised.digest}), so this is another run than the ` +
        'one that was shared: the link was changed, or made by another version.',
    );
  }
  return reservations;
}

/** Says that only a part was judged: `part` is a share or a size, `41 %`. */
export function cutReservation(part: string): string {
  return `Cancelled: only the first ${part} were judged.`;
}

/** A share from 0 to 1 in whole per cent, rounded down: `41 %`. */
export function wholePercent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

/** The verdict under its reservations: what was cut short or is another run is not passed. */
export function withReservations(verdict: Verdict, reservations: readonly string[]): Verdict {
  return verdict === 'passed' && reservations.length > 0 ? 'inconclusive' : verdict;
}

/** What came of the digest that a link promised; nothing is held against a run cut short. */
export function promisedDigest(
  digest: string | undefined,
  result: Pick<RunResult, 'complete' | 'digest'>,
): PromisedDigest | undefined {
  if (digest === undefined || !result.complete) return undefined;
  return { digest, kept: result.digest.startsWith(digest) };
}
