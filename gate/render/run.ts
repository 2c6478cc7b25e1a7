/**
 * A run as a page of text: verdict, acceptance, checks, evidence, figures, and how to see it again.
 */
import { acceptanceTable, type CheckResult } from '../../sim/index.ts';
import type { RunReport } from '../report/report.ts';
import { acceptanceLines } from './acceptance.ts';
import { checkLines, checkTally } from './checks.ts';
import { count, duration, rate } from './figures.ts';
import { lockLines } from './lock.ts';
import { moneyLines } from './money.ts';
import { expectedEntry, reservationLines, sceneLines } from './scene.ts';
import { named, section } from './section.ts';
import { storyLines } from './explore-story.ts';
import { glyph, paint, type Style } from './style.ts';
import { plain, wrap } from './text.ts';
import { splitLines, verdictLines } from './verdict.ts';

/** The whole page. */
export function runLines(style: Style, report: RunReport): string[] {
  const { result } = report;
  const { symbols } = result.scenario;
  const timeline = { symbolNames: symbols.map((symbol) => symbol.name), axis: 'time' } as const;
  return [
    ...header(style, report),
    '',
    ...verdictLines(style, { ...report, checks: judged(report), lock: result.lock, source: 'run' }),
    ...split(style, report),
    ...reservationLines(style, report),
    ...storyLines(style, report.story),
    ...acceptance(style, report),
    ...section(style, 'Checks', checkTally(result.checks), checkLines(style, result.checks)),
    ...sceneLines(style, report.scene, { ...timeline, taskNames: result.taskNames }),
    ...section(style, 'Lock', '', lockLines(style, result.lock, result.elapsedUs)),
    ...section(
      style,
      'Money',
      'difference = ledger - aggregator',
      moneyLines(style, result.pnl, 'event'),
    ),
    '',
    ...named(style, footer(style, report)),
  ];
}

/** The checks that the verdict speaks of; of a replay, durations say nothing. */
function judged({ result, schedule }: RunReport): readonly CheckResult[] {
  return schedule === undefined ? result.checks : result.checks.filter(({ required }) => required);
}

/** The acceptance, which is about time: of a replay, whose time is abstract, there is none. */
function acceptance(style: Style, { result, schedule }: RunReport): string[] {
  if (schedule !== undefined) return [];
  return section(style, 'Acceptance', '', acceptanceLines(style, acceptanceTable(result)));
}

function header(style: Style, report: RunReport): string[] {
  const { scenario } = report.result;
  const dot = paint(style, 'faint', ` ${glyph(style, 'dot')} `);
  const name = paint(style, 'heading', plain(report.name));
  const head = ['Interlock', name, `seed ${scenario.seed}`].join(dot);
  const prose = [scenario.title, report.shows].filter((text) => text !== undefined && text !== '');
  return [head, ...prose.flatMap((text) => wrap(plain(text ?? ''), style.columns))];
}

function split(style: Style, { result, verdict }: RunReport): string[] {
  const exclusion = result.checks.find((check) => check.id === 'lock.exclusion');
  if (exclusion?.verdict !== 'violated') return [];
  return splitLines(style, result.lock, verdict);
}

function footer(style: Style, report: RunReport): [string, string][] {
  const { result } = report;
  const seconds = report.tookMs / 1_000;
  const pace = seconds > 0 ? `, ${rate(result.ticks / seconds)} ticks/s` : '';
  const took = `${duration(report.tookMs * 1_000)}${pace}`;
  const size = `${count(result.ticks)} ticks, ${count(result.events)} events`;
  return [
    ['Digest', result.digest + kept(style, report)],
    ['Open', report.url],
    ['Again', report.again],
    ...(report.files === undefined ? [] : [written(report.files)]),
    ['Took', took],
    ['Size', `${size}, ${duration(result.elapsedUs)} of virtual time`],
    ...expectedEntry(style, report.expected),
  ];
}

function kept(style: Style, { promised }: RunReport): string {
  if (promised === undefined) return '';
  return promised.kept
    ? paint(style, 'passed', '  the same as in the link')
    : paint(style, 'violated', `  differs from the link's ${promised.digest}`);
}

function written(files: { directory: string; names: readonly string[] }): [string, string] {
  return ['Wrote', `${files.names.join(', ')} in ${plain(files.directory)}`];
}
