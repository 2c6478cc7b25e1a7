/**
 * A schedule: the choices in which a run departs from the default one, and its letters in a link.
 *
 * Choices are numbered from 0 in the order in which a run asks for them; whatever is not named
 * picks 0, as a FIFO event loop would. Invariant: a schedule has exactly one text, and any other
 * text is refused, so equal links mean equal schedules. Known limit: a schedule belongs to one
 * scenario and one version of the engine; that it fits is seen only by replaying it.
 */
import { assert } from '../base/assert.ts';
import { fail, ok, type Result } from '../base/result.ts';

/** One choice off the default. */
export interface Choice {
  /** The number of the choice in its run, from 0. */
  readonly at: number;
  /** Which of the possibilities: 1 or more. */
  readonly pick: number;
}

/** Choices in the order of their numbers, each number once; none is the default schedule. */
export type Schedule = readonly Choice[];

/** The largest number of a choice, and the largest pick. */
export const CHOICE_AT_MAX = 0x3fff_ffff;
export const CHOICE_PICK_MAX = 0x8000;

/** As many as fit into a link, whatever they are. */
export const SCHEDULE_CHOICES_MAX = 800;

/** The first letter counts ways of writing a schedule. */
const WRITING = '0';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A letter carries five bits of a number, lowest first, and one that says that more follow. */
const MORE = 32;
const LOW_BITS = 31;
const BITS_PER_LETTER = 5;

/** The schedule of a run's picks, by the number of the choice. */
export function scheduleOf(picks: readonly number[]): Schedule {
  return picks.flatMap((pick, at) => (pick === 0 ? [] : [{ at, pick }]));
}

/** The text of a schedule: a letter for the way of writing, then gap and pick of each choice. */
export function encodeSchedule(schedule: Schedule): string {
  assert(schedule.length <= SCHEDULE_CHOICES_MAX, 'expected a schedule that fits into a link');
  let text = WRITING;
  let next = 0;
  for (const { at, pick } of schedule) {
    assert(Number.isInteger(at) && at >= next && at <= CHOICE_AT_MAX, 'expected choices in order');
    assert(Number.isInteger(pick) && pick >= 1 && pick <= CHOICE_PICK_MAX, 'expected a pick');
    text += letters(at - next) + letters(pick - 1);
    next = at + 1;
  }
  return text;
}

/** The schedule of a text; refused is whatever `encodeSchedule` never wrote. */
export function decodeSchedule(text: string): Result<Schedule> {
  if (!text.startsWith(WRITING)) {
    const message = `expected a schedule that begins with ${WRITING}, got ${JSON.stringify(text.slice(0, 8))}`;
    return fail('schedule-unknown', `${message}: another version of Interlock made this link`);
  }
  const choices: Choice[] = [];
  let next = 0;
  let from = WRITING.length;
  while (from < text.length) {
    const gap = readNumber(text, from);
    if (typeof gap === 'string') return damaged(gap);
    const pick = readNumber(text, gap.end);
    if (typeof pick === 'string') return damaged(pick);
    const at = next + gap.value;
    if (at > CHOICE_AT_MAX) return damaged(`a choice past number ${CHOICE_AT_MAX}`);
    if (pick.value >= CHOICE_PICK_MAX) return damaged(`a pick past ${CHOICE_PICK_MAX}`);
    if (choices.length === SCHEDULE_CHOICES_MAX) {
      return damaged(`more than ${SCHEDULE_CHOICES_MAX} choices`);
    }
    choices.push({ at, pick: pick.value + 1 });
    next = at + 1;
    from = pick.end;
  }
  return ok(choices);
}

function damaged(what: string): Result<never> {
  const message = `expected a whole schedule in &p=, got ${what}`;
  return fail('schedule-damaged', `${message}: it is cut off or changed; copy the link again`);
}

function letters(value: number): string {
  let text = '';
  let rest = value;
  while (rest > LOW_BITS) {
    text += LETTERS.charAt(MORE | (rest & LOW_BITS));
    rest >>>= BITS_PER_LETTER;
  }
  return text + LETTERS.charAt(rest);
}

interface Read {
  readonly value: number;
  /** Where the next number begins. */
  readonly end: number;
}

/** The number whose letters begin at `from`, or what is wrong with them. */
function readNumber(text: string, from: number): Read | string {
  let value = 0;
  for (let at = from, shift = 0; at < text.length; at++, shift += BITS_PER_LETTER) {
    const bits = LETTERS.indexOf(text.charAt(at));
    if (bits < 0) return `the character ${JSON.stringify(text.charAt(at))}`;
    if (shift >= 6 * BITS_PER_LETTER) return 'a number that is too long';
    value += (bits & LOW_BITS) << shift;
    if (bits < MORE) {
      return bits === 0 && at > from ? 'a number with needless letters' : { value, end: at + 1 };
    }
  }
  return from === text.length ? 'a choice without its pick' : 'a number without its end';
}
