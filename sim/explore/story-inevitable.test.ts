/** What is called inevitable is so: brute force over all continuations says the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mix } from '../base/random.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import { LOCKS } from '../locks/index.ts';
import { RunEnd } from '../trace/event.ts';
import { Attempt, type ExploredResult } from './attempt.ts';
import { NotingOracle, ReplayOracle } from './choices.ts';
import { lockSubject } from './lock-subject.ts';
import { inevitableSince } from './story-inevitable.ts';
import type { Subject } from './subject.ts';

const SEED = 127;
const CHECK = 'lock.exclusion';

/**
 * Asks `widths.length` times who goes next; a check may speak at any step, and once and for all.
 */
function toy(widths: readonly number[], isBad: (picks: readonly number[]) => boolean): Subject {
  const options = (width: number): Option[] =>
    Array.from({ length: width }, (_, process) => ({ task: process, process, dueUs: 0 }));
  const attempt = (oracle: Oracle): Attempt => {
    const noting = new NotingOracle(oracle);
    const picks: number[] = [];
    let bad = false;
    for (const width of widths) {
      const pick = noting.chooseNext(options(width));
      if (pick < 0) break;
      picks.push(pick);
      bad ||= isBad(picks);
    }
    const whole = picks.length === widths.length;
    const verdict = bad ? 'violated' : whole ? 'passed' : 'inconclusive';
    const violated = bad ? ([CHECK] as const) : [];
    const end = whole ? RunEnd.done : RunEnd.cancelled;
    const rest = { choices: noting.choices, steps: picks.length, end };
    return new Attempt({ verdict, violated, ...rest }, () => ({}) as ExploredResult);
  };
  return { name: 'toy', scope: 'a toy', reducible: false, attempt };
}

/** Every way to go on from `picks`. */
function* completions(widths: readonly number[], picks: readonly number[]): Generator<number[]> {
  const width = widths[picks.length];
  if (width === undefined) yield [...picks];
  else for (let pick = 0; pick < width; pick++) yield* completions(widths, [...picks, pick]);
}

/** The fewest choices after which all that can follow is bad. */
function fewestDecided(
  widths: readonly number[],
  picks: readonly number[],
  isBad: (picks: readonly number[]) => boolean,
): number {
  const endsBad = (all: readonly number[]) => all.some((_, at) => isBad(all.slice(0, at + 1)));
  for (let made = 0; made <= picks.length; made++) {
    if ([...completions(widths, picks.slice(0, made))].every(endsBad)) return made;
  }
  throw new Error('expected picks that end badly');
}

const cases = fc
  .array(fc.integer({ min: 2, max: 3 }), { minLength: 1, maxLength: 6 })
  .chain((widths) =>
    fc.tuple(
      fc.constant(widths),
      fc.tuple(...widths.map((width) => fc.integer({ min: 0, max: width - 1 }))),
      fc.integer(),
      fc.constantFrom(2, 3, 5, 9),
    ),
  );

describe('the step from which a violation is inevitable', () => {
  it('is the one that brute force finds', () => {
    fc.assert(
      fc.property(cases, ([widths, picks, salt, rarity]) => {
        const isBad = (answers: readonly number[]): boolean =>
          answers.join() === picks.join() ||
          answers.reduce((hash, answer) => mix(hash ^ (answer + 1)), mix(salt)) % rarity === 0;
        const subject = toy(widths, isBad);
        const attempt = subject.attempt(new ReplayOracle(picks));
        const made = fewestDecided(widths, picks, isBad);
        expect(inevitableSince(subject, attempt, CHECK, 100_000)).toEqual(
          made === 0 ? { kind: 'always' } : { kind: 'since', choice: made - 1 },
        );
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('is unknown, not guessed, where there is too much to try', () => {
    const widths = Array.from({ length: 12 }, () => 2);
    const subject = toy(widths, (picks) => picks.length === 12);
    const attempt = subject.attempt(new ReplayOracle([]));
    expect(inevitableSince(subject, attempt, CHECK, 100)).toEqual({ kind: 'unknown' });
    expect(inevitableSince(subject, attempt, CHECK, 100_000)).toEqual({ kind: 'always' });
  });

  it('is before all steps where every schedule violates', () => {
    const subject = lockSubject(LOCKS['forgets-release'], { clients: 2, rounds: 1, steps: 2 });
    const attempt = subject.attempt(new ReplayOracle([]));
    const [check] = attempt.violated;
    expect(check).toBeDefined();
    if (check !== undefined)
      expect(inevitableSince(subject, attempt, check)).toEqual({ kind: 'always' });
  });
});
