/** The judgement of a log as a page of text: what its counters say, and what they hide. */
import type { LogReport } from '../report/report.ts';
import { checkLines, checkTally } from './checks.ts';
import { bytes, count, duration, plural, rate } from './figures.ts';
import { lockLines } from './lock.ts';
import { moneyLines } from './money.ts';
import { expectedEntry, reservationLines, sceneLines } from './scene.ts';
import { named, section } from './section.ts';
import { glyph, paint, type Style } from './style.ts';
import { hang, plain } from './text.ts';
import { splitLines, verdictLines } from './verdict.ts';

/** The whole page. */
export function logLines(style: Style, report: LogReport): string[] {
  const { result } = report;
  const { symbolNames, pnl } = result;
  const timed = isTimed(report);
  const names = { symbolNames, taskNames: [], axis: timed ? 'time' : 'line' } as const;
  const money = pnl === undefined ? [] : moneyLines(style, pnl, 'line');
  const elapsedUs = timed ? result.elapsedUs : undefined;
  return [
    header(style, report),
    '',
    ...verdictLines(style, { ...report, checks: result.checks, lock: result.lock, source: 'log' }),
    ...splitLines(style, result.lock, report.verdict),
    ...reservationLines(style, report),
    ...section(style, 'Checks', checkTally(result.checks), checkLines(style, result.checks)),
    ...sceneLines(style, report.scene, names),
    ...section(style, 'Lock', '', lockLines(style, result.lock, elapsedUs)),
    ...section(style, 'Money', 'as printed', money),
    ...section(
      style,
      'Notes',
      '',
      result.notes.flatMap((note) => hang('  ', plain(note), style.columns)),
    ),
    '',
    ...named(style, footer(style, report)),
  ];
}

/**
 * Whether times mean something: every lock line has one, which is what capacity needs, and they
 * move.
 */
function isTimed({ result }: LogReport): boolean {
  const capacity = result.checks.find((check) => check.id === 'lock.capacity');
  return result.elapsedUs > 0 && capacity?.required === true;
}

function header(style: Style, { name, result }: LogReport): string {
  const dot = paint(style, 'faint', ` ${glyph(style, 'dot')} `);
  const size = `${plural(result.lines, 'line')}, ${bytes(result.bytes)}`;
  return ['Interlock', paint(style, 'heading', plain(name)), size].join(dot);
}

function footer(style: Style, report: LogReport): [string, string][] {
  const { result } = report;
  const seconds = report.tookMs / 1_000;
  const pace = seconds > 0 ? `, ${rate(result.events / seconds)} events/s` : '';
  const took = `${duration(report.tookMs * 1_000)} for ${count(result.events)} events${pace}`;
  return [['Again', report.again], ['Took', took], ...expectedEntry(style, report.expected)];
}
