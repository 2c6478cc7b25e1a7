/** Where the first violation of a set of checks is, so that it can be looked at. */
import type { CheckId, CheckResult, EventRef } from '../../sim/index.ts';

export interface Place {
  readonly check: CheckId;
  /** The event that broke the rule: the last that its evidence speaks of. */
  readonly seq: number;
  readonly marks: readonly EventRef[];
}

/** The place of the earliest violation whose evidence names one; required checks come first. */
export function firstPlace(checks: readonly CheckResult[]): Place | undefined {
  const places = checks.filter((check) => check.verdict === 'violated').flatMap(placeOf);
  const required = places.filter((place) => place.required);
  const [first] = (required.length > 0 ? required : places).sort((x, y) => x.seq - y.seq);
  return first;
}

function placeOf(check: CheckResult): (Place & { required: boolean })[] {
  const marks = check.evidence.find((one) => one.at.length > 0)?.at;
  if (marks === undefined) return [];
  const seq = Math.max(...marks.map((ref) => ref.seq));
  return [{ check: check.id, seq, marks, required: check.required }];
}
