/**
 * What the command palette offers, and how typing narrows it.
 *
 * A command matches when the typed letters occur in it in their order; a run of them, and one at
 * the start of a word, counts for more. Pure: the palette only shows what comes out.
 */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** The kind of thing that it is, in the reader's words. */
  readonly group: string;
  /** What else it may be found by: a name, an id. */
  readonly also?: string;
  readonly run: () => void;
}

/** The commands that `typed` asks for, best first; all of them in their own order for nothing. */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return commands;
  return commands
    .map((command, at) => ({ command, at, score: scoreOf(command, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((x, y) => y.score - x.score || x.at - y.at)
    .map(({ command }) => command);
}

function scoreOf({ label, also, group }: Command, wanted: string): number {
  return Math.max(
    score(label.toLowerCase(), wanted) * 2,
    score((also ?? '').toLowerCase(), wanted) * 2,
    score(`${group} ${label}`.toLowerCase(), wanted),
  );
}

const WORD_BONUS = 4;
const RUN_BONUS = 3;
const WHOLE_BONUS = 100;

/** How well `wanted` fits into `text`; 0 where a letter is missing. */
function score(text: string, wanted: string): number {
  if (text === '') return 0;
  const whole = text.indexOf(wanted);
  let points = whole < 0 ? 0 : WHOLE_BONUS - Math.min(whole, WHOLE_BONUS / 2);
  let at = -1;
  for (const letter of wanted) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return 0;
    if (next === at + 1) points += RUN_BONUS;
    if (next === 0 || /[\s.\-_:/]/.test(text[next - 1] ?? '')) points += WORD_BONUS;
    points += 1;
    at = next;
  }
  return points;
}
