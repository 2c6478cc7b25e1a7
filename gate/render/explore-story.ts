/** A story as numbered lines: what happened, where the schedule departs, what became inevitable. */
import { assertUnreachable, type Story, type StoryStep } from '../../sim/index.ts';
import { plural } from './figures.ts';
import { section } from './section.ts';
import { glyph, paint, type Style } from './style.ts';
import { hang, plain } from './text.ts';

/** The story as a section; nothing where there is none. */
export function storyLines(style: Style, story: Story | undefined): string[] {
  if (story === undefined) return [];
  const { check, steps, omitted, finding } = story;
  const left = omitted === 0 ? '' : `, ${plural(omitted, 'step')} left out`;
  const width = String(steps.length).length;
  return section(style, 'Story', `${check}${left}`, [
    ...steps.flatMap((step, at) => stepLines(style, step, String(at + 1).padStart(width))),
    ...(finding === undefined ? [] : [conclusion(style, finding.text)]).flat(),
    ...inevitableLines(style, story),
  ]);
}

function stepLines(
  style: Style,
  { text, choices, inevitable }: StoryStep,
  number: string,
): string[] {
  const mark = choices.length > 0 ? glyph(style, 'place') : ' ';
  const [first = '', ...rest] = hang(`${mark} ${number}. `, plain(text), style.columns);
  const lines = [paint(style, 'violated', first.slice(0, 1)) + first.slice(1), ...rest];
  const flag = `${' '.repeat(number.length + 4)}inevitable from here`;
  return inevitable ? [...lines, paint(style, 'violated', flag)] : lines;
}

function conclusion(style: Style, text: string): string[] {
  return hang(`${glyph(style, 'violated')} `, plain(text), style.columns).map((line) =>
    paint(style, 'violated', line),
  );
}

function inevitableLines(style: Style, { inevitable }: Story): string[] {
  switch (inevitable.kind) {
    case 'since':
      return [];
    case 'always':
      return [paint(style, 'faint', '  Every schedule of this scenario ends like this.')];
    case 'unknown':
      return [paint(style, 'faint', '  From where on it was inevitable was not computed.')];
    default:
      return assertUnreachable(inevitable);
  }
}
