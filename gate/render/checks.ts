/**
 * The checks in few lines: what is violated first, with its evidence; what passed, with what it
 * saw.
 *
 * A check that saw no occasion is never listed among those that passed on something.
 */
import type { CheckResult } from '../../sim/index.ts';
import { count, plural } from './figures.ts';
import { glyph, type GlyphName, paint, type Role, type Style } from './style.ts';
import { hang, plain } from './text.ts';

const EVIDENCE_LINES = 3;
/** Keeps a check and its figure on one line. */
const NO_BREAK = '\u00a0';

/** All checks of a run or a log, grouped by how they ended. */
export function checkLines(style: Style, checks: readonly CheckResult[]): string[] {
  const violated = checks.filter((check) => check.verdict === 'violated');
  const open = checks.filter((check) => check.verdict === 'inconclusive' && check.required);
  const unseen = checks.filter((check) => check.verdict === 'inconclusive' && !check.required);
  const passed = checks.filter((check) => check.verdict === 'passed');
  const seen = passed.filter((check) => check.examined > 0);
  const idle = passed.filter((check) => check.examined === 0);
  return [
    ...violated.flatMap((check) => finding(style, check)),
    ...open.flatMap((check) => finding(style, check)),
    ...listed(style, 'passed', 'passed', 'passed', seen, examined),
    ...listed(style, 'none', 'faint', 'no occasion', idle, nameOf),
    ...listed(style, 'notRun', 'faint', 'not recorded', unseen, nameOf),
  ];
}

/** How the checks ended, counted: `20 passed, 2 no occasion`. */
export function checkTally(checks: readonly CheckResult[]): string {
  const violated = checks.filter((check) => check.verdict === 'violated').length;
  const open = checks.filter((check) => check.verdict === 'inconclusive');
  const judged = open.filter((check) => check.required).length;
  const passed = checks.filter((check) => check.verdict === 'passed');
  const idle = passed.filter((check) => check.examined === 0).length;
  const parts = [
    [violated, 'violated'],
    [judged, 'inconclusive'],
    [passed.length - idle, 'passed'],
    [idle, 'no occasion'],
    [open.length - judged, 'not recorded'],
  ] as const;
  const told = parts.filter(([number]) => number > 0);
  return told.map(([number, word]) => `${number} ${word}`).join(', ');
}

function finding(style: Style, check: CheckResult): string[] {
  const mark = `  ${glyph(style, check.verdict)} ${check.id}`;
  const figures =
    check.verdict === 'violated'
      ? `${plural(check.count, 'violation')} in ${plural(check.examined, 'occasion')}`
      : `${plural(check.examined, 'occasion')} examined`;
  const optional = check.required ? '' : ', not required';
  const shown = check.evidence.slice(0, EVIDENCE_LINES);
  const more = check.verdict === 'violated' ? check.count - shown.length : 0;
  const rest = more > 0 && shown.length > 0 ? [`and ${count(more)} more`] : [];
  const [first = '', ...others] = hang(`${mark}  `, figures + optional, style.columns);
  return [
    paint(style, check.verdict, mark) + first.slice(mark.length),
    ...others,
    ...shown.flatMap((one) => hang('      ', plain(one.text), style.columns)),
    ...rest.map((line) => `      ${paint(style, 'faint', line)}`),
  ];
}

function listed(
  style: Style,
  mark: GlyphName,
  role: Role,
  title: string,
  checks: readonly CheckResult[],
  word: (check: CheckResult) => string,
): string[] {
  if (checks.length === 0) return [];
  const lead = `  ${glyph(style, mark)} ${title}: `;
  const words = checks.map((check) => word(check).replace(' ', NO_BREAK)).join(', ');
  const lines = hang(lead, words, style.columns).map((line) => line.replaceAll(NO_BREAK, ' '));
  const [first = '', ...rest] = lines;
  return [paint(style, role, lead.trimEnd()) + first.slice(lead.trimEnd().length), ...rest];
}

function examined(check: CheckResult): string {
  return `${check.id} ${count(check.examined)}`;
}

function nameOf(check: CheckResult): string {
  return check.id;
}
