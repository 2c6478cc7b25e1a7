/**
 * How text may look on the terminal at hand: how wide, with which glyphs, with colour or without.
 *
 * Colour never carries meaning alone: every role has a word or a glyph besides. Teal and crimson
 * stay apart for eyes that confuse green and red.
 */
import type { Verdict } from '../../sim/index.ts';

export interface Style {
  readonly columns: number;
  readonly unicode: boolean;
  readonly colour: boolean;
}

/** What a piece of text is, which decides its colour. */
export type Role = Verdict | 'heading' | 'faint' | 'holding' | 'waiting' | 'plain';

/** The escape character that starts a colour sequence. */
export const ESC = '\u001b';

const SGR: Readonly<Record<Role, string>> = {
  passed: '36',
  violated: '1;31',
  inconclusive: '33',
  heading: '1',
  faint: '2',
  holding: '34',
  waiting: '2',
  plain: '',
};

/** The text in its role's colour, or as it is where there is no colour. */
export function paint(style: Style, role: Role, text: string): string {
  const sgr = SGR[role];
  return !style.colour || sgr === '' || text === '' ? text : `${ESC}[${sgr}m${text}${ESC}[0m`;
}

/** Each glyph with its stand-in for terminals that show plain ASCII only. */
const GLYPHS = {
  passed: ['✔', '+'],
  violated: ['✘', '!'],
  inconclusive: ['?', '?'],
  none: ['○', 'o'],
  notRun: ['–', '-'],
  dot: ['·', '-'],
  rule: ['─', '-'],
  idle: ['─', '-'],
  hold: ['█', '#'],
  /** Where a hold begins right behind another one. */
  holdNext: ['▐', '['],
  wait: ['░', '.'],
  place: ['◆', '^'],
  atLeast: ['≥', '>='],
  barFull: ['█', '#'],
  barEmpty: ['░', '.'],
} as const satisfies Record<string, readonly [string, string]>;

export type GlyphName = keyof typeof GLYPHS;

/** A glyph as this terminal can show it. */
export function glyph(style: Style, name: GlyphName): string {
  return GLYPHS[name][style.unicode ? 0 : 1];
}
