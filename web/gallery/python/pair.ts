/**
 * A defect and its repair as Python, kept as one text, so that both say the same but for what
 * differs.
 *
 * Each line of the text starts with a sign and a space: `-` a decisive line of the wrong side, `+`
 * one of the right side, `<` and `>` lines of one side that decide nothing (a deeper indentation, a
 * comment), a space what both sides have. Invariant: a side is what is left when the other's lines
 * are taken out.
 */

/** The pairs of a theme, by the name of the scenario that has the defect. */
export type PairTexts = Readonly<Record<string, string>>;

/** One side of a pair. */
export interface Snippet {
  readonly lines: readonly string[];
  /** The numbers of the lines that decide, from 1. */
  readonly decisive: readonly number[];
}

export interface PythonPair {
  readonly wrong: Snippet;
  readonly right: Snippet;
}

/** Reads a pair out of its text; throws at a line without a sign. */
export function pairOf(text: string): PythonPair {
  const lines = text.replace(/^\n|\n$/g, '').split('\n');
  const strange = lines.find((line) => !/^(?:[-+<> ](?: .*)?)?$/.test(line));
  if (strange !== undefined) {
    throw new Error(
      `expected a line of Python after "- ", "+ ", "< ", "> " or "  ", got ${strange}`,
    );
  }
  return { wrong: sideOf(lines, '-', '<'), right: sideOf(lines, '+', '>') };
}

/** A side as it is copied: with a line's end after the last line. */
export function codeOf({ lines }: Snippet): string {
  return `${lines.join('\n')}\n`;
}

function sideOf(lines: readonly string[], decisive: string, other: string): Snippet {
  const own = lines.filter((line) => ['', ' ', decisive, other].includes(line.slice(0, 1)));
  return {
    lines: own.map((line) => line.slice(2)),
    decisive: own.flatMap((line, at) => (line.startsWith(decisive) ? [at + 1] : [])),
  };
}
