/** How a stage ends because of a command that did not do what it was asked. */
import type { Finished } from '../process/command.ts';
import { complaintOf } from '../process/documents.ts';
import { CANCELLED, died, failed, type StageEnd } from '../run/stage.ts';

/**
 * Undefined where the command exited with one of `statuses`; otherwise the end of its stage. What
 * could not start, hung or was ended is a death, and so is status 3, which says that something was
 * not available. Any other status is a failure.
 */
export function troubleOf(
  what: string,
  finished: Finished,
  statuses: readonly number[],
): StageEnd | undefined {
  switch (finished.kind) {
    case 'cancelled':
      return CANCELLED;
    case 'exited': {
      if (statuses.includes(finished.status ?? -1)) return undefined;
      const reason = `${what}: ${complaintOf(finished)}`;
      return finished.status === 3 ? died(reason) : failed(reason);
    }
    default:
      return died(`${what}: ${finished.how}`);
  }
}
