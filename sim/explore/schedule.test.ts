/**
 * A schedule has one text, its text has one schedule, and what was once written is read for ever.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHOICE_AT_MAX,
  CHOICE_PICK_MAX,
  decodeSchedule,
  encodeSchedule,
  type Schedule,
  SCHEDULE_CHOICES_MAX,
  scheduleOf,
} from './schedule.ts';

const SEED = 127;

const gaps = fc.oneof(fc.nat(40), fc.nat(100_000));
const anySchedule: fc.Arbitrary<Schedule> = fc
  .array(fc.tuple(gaps, fc.oneof(fc.nat(5), fc.nat(CHOICE_PICK_MAX - 1))), { maxLength: 60 })
  .map((steps) => {
    let next = 0;
    return steps.map(([gap, pick]) => {
      const at = next + gap;
      next = at + 1;
      return { at, pick: pick + 1 };
    });
  });

/** Never changed: links with these are out in the world. */
const GOLDEN: readonly (readonly [string, Schedule])[] = [
  ['0', []],
  ['0AA', [{ at: 0, pick: 1 }]],
  [
    '0DBAA',
    [
      { at: 3, pick: 2 },
      { at: 4, pick: 1 },
    ],
  ],
  [
    '0fAgBA',
    [
      { at: 31, pick: 1 },
      { at: 64, pick: 1 },
    ],
  ],
  ['04eC', [{ at: 984, pick: 3 }]],
];

describe('the text of a schedule', () => {
  it('gives the schedule back', () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        const text = encodeSchedule(schedule);
        expect(text).toMatch(/^0[A-Za-z0-9_-]*$/);
        expect(decodeSchedule(text)).toEqual({ kind: 'ok', value: schedule });
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('is the only one: any text that is read is written again the same', () => {
    const texts = fc.stringMatching(/^0[A-Ca-b0-1_-]{0,12}$/);
    fc.assert(
      fc.property(texts, (text) => {
        const read = decodeSchedule(text);
        if (read.kind === 'ok') expect(encodeSchedule(read.value)).toBe(text);
        else expect(read.error.message).toMatch(/^expected .*, got .*: /);
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });

  it('carries the largest numbers, and a full schedule within the room of a link', () => {
    const last = [{ at: CHOICE_AT_MAX, pick: CHOICE_PICK_MAX }];
    expect(decodeSchedule(encodeSchedule(last))).toEqual({ kind: 'ok', value: last });
    const gap = Math.floor(CHOICE_AT_MAX / SCHEDULE_CHOICES_MAX);
    const full = Array.from({ length: SCHEDULE_CHOICES_MAX }, (_, n) => ({
      at: n * gap,
      pick: CHOICE_PICK_MAX,
    }));
    expect(encodeSchedule(full).length).toBeLessThanOrEqual(8_192);
  });

  it.each(GOLDEN)('%s means for ever what it meant', (text, schedule) => {
    expect(encodeSchedule(schedule)).toBe(text);
    expect(decodeSchedule(text)).toEqual({ kind: 'ok', value: schedule });
  });

  it.each([
    ['', 'schedule-unknown', 'begins with 0'],
    ['1AA', 'schedule-unknown', 'another version'],
    ['0A', 'schedule-damaged', 'without its pick'],
    ['0Ag', 'schedule-damaged', 'without its end'],
    ['0A.', 'schedule-damaged', 'the character "."'],
    ['0gAA', 'schedule-damaged', 'needless letters'],
    ['0A_______A', 'schedule-damaged', 'too long'],
    ['0_____fAAA', 'schedule-damaged', 'past number'],
    ['0A___B', 'schedule-damaged', 'pick past'],
    [`0${'AA'.repeat(SCHEDULE_CHOICES_MAX + 1)}`, 'schedule-damaged', 'more than'],
  ])('is refused in words: %.24s', (text, code, words) => {
    expect(decodeSchedule(text)).toMatchObject({
      kind: 'error',
      error: { code, message: expect.stringContaining(words) as string },
    });
  });

  it('is not made of choices out of order, or of picks of the default', () => {
    expect(() =>
      encodeSchedule([
        { at: 2, pick: 1 },
        { at: 2, pick: 1 },
      ]),
    ).toThrow(/in order/);
    expect(() => encodeSchedule([{ at: 2, pick: 0 }])).toThrow(/a pick/);
  });
});

describe('the schedule of picks', () => {
  it('names what is off the default', () => {
    expect(scheduleOf([0, 2, 0, 0, 1])).toEqual([
      { at: 1, pick: 2 },
      { at: 4, pick: 1 },
    ]);
    expect(scheduleOf([0, 0])).toEqual([]);
  });
});
