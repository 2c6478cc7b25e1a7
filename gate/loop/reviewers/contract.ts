/**
 * What a reviewer is asked, and what it may answer.
 *
 * A verdict counts only if it names the hash of exactly what was reviewed and speaks of nothing
 * outside it. Everything else that a service can send is an outcome too, and none of those is a
 * pass.
 */
import * as v from 'valibot';
import type { Attempt } from '../time/wait-or-die.ts';

/** From the worst down; the first two fail the gate. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const FAILING: readonly Severity[] = ['critical', 'high'];

const FINDINGS_MAX = 200;
const TEXT_MAX = 4_000;

export const findingSchema = v.strictObject({
  severity: v.picklist(SEVERITIES),
  /** One of the reviewed files, as it was listed. */
  file: v.pipe(v.string(), v.minLength(1), v.maxLength(400)),
  /** From 1. */
  line: v.pipe(v.number(), v.integer(), v.minValue(1)),
  evidence: v.pipe(v.string(), v.minLength(1), v.maxLength(TEXT_MAX)),
});
export type Finding = v.InferOutput<typeof findingSchema>;

export const verdictSchema = v.strictObject({
  inputHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  verdict: v.picklist(['pass', 'fail']),
  summary: v.pipe(v.string(), v.maxLength(TEXT_MAX)),
  findings: v.pipe(v.array(findingSchema), v.maxLength(FINDINGS_MAX)),
});
export type ReviewVerdict = v.InferOutput<typeof verdictSchema>;

/** The same schema in the words that both services take. */
export const VERDICT_JSON_SCHEMA = {
  type: 'object',
  properties: {
    inputHash: { type: 'string', description: 'The inputHash of the request, unchanged.' },
    verdict: { type: 'string', enum: ['pass', 'fail'] },
    summary: { type: 'string', description: 'Three sentences at most.' },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          severity: { type: 'string', enum: [...SEVERITIES] },
          file: { type: 'string', description: 'A path of the request, unchanged.' },
          line: { type: 'integer', description: 'A line of that file, from 1.' },
          evidence: { type: 'string', description: 'What happens there, and why it is wrong.' },
        },
        required: ['severity', 'file', 'line', 'evidence'],
        additionalProperties: false,
      },
    },
  },
  required: ['inputHash', 'verdict', 'summary', 'findings'],
  additionalProperties: false,
} as const;

/** Tokens as the service counts them. */
export interface TokenUse {
  readonly input: number;
  readonly output: number;
}

/** What a service answered: a text that came to its end, or why it is no such text. */
export type Answer =
  | { readonly kind: 'whole'; readonly text: string; readonly model: string }
  | { readonly kind: 'flawed'; readonly reason: string };

export interface ReviewRequest {
  readonly system: string;
  /** The first says what is asked; each further one is a file, as data. */
  readonly parts: readonly string[];
  readonly model: string;
  readonly outputTokensMax: number;
}

/** One of the two services, ready to be asked. */
export interface Reviewer {
  /** For people: `Claude`. */
  readonly name: string;
  /**
   * Asks once. `spend` is told of tokens as they are counted, in all so far, also where the answer
   * is flawed. A service that does not answer, now or ever, is an outcome.
   */
  ask(
    request: ReviewRequest,
    signal: AbortSignal,
    spend: (use: TokenUse) => void,
  ): Promise<Attempt<Answer>>;
}
