/**
 * Laying out plain text: what it measures on a terminal, cut into lines, filled up to a width.
 *
 * Text that came from outside (a title, a symbol of a foreign log) goes through `plain` first, so
 * that a file cannot move the cursor or recolour the verdict. Widths count East Asian wide
 * characters as two and combining marks as none; emoji sequences may be measured too wide.
 */
import { ESC } from './style.ts';

const HOSTILE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const COLOUR = new RegExp(`${ESC}\\[[0-9;]*m`, 'g');
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}/u;

/** The text without control, bidirectional and invisible characters: a `?` stands for each. */
export function plain(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(HOSTILE, '?');
}

/** Columns that the text takes on a terminal; our own colour sequences take none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text.replace(COLOUR, '')) {
    if (MARK.test(char)) continue;
    width += WIDE.test(char) ? 2 : 1;
  }
  return width;
}

/** Fills the text with blanks up to `width` columns; longer text stays as it is. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return side === 'left' ? text + blanks : blanks + text;
}

/** Cuts the text to `width` columns and marks the cut with `~`. */
export function clip(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const char of text) {
    if (widthOf(kept + char) > width - 1) break;
    kept += char;
  }
  return `${kept}~`;
}

/**
 * Cuts text at blanks into lines of at most `width` columns; a longer word is cut where it must.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = '';
    }
    while (line === '' && widthOf(word) > width) {
      const head = headOf(word, width);
      lines.push(head);
      word = word.slice(head.length);
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** As `wrap`, with `first` before the first line and as many blanks before the others. */
export function hang(first: string, text: string, columns: number): string[] {
  const indent = widthOf(first);
  const lines = wrap(text, Math.max(16, columns - indent));
  return lines.map((line, at) => (at === 0 ? first : ' '.repeat(indent)) + line);
}

function headOf(word: string, width: number): string {
  let head = '';
  for (const char of word) {
    if (head !== '' && widthOf(head + char) > width) break;
    head += char;
  }
  return head;
}
