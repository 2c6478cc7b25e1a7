/** Where the first violation of a set of checks is, so that it can be looked at. */
import type { CheckId, CheckResult, EventRef } from '../../sim/index.ts';

export interface Place {
  readonly check: CheckId;
  /** The event that broke the rule: the last that its evidence speaks of. */
  readonly seq: number;
  readonly marks: readonly EventRef[];
}

/**
 * The place of the earliest violation whose evidence names one; required checks come first. Of a
 * wrong total it is not the total, which comes last, but `partedAt`, where the books parted for
 * good.
 */
export function firstPlace(
  checks: readonly CheckResult[],
  partedAt: EventRef | undefined,
): Place | undefined {
  const places = checks
    .filter((check) => check.verdict === 'violated')
    .flatMap((check) => placeOf(check, check.id === 'pnl.total' ? partedAt : undefined));
  const required = places.filter((place) => place.required);
  const [first] = (required.length > 0 ? required : places).sort((x, y) => x.seq - y.seq);
  return first;
}

function placeOf(
  check: CheckResult,
  better: EventRef | undefined,
): (Place & { required: boolean })[] {
  const told = check.evidence.find((one) => one.at.length > 0)?.at;
  const marks = better === undefined ? told : [better];
  if (marks === undefined) return [];
  const seq = Math.max(...marks.map((ref) => ref.seq));
  return [{ check: check.id, seq, marks, required: check.required }];
}
