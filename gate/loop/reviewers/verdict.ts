/**
 * Turns the text of an answer into a verdict, or says why it is none.
 *
 * An answer is a verdict only if it is one JSON object of the schema, names the hash of what was
 * reviewed, and names no file and no line outside it.
 */
import * as v from 'valibot';
import type { Result } from '../../../sim/index.ts';
import { clip, plain } from '../../render/text.ts';
import { FAILING, type ReviewVerdict, verdictSchema } from './contract.ts';
import type { ReviewInput } from './input.ts';

const SHOWN_MAX = 120;

/** The verdict in the answer, or one sentence on why there is none. */
export function readVerdict(text: string, input: ReviewInput): Result<ReviewVerdict, string> {
  if (text.trim() === '') return { kind: 'error', error: 'the answer is empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'error', error: `the answer is not JSON: ${shown(text)}` };
  }
  return judgeVerdict(value, input);
}

/** As `readVerdict`, for a value that has been parsed already. */
export function judgeVerdict(value: unknown, input: ReviewInput): Result<ReviewVerdict, string> {
  const parsed = v.safeParse(verdictSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const place = v.getDotPath(issue) ?? 'the answer';
    return { kind: 'error', error: `the answer is no verdict: ${place}: ${shown(issue.message)}` };
  }
  const verdict = parsed.output;
  if (verdict.inputHash !== input.inputHash) {
    const [came, expected] = [verdict.inputHash, input.inputHash].map((hash) => hash.slice(0, 12));
    return { kind: 'error', error: `the verdict is on ${came}..., not on ${expected}...` };
  }
  for (const { file, line } of verdict.findings) {
    const reviewed = input.files.find(({ path }) => path === file);
    if (reviewed === undefined) {
      return { kind: 'error', error: `a finding names ${shown(file)}, which was not reviewed` };
    }
    if (line > Math.max(1, reviewed.lines)) {
      const place = `${file}:${line}, but it has ${reviewed.lines} lines`;
      return { kind: 'error', error: `a finding names ${place}` };
    }
  }
  return { kind: 'ok', value: verdict };
}

/** Whether the gate may pass with this verdict: it says so, and no finding of it says otherwise. */
export function passes(verdict: ReviewVerdict): boolean {
  const grave = verdict.findings.some(({ severity }) => FAILING.includes(severity));
  return verdict.verdict === 'pass' && !grave;
}

function shown(text: string): string {
  return clip(plain(text), SHOWN_MAX);
}
