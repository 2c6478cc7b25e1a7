/**
 * An exploration as a JSON document: the fields of the contract first, then what else is worth it.
 */
import type { Story, StoryStep } from '../../sim/index.ts';
import { hangingOf, livenessText } from '../render/explore-liveness.ts';
import type { ExploreReport } from '../report/explore-report.ts';
import type { Violation } from '../report/exploration.ts';
import { shardDocument } from '../explore/shard-document.ts';

/** The document. `violation` is null without one; `shard`, of a part only, is what merges read. */
export function exploreDocument(report: ExploreReport): object {
  const { result, violation, named } = report;
  const hanging = hangingOf(report);
  return {
    verdict: report.verdict,
    conclusion: result.conclusion,
    schedules: result.schedules,
    complete: result.complete,
    scope: result.scope,
    violation: violation === undefined ? null : violationDocument(violation, report.url ?? ''),
    name: named.name,
    title: named.scenario.title,
    strategy: result.strategyName,
    guarantee: result.guarantee ?? null,
    liveness: hanging === undefined ? null : { ...hanging, text: livenessText(hanging).join(' ') },
    cancelled: report.cancelled,
    failure: report.failure ?? null,
    expected: report.expected ?? null,
    search: result,
    ...(result.shards.count === 1 ? {} : { shard: shardDocument(report) }),
    tookMs: report.tookMs,
  };
}

/** The steps of a story, numbered from 1; `seq` is the place in the trace. */
export function storyDocument(story: Story): object[] {
  return story.steps.map((step, at) => stepDocument(step, at + 1));
}

function violationDocument({ check, shrunk, story }: Violation, url: string): object {
  const { target, schedule, attempt, choicesBefore, replays, minimal } = shrunk;
  return {
    check,
    url,
    steps: storyDocument(story),
    finding: story.finding ?? null,
    inevitable: story.inevitable,
    schedule,
    digest: attempt.digest,
    scenario: target.value,
    shrink: { choicesBefore, choices: schedule.length, replays, minimal },
  };
}

function stepDocument({ at, text, clauses, choices, inevitable }: StoryStep, step: number): object {
  return { step, text, seq: at.seq, clauses, choices, inevitable };
}
