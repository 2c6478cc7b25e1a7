/**
 * Tables of text: columns that line up, decimals under their points, nothing wider than the
 * terminal.
 *
 * Where the natural width does not fit, cells of the columns that may wrap are cut into lines;
 * where that is not enough either, each row becomes a small list of its own. No figure is ever
 * shortened.
 */
import { ESC, paint, type Role, type Style } from './style.ts';
import { pad, plain, widthOf, wrap } from './text.ts';

export interface Column {
  readonly head: string;
  readonly align: 'left' | 'right' | 'decimal';
  /** The width down to which its cells may be cut into several lines; without it they never are. */
  readonly wrapMin?: number;
}

export interface Cell {
  readonly text: string;
  readonly role: Role;
}

export type Row = readonly (string | Cell)[];

export const GAP = '  ';
const STACKED_MIN = 12;
const CLOSE = `${ESC}[0m`;

/** The table's lines, each indented by two blanks, heads first unless all of them are empty. */
export function table(style: Style, columns: readonly Column[], rows: readonly Row[]): string[] {
  const cells = alignDecimals(
    columns,
    rows.map((row) => columns.map((_, at) => cellOf(row[at] ?? ''))),
  );
  const widths = fit(columns, cells, style.columns - GAP.length);
  if (widths === undefined) return stacked(style, columns, cells);
  const headed = columns.some((column) => column.head !== '');
  const heads = columns.map((column): Cell => ({ text: column.head, role: 'faint' }));
  return [...(headed ? [heads] : []), ...cells].flatMap((row) =>
    layRow(style, columns, widths, row),
  );
}

function cellOf(cell: string | Cell): Cell {
  return typeof cell === 'string'
    ? { text: plain(cell), role: 'plain' }
    : { text: plain(cell.text), role: cell.role };
}

/** Fills decimals with blanks on the right, so that flush right puts point under point. */
function alignDecimals(columns: readonly Column[], rows: readonly Cell[][]): Cell[][] {
  const places = columns.map((column, at) =>
    column.align === 'decimal'
      ? Math.max(0, ...rows.map((row) => fractionOf(row[at]?.text ?? '')))
      : 0,
  );
  return rows.map((row) =>
    row.map((cell, at) => {
      const missing = (places[at] ?? 0) - fractionOf(cell.text);
      const figure = /\d/.test(cell.text);
      return figure && missing > 0 ? { ...cell, text: cell.text + ' '.repeat(missing) } : cell;
    }),
  );
}

/** Columns of a figure from its point on. */
function fractionOf(text: string): number {
  const match = /\d(\.\d+)$/.exec(text);
  return match?.[1]?.length ?? 0;
}

function fit(
  columns: readonly Column[],
  rows: readonly Cell[][],
  available: number,
): number[] | undefined {
  const widths = columns.map((column, at) =>
    Math.max(widthOf(column.head), ...rows.map((row) => widthOf(row[at]?.text ?? ''))),
  );
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  excess += GAP.length * (columns.length - 1);
  while (excess > 0) {
    let widest = -1;
    columns.forEach((column, at) => {
      const width = widths[at] ?? 0;
      const spare = width - (column.wrapMin ?? Infinity);
      if (spare > 0 && width > (widths[widest] ?? 0)) widest = at;
    });
    if (widest < 0) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function layRow(
  style: Style,
  columns: readonly Column[],
  widths: readonly number[],
  row: readonly Cell[],
): string[] {
  const parts = row.map((cell, at) =>
    columns[at]?.wrapMin !== undefined ? wrap(cell.text, widths[at] ?? 0) : [cell.text],
  );
  const height = Math.max(...parts.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) => {
    const laid = row.map((cell, at) => {
      const side = columns[at]?.align === 'left' ? 'left' : 'right';
      const part = parts[at]?.[y] ?? '';
      return paint(style, part === '' ? 'plain' : cell.role, pad(part, widths[at] ?? 0, side));
    });
    return trimEnd(GAP + laid.join(GAP));
  });
}

/** One list a row: the first cell as its head, the others as named lines below; figures uncut. */
function stacked(style: Style, columns: readonly Column[], rows: readonly Cell[][]): string[] {
  const names = Math.max(...columns.map((column) => widthOf(column.head)));
  return rows.flatMap((row) =>
    row.flatMap((cell, at) => {
      const text = cell.text.trim();
      if (at === 0) return [GAP + paint(style, cell.role, text)];
      if (text === '') return [];
      const name = paint(style, 'faint', pad(columns[at]?.head ?? '', names));
      const room = Math.max(STACKED_MIN, style.columns - names - 3 * GAP.length);
      const parts = columns[at]?.align === 'left' ? wrap(text, room) : [text];
      return parts.map((line, y) => {
        const lead = y === 0 ? name : ' '.repeat(names);
        return GAP + GAP + lead + GAP + paint(style, cell.role, line);
      });
    }),
  );
}

/** Blanks at the end of a line, those before a closing colour sequence included, are dropped. */
function trimEnd(line: string): string {
  return line.endsWith(CLOSE) ? line.slice(0, -CLOSE.length).trimEnd() + CLOSE : line.trimEnd();
}
