/**
 * A verdict that was given earlier and kept in a file.
 *
 * It counts exactly as one that is given now: it must name the hash of what stands in the tree, and
 * speak of nothing outside it.
 */
import * as v from 'valibot';
import { readTextFile } from '../../input/file.ts';
import { type Outcome, refuse } from '../../shell/outcome.ts';
import type { ReviewName } from '../run/stage.ts';
import { verdictSchema } from './contract.ts';

const RECORDED_BYTES_MAX = 4_000_000;
const RECORD_FORMAT = 1;

/** A recorded verdict: which review, who gave it, and what it says. */
export const recordSchema = v.strictObject({
  format: v.literal(RECORD_FORMAT),
  review: v.picklist(['logic-review', 'context-review']),
  reviewer: v.pipe(v.string(), v.maxLength(100)),
  model: v.pipe(v.string(), v.maxLength(100)),
  verdict: verdictSchema,
});
export type RecordedReview = v.InferOutput<typeof recordSchema>;

export function recordOf(review: Omit<RecordedReview, 'format'>): RecordedReview {
  return { format: RECORD_FORMAT, ...review };
}

/** Reads the verdicts of these files; two for the same review are refused. */
export async function readRecorded(
  paths: readonly string[],
): Promise<Outcome<ReadonlyMap<ReviewName, RecordedReview>>> {
  const records = new Map<ReviewName, RecordedReview>();
  for (const path of paths) {
    const text = await readTextFile(path, RECORDED_BYTES_MAX);
    if (text.kind === 'error') return text;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), recordSchema), text.value);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      const place = v.getDotPath(issue) ?? 'the file';
      return refuse(
        'bad-review',
        `${path}: expected a recorded review; ${place}: ${issue.message}`,
      );
    }
    const { review } = parsed.output;
    if (records.has(review)) {
      return refuse('bad-review', `expected one recorded ${review}, got a second in ${path}`);
    }
    records.set(review, parsed.output);
  }
  return { kind: 'ok', value: records };
}
