/** A judged log as the JSON document that `lab check-log --json` prints. */
import { cutReservation, logDocument, wholePercent, withReservations } from '../../sim/index.ts';

import type { LogOutcome } from '../workers/log-contract.ts';

/** What a log came to, without the events that the page shows. */
export type JudgedLog = Pick<LogOutcome, 'result' | 'progress' | 'cancelled' | 'tookMs'>;

/** The document as text; `name` is the file's. */
export function logReport(
  name: string,
  { result, progress, cancelled, tookMs }: JudgedLog,
): string {
  const read = progress.bytes / Math.max(1, progress.bytesTotal);
  const reservations = cancelled ? [cutReservation(wholePercent(read))] : [];
  const document = logDocument({
    result,
    verdict: withReservations(result.verdict, reservations),
    name,
    cancelled,
    progress: read,
    reservations,
    expected: undefined,
    tookMs,
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}
