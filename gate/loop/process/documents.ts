/**
 * What the loop relies on in the documents that the project's commands print, and nothing more.
 *
 * A document that lacks a field of the contract is refused: a command that says less than it
 * promised proves nothing.
 */
import * as v from 'valibot';
import type { Result } from '../../../sim/index.ts';
import { clip, plain } from '../../render/text.ts';
import type { Finished } from './command.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const verdict = v.picklist(['passed', 'violated', 'inconclusive']);
const check = v.object({
  id: v.string(),
  verdict,
  required: v.boolean(),
  examined: count,
  count,
  measured: v.optional(v.record(v.string(), v.unknown()), {}),
});
const percentiles = v.object({ samples: count, p50: v.number(), p99: v.number(), max: v.number() });

export const runDocumentSchema = v.object({
  verdict,
  checks: v.array(check),
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  lock: v.object({
    acquires: count,
    releases: count,
    maxHolders: count,
    overlaps: count,
    queueDepthMax: count,
    waitUs: percentiles,
    holdUs: percentiles,
  }),
  ticks: count,
  trades: count,
  pnl: v.object({
    perSymbol: v.record(v.string(), v.string()),
    ledgerTotal: v.string(),
    aggregatorTotal: v.string(),
    difference: v.string(),
    symbols: v.array(
      v.object({
        name: v.string(),
        ledger: v.string(),
        aggregator: v.string(),
        difference: v.string(),
        trades: count,
      }),
    ),
  }),
  seed: count,
  complete: v.boolean(),
  url: v.string(),
  acceptance: v.array(
    v.object({
      id: v.string(),
      criterion: v.string(),
      target: v.string(),
      measured: v.string(),
      verdict: v.picklist(['passed', 'violated', 'inconclusive', 'not-run']),
    }),
  ),
  scenario: v.record(v.string(), v.unknown()),
});
export type RunDocument = v.InferOutput<typeof runDocumentSchema>;

/** The judgement of a log. */
export const logDocumentSchema = v.object({ verdict, checks: v.array(check) });

export const exploreDocumentSchema = v.object({
  verdict,
  schedules: count,
  complete: v.boolean(),
  scope: v.unknown(),
  /** What a search that is not complete may have missed, where its strategy bounds that. */
  guarantee: v.nullish(v.object({ missBound: v.number() })),
  violation: v.nullable(
    v.object({
      check: v.string(),
      url: v.string(),
      steps: v.union([
        count,
        v.pipe(
          v.array(v.unknown()),
          v.transform((steps) => steps.length),
        ),
      ]),
    }),
  ),
});

/** A live session; one that did not trade through the bridge is not what a task asks for. */
export const liveDocumentSchema = v.object({
  verdict,
  checks: v.pipe(v.array(check), v.minLength(1, 'expected checks')),
  bridge: v.literal(true, 'expected a session through the bridge'),
  gateway: v.literal('reference', 'expected the reference gateway'),
  orders: v.object({ sent: v.literal(true, 'expected orders that were sent') }),
  trades: count,
  lock: v.object({ acquires: count, releases: count, maxHolders: count }),
});

/** Vitest's JSON reporter. */
export const unitDocumentSchema = v.object({
  success: v.boolean(),
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  testResults: v.optional(
    v.array(
      v.object({
        assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
      }),
    ),
    [],
  ),
});
export type UnitDocument = v.InferOutput<typeof unitDocumentSchema>;

interface Suite {
  readonly specs?: readonly Spec[] | undefined;
  readonly suites?: readonly Suite[] | undefined;
}
interface Spec {
  readonly title: string;
  readonly ok: boolean;
  readonly tests: readonly { readonly status: string }[];
}

const suite: v.GenericSchema<Suite> = v.object({
  specs: v.optional(
    v.array(
      v.object({
        title: v.string(),
        ok: v.boolean(),
        tests: v.array(v.object({ status: v.string() })),
      }),
    ),
  ),
  suites: v.optional(v.array(v.lazy(() => suite))),
});

/** Playwright's JSON reporter. */
export const browserDocumentSchema = v.object({
  suites: v.array(suite),
  stats: v.object({ expected: count, unexpected: count, flaky: count, skipped: count }),
  errors: v.array(v.unknown()),
});

/** Titles of the browser tests that ran and passed. */
export function passedTitles(suites: readonly Suite[]): string[] {
  return suites.flatMap((each) => [
    ...(each.specs ?? [])
      .filter(({ ok, tests }) => ok && tests.some(({ status }) => status === 'expected'))
      .map(({ title }) => title),
    ...passedTitles(each.suites ?? []),
  ]);
}

/** The document in a text, or one sentence on why there is none. */
export function readDocument<T extends v.GenericSchema>(
  schema: T,
  text: string,
): Result<v.InferOutput<T>, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'error', error: 'expected one JSON document' };
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return { kind: 'ok', value: parsed.output };
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue) ?? 'the document';
  return { kind: 'error', error: `${place}: ${clip(plain(issue.message), 120)}` };
}

/** What a command said went wrong: its error document, its first line on an error, or its last. */
export function complaintOf(finished: Finished): string {
  const error = readDocument(v.object({ error: v.object({ message: v.string() }) }), finished.out);
  if (error.kind === 'ok') return `${finished.how}: ${clip(plain(error.value.error.message), 200)}`;
  const lines = finished.log.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((each) => /\b(?:error|expected)\b/i.test(each)) ?? lines.at(-1);
  return line === undefined ? finished.how : `${finished.how}: ${clip(plain(line.trim()), 160)}`;
}
