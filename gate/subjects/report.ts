/** What is told of an explored lock: a page for people, a document for scripts, a case for CI. */
import { type AsyncScope, encodeSchedule, type Verdict } from '../../sim/index.ts';
import { storyDocument } from '../documents/explore.ts';
import { junitCase, PLAIN } from '../documents/explore-junit.ts';
import { type Entry, pageLines } from '../render/explore.ts';
import { duration, plural } from '../render/figures.ts';
import { expectedEntry } from '../render/scene.ts';
import { glyph, paint, type Style } from '../render/style.ts';
import { plain, wrap } from '../render/text.ts';
import type { Expected } from '../report/expectation.ts';
import type { Exploration, Violation } from '../report/exploration.ts';
import type { SubjectSource } from './source.ts';

export interface SubjectReport {
  readonly exploration: Exploration<AsyncScope>;
  readonly source: SubjectSource;
  readonly scope: AsyncScope;
  readonly verdict: Verdict;
  readonly cancelled: boolean;
  readonly expected: Expected | undefined;
  /** The link that replays the violation; undefined where there is none that fits. */
  readonly url: string | undefined;
  /** The command line that gives this outcome again. */
  readonly again: string;
}

/** The page. */
export function subjectLines(style: Style, report: SubjectReport): string[] {
  const { exploration, source, verdict } = report;
  const dot = paint(style, 'faint', ` ${glyph(style, 'dot')} `);
  const head = ['Interlock', paint(style, 'heading', plain(source.title))].join(dot);
  return pageLines(style, exploration, {
    header: [head, ...wrap(plain(source.about), style.columns).filter((line) => line !== '')],
    verdict,
    sizes: sizes(report),
    footer: [
      ...(report.url === undefined ? [] : [['Replay', report.url] as const]),
      ['Again', report.again],
      ['Took', duration(exploration.tookMs * 1_000)],
      ...expectedEntry(style, report.expected),
    ],
  });
}

/** The document: the fields of the contract first. */
export function subjectDocument(report: SubjectReport): object {
  const { exploration, source, scope } = report;
  const { result, violation } = exploration;
  return {
    verdict: report.verdict,
    conclusion: result.conclusion,
    schedules: result.schedules,
    complete: result.complete,
    scope: result.scope,
    violation: violation === undefined ? null : violationDocument(violation, report.url),
    name: source.name,
    title: source.title,
    clients: scope.clients,
    rounds: scope.rounds,
    strategy: result.strategyName,
    guarantee: result.guarantee ?? null,
    cancelled: report.cancelled,
    expected: report.expected ?? null,
    search: result,
    tookMs: exploration.tookMs,
  };
}

/** The XML document of one case. */
export function subjectJunit(report: SubjectReport): string[] {
  const { exploration, source, verdict } = report;
  return junitCase(exploration, source.title, verdict, subjectLines(PLAIN, report));
}

function violationDocument(
  { check, shrunk, story }: Violation<AsyncScope>,
  url: string | undefined,
): object {
  const { target, schedule, attempt, choicesBefore, replays, minimal } = shrunk;
  return {
    check,
    url: url ?? null,
    steps: storyDocument(story),
    finding: story.finding ?? null,
    inevitable: story.inevitable,
    clients: target.value.clients,
    rounds: target.value.rounds,
    schedule: encodeSchedule(schedule),
    digest: attempt.digest,
    shrink: { choicesBefore, choices: schedule.length, replays, minimal },
  };
}

function sizes({ exploration: { violation }, scope }: SubjectReport): Entry[] {
  if (violation === undefined) return [];
  return [['use', `${sizeOf(scope)} to ${sizeOf(violation.shrunk.target.value)}`]];
}

function sizeOf({ clients, rounds }: AsyncScope): string {
  return `${plural(clients, 'client')} with ${plural(rounds, 'round')}`;
}
