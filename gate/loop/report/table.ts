/** Markdown's tables: a head, a rule, rows. */

/** The lines of a table whose cells are Markdown already; columns of figures end with `>`. */
export function tableOf(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(heads.map((head) => head.replace(/>$/, ''))),
    line(heads.map((head) => (head.endsWith('>') ? '---:' : '---'))),
    ...rows.map(line),
  ];
}

/** Text without anything that Markdown or HTML would take for its own. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_|[\]!~#]/g, '\\$&');
}

/** Text as code; a backtick in it cannot end it. */
export function code(text: string): string {
  return `\`${text.replace(/`/g, "'").replace(/\|/g, '\\|').replace(/\s+/g, ' ')}\``;
}
