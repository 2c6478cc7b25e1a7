/**
 * report.json: what a run of the loop found, as a schema that writer and verifier share.
 *
 * Everything but `times` is a function of the tree, the task and the reviewers' answers; times and
 * measured speeds stand apart, in `times`. Money is decimal text.
 */
import * as v from 'valibot';
import { findingSchema } from '../reviewers/contract.ts';
import { OUTCOME_KINDS } from '../run/outcome.ts';
import { STAGE_NAMES } from '../run/stage.ts';

export const REPORT_FORMAT = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const verdict = v.picklist(['passed', 'violated', 'inconclusive']);
const nullable = <T extends v.GenericSchema>(schema: T) => v.nullable(schema);
const listOf = <T extends v.GenericSchema>(schema: T) => v.pipe(v.array(schema), v.readonly());

export const treeSchema = v.strictObject({
  commit: nullable(v.string()),
  clean: v.boolean(),
  files: count,
  /** Over the hash and the path of every file that is not ignored. */
  sha256: hash,
  /** What the tree has beyond its commit, and where that is recorded. */
  difference: nullable(
    v.strictObject({ file: v.string(), sha256: hash, changed: count, untracked: count }),
  ),
});

export const buildSchema = v.strictObject({
  steps: listOf(v.strictObject({ name: v.string(), passed: v.boolean(), again: v.string() })),
  tests: nullable(v.strictObject({ passed: count, failed: count, skipped: count })),
});

const checkSchema = v.strictObject({
  id: v.string(),
  verdict,
  required: v.boolean(),
  examined: count,
  count,
});

export const rowSchema = v.strictObject({
  id: v.string(),
  criterion: v.string(),
  target: v.string(),
  measured: v.string(),
  verdict: v.picklist(['passed', 'violated', 'inconclusive', 'not-run']),
  /** One command that shows it again. */
  again: v.string(),
  /** One link that shows it again, where there is one. */
  link: nullable(v.string()),
});

export const pnlSchema = v.strictObject({
  perSymbol: listOf(
    v.strictObject({
      symbol: v.string(),
      ledger: v.string(),
      aggregator: v.string(),
      difference: v.string(),
      trades: count,
    }),
  ),
  ledgerTotal: v.string(),
  aggregatorTotal: v.string(),
  difference: v.string(),
});

const percentiles = v.strictObject({
  samples: count,
  p50: v.number(),
  p99: v.number(),
  max: v.number(),
});

export const lockSchema = v.strictObject({
  acquires: count,
  releases: count,
  maxHolders: count,
  overlaps: count,
  queueDepthMax: count,
  /** Microseconds of virtual time. */
  waitUs: percentiles,
  holdUs: percentiles,
});

export const runReportSchema = v.strictObject({
  scenario: v.string(),
  expected: v.string(),
  met: v.boolean(),
  verdict,
  digest: v.string(),
  ticks: count,
  trades: count,
  checks: listOf(checkSchema),
  thresholds: listOf(
    v.strictObject({
      name: v.string(),
      target: v.string(),
      measured: v.string(),
      met: v.boolean(),
    }),
  ),
  lock: lockSchema,
  pnl: pnlSchema,
  again: v.string(),
  link: v.string(),
});

export const stressSchema = v.strictObject({
  /** The scenario whose run fills the rows A1 to A7. */
  main: v.string(),
  runs: listOf(runReportSchema),
  /** What `grep -c` counts in STRESS_TEST.log. */
  logCounts: nullable(v.record(v.string(), count)),
});

export const searchReportSchema = v.strictObject({
  scenario: v.string(),
  strategy: v.string(),
  want: v.string(),
  met: v.boolean(),
  verdict,
  schedules: count,
  complete: v.boolean(),
  scope: v.string(),
  /** The chance that the search missed a defect of its depth, where the strategy bounds it. */
  missBound: nullable(v.number()),
  violation: nullable(v.strictObject({ check: v.string(), link: v.string(), steps: count })),
  again: v.string(),
});

export const browserSchema = v.strictObject({
  passed: count,
  failed: count,
  flaky: count,
  skipped: count,
  proofs: listOf(v.strictObject({ word: v.string(), tests: listOf(v.string()) })),
  /** Scenarios that the page ran to the digest of the command line. */
  sameDigest: listOf(v.string()),
});

/** What was counted in a live session differs each time, so it stands with the times. */
export const liveSchema = v.strictObject({
  scenario: v.string(),
  verdict,
  checks: listOf(v.strictObject({ id: v.string(), verdict, required: v.boolean() })),
  again: v.string(),
});

export const reviewReportSchema = v.strictObject({
  review: v.picklist(['logic-review', 'context-review']),
  source: v.picklist(['asked', 'recorded', 'not-run']),
  reviewer: v.string(),
  model: v.string(),
  inputHash: hash,
  files: listOf(v.strictObject({ path: v.string(), bytes: count, lines: count, sha256: hash })),
  bytes: count,
  verdict: nullable(v.picklist(['pass', 'fail'])),
  summary: v.string(),
  findings: listOf(findingSchema),
  tokens: v.strictObject({ input: count, output: count }),
  attempts: count,
});

export const registrationSchema = v.strictObject({
  kind: v.picklist(['not-asked', 'not-configured', 'not-run', 'failed', 'registered']),
  id: nullable(v.string()),
  url: nullable(v.string()),
});

const timesSchema = v.strictObject({
  startedAt: v.string(),
  endedAt: v.string(),
  stages: v.record(v.string(), v.strictObject({ tookMs: v.number(), waits: count })),
  /** Figures of the wall clock: a live session's, and how fast scenarios ran. */
  measured: listOf(v.strictObject({ what: v.string(), value: v.string() })),
});

export const reportSchema = v.strictObject({
  format: v.literal(REPORT_FORMAT),
  task: v.strictObject({ task: v.string(), title: v.string(), file: v.string(), sha256: hash }),
  outcome: v.picklist(OUTCOME_KINDS),
  verdict,
  line: v.string(),
  reasons: listOf(v.string()),
  tree: nullable(treeSchema),
  environment: v.strictObject({ node: v.string(), platform: v.string(), arch: v.string() }),
  stages: listOf(
    v.strictObject({
      stage: v.picklist(STAGE_NAMES),
      verdict: v.picklist(['pass', 'fail', 'die', 'cancelled', 'not-run', 'crash']),
      reason: v.string(),
      asked: v.boolean(),
    }),
  ),
  acceptance: listOf(rowSchema),
  build: nullable(buildSchema),
  stress: nullable(stressSchema),
  searches: listOf(searchReportSchema),
  browser: nullable(browserSchema),
  live: nullable(liveSchema),
  reviews: listOf(reviewReportSchema),
  registration: registrationSchema,
  times: timesSchema,
});

export type Report = v.InferOutput<typeof reportSchema>;
export type TreeFacts = v.InferOutput<typeof treeSchema>;
export type BuildFacts = v.InferOutput<typeof buildSchema>;
export type RunFacts = v.InferOutput<typeof runReportSchema>;
export type StressFacts = v.InferOutput<typeof stressSchema>;
export type SearchFacts = v.InferOutput<typeof searchReportSchema>;
export type BrowserFacts = v.InferOutput<typeof browserSchema>;
export type LiveFacts = v.InferOutput<typeof liveSchema>;
export type ReviewFacts = v.InferOutput<typeof reviewReportSchema>;
export type RegistrationFacts = v.InferOutput<typeof registrationSchema>;
export type AcceptanceRowFacts = v.InferOutput<typeof rowSchema>;
