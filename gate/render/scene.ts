/**
 * What both kinds of page share: the first violation drawn, reservations, expectation met or not.
 */
import type { Expected } from '../report/expectation.ts';
import type { Scene } from '../report/report.ts';
import { section } from './section.ts';
import { paint, type Style } from './style.ts';
import { hang, plain } from './text.ts';
import { timelineLines, type TimelineView } from './timeline.ts';

/** The timeline of the first violation, as a section; nothing where there is none to draw. */
export function sceneLines(
  style: Style,
  scene: Scene | undefined,
  names: Pick<TimelineView, 'symbolNames' | 'taskNames' | 'axis'>,
): string[] {
  if (scene === undefined) return [];
  const { picture, marks, check } = scene;
  const title = names.axis === 'time' ? check : `${check}, by lines`;
  return section(
    style,
    'First violation',
    title,
    timelineLines(style, { picture, marks, ...names }),
  );
}

/** Why the outcome is worth less than its checks say; nothing where the verdict already says so. */
export function reservationLines(
  style: Style,
  report: { readonly verdict: string; readonly reservations: readonly string[] },
): string[] {
  if (report.verdict === 'inconclusive') return [];
  return report.reservations.flatMap((text) => hang('  ', plain(text), style.columns));
}

/** The line that says whether the caller's expectation was met. */
export function expectedEntry(style: Style, expected: Expected | undefined): [string, string][] {
  if (expected === undefined) return [];
  switch (expected.agreement) {
    case 'met':
      return [['Expected', `${expected.text}: ${paint(style, 'passed', 'as expected')}`]];
    case 'missed':
      return [['Expected', `${expected.text}: ${paint(style, 'violated', 'not what came')}`]];
    default:
      return [['Expected', `${expected.text}: ${paint(style, 'inconclusive', 'not judged')}`]];
  }
}
