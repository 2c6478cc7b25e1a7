/** The acceptance table of a run: criterion, target, what was measured, and the verdict. */
import type { AcceptanceRow } from '../../sim/index.ts';
import { group } from './figures.ts';
import { glyph, type Style } from './style.ts';
import { type Cell, type Column, type Row, table } from './table.ts';

/** Whole numbers that are hard to read in one piece. */
const LONG_NUMBER = /(?<![\d.])\d{5,}/g;

const COLUMNS: readonly Column[] = [
  { head: '', align: 'left' },
  { head: 'criterion', align: 'left', wrapMin: 12 },
  { head: 'target', align: 'left', wrapMin: 14 },
  { head: 'measured', align: 'left', wrapMin: 24 },
  { head: 'verdict', align: 'left' },
];

/** The table's lines. */
export function acceptanceLines(style: Style, rows: readonly AcceptanceRow[]): string[] {
  return table(
    style,
    COLUMNS,
    rows.map((row) => rowOf(style, row)),
  );
}

function rowOf(style: Style, row: AcceptanceRow): Row {
  const note = row.note === undefined ? '' : ` (${row.note})`;
  const target = row.target.replaceAll('>=', glyph(style, 'atLeast'));
  const measured = row.measured.replace(LONG_NUMBER, group) + note;
  return [row.id, row.criterion, target, measured, verdictCell(style, row.verdict)];
}

function verdictCell(style: Style, verdict: AcceptanceRow['verdict']): Cell {
  return verdict === 'not-run'
    ? { text: glyph(style, 'notRun'), role: 'faint' }
    : { text: `${glyph(style, verdict)} ${verdict}`, role: verdict };
}
