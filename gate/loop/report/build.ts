/** Puts the report together from what the stages left; decides nothing that they did not decide. */
import type { Facts, LoopContext } from '../run/context.ts';
import { finalText } from '../run/lines.ts';
import { type GateOutcome, REVIEWS, type StageEnds } from '../run/outcome.ts';
import { isAsked, STAGE_NAMES, type StageName } from '../run/stage.ts';
import { acceptanceRows } from './acceptance.ts';
import { REPORT_FORMAT, type Report } from './schema.ts';

/** What the wall clock saw of a run. */
export interface RunTimes {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly tookMs: ReadonlyMap<StageName, number>;
  readonly waits: ReadonlyMap<StageName, number>;
}

/** The report as it is written into report.json; `files` is how many the archive has. */
export function buildReport(
  context: LoopContext,
  ends: StageEnds,
  outcome: GateOutcome,
  times: RunTimes,
  files: number,
): Report {
  const { found, facts } = context;
  const { task } = found;
  return {
    format: REPORT_FORMAT,
    task: { task: task.task, title: task.title, file: found.file, sha256: found.sha256 },
    outcome: outcome.kind,
    verdict: outcome.verdict,
    line: finalText(outcome),
    reasons: outcome.reasons,
    tree: facts.tree ?? null,
    environment: { node: process.version, platform: process.platform, arch: process.arch },
    stages: STAGE_NAMES.map((stage) => {
      const end = ends.get(stage) ?? { kind: 'not-run', reason: 'not asked for' };
      return { stage, verdict: end.kind, reason: end.reason, asked: isAsked(task, stage) };
    }),
    acceptance: acceptanceRows(context, ends, outcome, files),
    build: facts.build ?? null,
    stress: facts.stress ?? null,
    searches: facts.searches ?? [],
    browser: facts.browser ?? null,
    live: facts.live ?? null,
    reviews: REVIEWS.flatMap((review) => facts.reviews[review] ?? []),
    registration: facts.registration ?? { kind: 'not-asked', id: null, url: null },
    times: timesOf(facts, times),
  };
}

function timesOf(facts: Facts, times: RunTimes): Report['times'] {
  const stages = STAGE_NAMES.flatMap((stage) => {
    const tookMs = times.tookMs.get(stage);
    if (tookMs === undefined) return [];
    const entry = { tookMs: Math.round(tookMs), waits: times.waits.get(stage) ?? 0 };
    return [[stage, entry] as const];
  });
  return {
    startedAt: times.startedAt.toISOString(),
    endedAt: times.endedAt.toISOString(),
    stages: Object.fromEntries(stages),
    measured: facts.measured,
  };
}
