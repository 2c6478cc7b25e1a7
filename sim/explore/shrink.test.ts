/**
 * Shrinking keeps a violation of the same check at every moment, and ends where nothing can be
 * taken away: verified by taking everything away, one at a time.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mix } from '../base/random.ts';
import type { Oracle } from '../kernel/oracle.ts';
import { RunEnd } from '../trace/event.ts';
import { Attempt, type ExploredResult } from './attempt.ts';
import { NotingOracle, ReplayOracle } from './choices.ts';
import { ScheduleOracle } from './replay.ts';
import type { Schedule } from './schedule.ts';
import { Shrink } from './shrink.ts';
import { fixedTarget, type Target } from './shrink-target.ts';
import type { Subject } from './subject.ts';

const SEED = 127;
const CHECK = 'lock.exclusion';

/** Asks for one choice of each width, and violates where `isBad` says so of the answers. */
function toy(widths: readonly number[], isBad: (picks: readonly number[]) => boolean): Subject {
  const attempt = (oracle: Oracle): Attempt => {
    const noting = new NotingOracle(oracle);
    const picks = widths.map((width) => noting.choose(width, -1));
    const outcome = isBad(picks)
      ? ({ verdict: 'violated', violated: [CHECK] } as const)
      : ({ verdict: 'passed', violated: [] } as const);
    const rest = { choices: noting.choices, steps: widths.length, end: RunEnd.done };
    return new Attempt({ ...outcome, ...rest }, () => ({}) as ExploredResult);
  };
  return { name: 'toy', scope: 'a toy', reducible: false, attempt };
}

/** Everything that is one choice, or one pick, smaller. */
function smallerOnes(schedule: Schedule): Schedule[] {
  return schedule.flatMap((choice, n) => {
    const rest = schedule.filter((_, at) => at !== n);
    const lowered = Array.from({ length: choice.pick - 1 }, (_, lower) =>
      schedule.map((each) => (each === choice ? { ...each, pick: lower + 1 } : each)),
    );
    return [rest, ...lowered];
  });
}

function violates(subject: Subject, schedule: Schedule): boolean {
  return subject.attempt(new ScheduleOracle(schedule)).violated.includes(CHECK);
}

function shrunk(subject: Subject, picks: readonly number[], perSlice = 1_000, replaysMax = 2_000) {
  const found = subject.attempt(new ReplayOracle(picks));
  const shrink = new Shrink(fixedTarget('toy', subject), found, CHECK, replaysMax);
  while (shrink.advance(perSlice));
  return shrink.result();
}

const widthsAndPicks = fc
  .array(fc.integer({ min: 2, max: 4 }), { minLength: 1, maxLength: 14 })
  .chain((widths) =>
    fc.tuple(
      fc.constant(widths),
      fc.tuple(...widths.map((width) => fc.integer({ min: 0, max: width - 1 }))),
      fc.integer(),
    ),
  );

/** A third of all answers are bad, with no rhyme or reason, and the given ones. */
function anyBadness(salt: number, picks: readonly number[]) {
  return (answers: readonly number[]): boolean =>
    answers.every((answer, at) => answer === picks[at]) ||
    (answers.some((answer) => answer > 0) &&
      answers.reduce((hash, answer) => mix(hash ^ answer), mix(salt)) % 3 === 0);
}

describe('shrinking a schedule', () => {
  it('ends 1-minimal: without any one choice, or with any pick lower, nothing is violated', () => {
    fc.assert(
      fc.property(widthsAndPicks, ([widths, picks, salt]) => {
        const subject = toy(widths, anyBadness(salt, picks));
        const result = shrunk(subject, picks);
        expect([result.minimal, result.reproduced]).toEqual([true, true]);
        expect(violates(subject, result.schedule)).toBe(true);
        for (const smaller of smallerOnes(result.schedule)) {
          expect(violates(subject, smaller), JSON.stringify(smaller)).toBe(false);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('finds the two choices that matter among two hundred', () => {
    const widths = Array.from({ length: 200 }, () => 3);
    const subject = toy(widths, (picks) => picks[20] === 2 && (picks[150] ?? 0) >= 1);
    const result = shrunk(
      subject,
      Array.from({ length: 200 }, () => 2),
      1_000,
      500,
    );
    expect(result.schedule).toEqual([
      { at: 20, pick: 2 },
      { at: 150, pick: 1 },
    ]);
    expect(result).toMatchObject({ minimal: true, choicesBefore: 200 });
    expect(result.replays).toBeLessThanOrEqual(500);
  });

  it('is the same in slices of any size', () => {
    fc.assert(
      fc.property(
        widthsAndPicks,
        fc.integer({ min: 1, max: 9 }),
        ([widths, picks, salt], slice) => {
          const subject = toy(widths, anyBadness(salt, picks));
          const { schedule, replays } = shrunk(subject, picks, slice);
          expect({ schedule, replays }).toEqual(
            (({ schedule: s, replays: r }) => ({ schedule: s, replays: r }))(
              shrunk(subject, picks),
            ),
          );
        },
      ),
      { seed: SEED, numRuns: 50 },
    );
  });

  it('prefers one choice to several that are 1-minimal too', () => {
    const subject = toy(
      [2, 2, 2, 2],
      (picks) => picks.join('') === '0111' || picks.join('') === '1000',
    );
    expect(shrunk(subject, [0, 1, 1, 1]).schedule).toEqual([{ at: 0, pick: 1 }]);
  });

  it('stops at its limit, or when cancelled, with a violation and no claim', () => {
    const widths = Array.from({ length: 60 }, () => 2);
    const subject = toy(widths, (picks) => picks.filter((pick) => pick === 1).length >= 30);
    const picks = widths.map(() => 1);
    const stopped = shrunk(subject, picks, 1_000, 10);
    expect(stopped).toMatchObject({ replays: 10, minimal: false });
    expect(violates(subject, stopped.schedule)).toBe(true);

    const shrink = new Shrink(
      fixedTarget('', subject),
      subject.attempt(new ReplayOracle(picks)),
      CHECK,
    );
    expect(shrink.advance(5)).toBe(true);
    shrink.cancel();
    expect(shrink.advance(5)).toBe(false);
    expect(shrink.progress).toMatchObject({ phase: 'over', replays: 5, choicesBefore: 60 });
    expect(violates(subject, shrink.result().schedule)).toBe(true);
  });

  it('says so where the violation does not come again', () => {
    let executions = 0;
    const subject = toy([2, 2], () => executions++ === 0);
    expect(shrunk(subject, [1, 1])).toMatchObject({
      reproduced: false,
      minimal: false,
      replays: 1,
    });
  });

  it('takes only an attempt that violates the check', () => {
    const passing = toy([2], () => false);
    const attempt = passing.attempt(new ReplayOracle([1]));
    expect(() => new Shrink(fixedTarget('', passing), attempt, CHECK)).toThrow(
      /^expected an attempt/,
    );
  });
});

describe('shrinking a subject', () => {
  /** So many choices; bad where two of them, wherever they are, are off the default. */
  function targetOf(size: number, isFaithful: (size: number) => boolean): Target<number> {
    const widths = Array.from({ length: size }, () => 2);
    return {
      value: size,
      subject: toy(widths, (picks) => picks.filter((pick) => pick === 1).length >= 2),
      key: String(size),
      smaller: () =>
        size > 1
          ? [{ target: targetOf(size - 1, isFaithful), renamed: (task) => task, searched: true }]
          : [],
      isFaithful: () => isFaithful(size),
    };
  }

  function shrinkFrom(size: number, isFaithful: (size: number) => boolean) {
    const target = targetOf(size, isFaithful);
    const found = target.subject.attempt(new ReplayOracle(Array.from({ length: size }, () => 1)));
    const shrink = new Shrink(target, found, CHECK);
    while (shrink.advance(7));
    return shrink.result();
  }

  it('goes down as long as the violation is found again', () => {
    const result = shrinkFrom(12, () => true);
    expect(result).toMatchObject({ target: { value: 2 }, minimal: true });
    expect(result.schedule).toHaveLength(2);
    expect(result.replays).toBeLessThanOrEqual(500);
  });

  it('keeps to what is faithful to the original', () => {
    expect(shrinkFrom(12, (size) => size >= 7)).toMatchObject({
      target: { value: 7 },
      minimal: true,
    });
  });
});
