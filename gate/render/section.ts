/** How a page of text is put together: sections with heads, and named lines at its foot. */
import { paint, type Style } from './style.ts';
import { hang, pad, widthOf } from './text.ts';

/**
 * A section: an empty line, its head with a faint remark, its lines; nothing if it has no lines.
 */
export function section(style: Style, name: string, remark: string, lines: string[]): string[] {
  if (lines.length === 0) return [];
  if (remark === '') return ['', paint(style, 'heading', name), ...lines];
  const [first = '', ...more] = hang(`${name}  `, remark, style.columns);
  const head = paint(style, 'heading', name) + paint(style, 'faint', first.slice(name.length));
  return ['', head, ...more.map((line) => paint(style, 'faint', line)), ...lines];
}

/**
 * Named lines with their names in one column. Values are never cut or wrapped: they are links and
 * commands that people copy.
 */
export function named(style: Style, entries: readonly (readonly [string, string])[]): string[] {
  const names = Math.max(0, ...entries.map(([name]) => widthOf(name)));
  return entries.map(([name, value]) => `${paint(style, 'faint', pad(name, names))}  ${value}`);
}
