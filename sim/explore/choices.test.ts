import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Option } from '../kernel/oracle.ts';
import { type Choices, NotingOracle, ReplayOracle } from './choices.ts';

const options = (...processes: number[]): Option[] =>
  processes.map((process) => ({ task: process, process, dueUs: 0 }));

/** Asks who goes next where a question is a list, and something else where it is not. */
function noted(
  picks: readonly number[],
  questions: readonly (readonly number[] | number)[],
): Choices {
  const oracle = new NotingOracle(new ReplayOracle(picks));
  for (const question of questions) {
    if (typeof question === 'number') oracle.choose(question, 2);
    else oracle.chooseNext(options(...question));
  }
  return oracle.choices;
}

describe('choices', () => {
  it('keep the questions and the answers in order', () => {
    const choices = noted([1, 1, 0], [[4, 7], 3, [256, 4, 7]]);
    expect(choices.picks).toEqual([1, 1, 0]);
    expect(choices.widths).toEqual([2, 3, 3]);
    expect([0, 1, 2].map((at) => choices.kind(at))).toEqual(['next', 'choose', 'next']);
    expect([0, 1, 2].map((at) => choices.processes(at))).toEqual([[4, 7], [], [256, 4, 7]]);
    expect(choices.abouts[1]).toBe(2);
  });

  it('tell the first question that was another one, whatever the answers were', () => {
    const asked: (readonly number[] | number)[] = [[0, 1], 2, [1, 2]];
    expect(noted([1], asked).firstDifference(noted([0], asked))).toBeUndefined();
    expect(noted([], asked).firstDifference(noted([], [[0, 1], 2, [1, 3]]))).toBe(2);
    expect(
      noted([], asked).firstDifference(
        noted(
          [],
          [
            [0, 1],
            [5, 6],
            [1, 2],
          ],
        ),
      ),
    ).toBe(1);
    expect(noted([], asked).firstDifference(noted([], [[0, 1], 2]))).toBe(2);
  });
});

describe('a replay', () => {
  it('gives the answers that it was given, and then the default', () => {
    const widths = fc.array(fc.integer({ min: 2, max: 9 }), { maxLength: 12 });
    fc.assert(
      fc.property(widths, fc.infiniteStream(fc.nat()), (asked, draws) => {
        const picks = asked.map((width) => (draws.next().value as number) % width);
        const oracle = new ReplayOracle(picks);
        expect(asked.map((width) => oracle.choose(width))).toEqual(picks);
        expect(oracle.choose(5)).toBe(0);
        expect(oracle.misfit).toBeUndefined();
      }),
      { seed: 127 },
    );
  });

  it('says which answer was out of range, and takes the default from there on', () => {
    const oracle = new ReplayOracle([0, 3, 1]);
    expect([oracle.choose(2), oracle.choose(3), oracle.choose(4)]).toEqual([0, 0, 0]);
    expect(oracle.misfit).toEqual({ at: 1, pick: 3, width: 3 });
  });
});
