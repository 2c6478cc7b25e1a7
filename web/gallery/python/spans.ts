/**
 * Strings and comments of a line of Python, so that a reader can tell them from code.
 *
 * Invariant: the spans are the whole line, in order. Known limit: a string ends in its own line;
 * the pairs have no others, and a test compares each of their lines with Python's own tokeniser.
 */
export interface Span {
  readonly kind: 'code' | 'string' | 'comment';
  readonly text: string;
}

/** A comment, or a string in three quotes or one, with its prefix; a backslash takes the next. */
const TOLD_APART =
  /#.*|(?:\b[rbfuRBFU]{1,2})?(?:"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g;

/** The spans of one line. */
export function spansOf(line: string): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const { 0: text, index } of line.matchAll(TOLD_APART)) {
    if (index > from) spans.push({ kind: 'code', text: line.slice(from, index) });
    spans.push({ kind: text.startsWith('#') ? 'comment' : 'string', text });
    from = index + text.length;
  }
  if (from < line.length) spans.push({ kind: 'code', text: line.slice(from) });
  return spans;
}
