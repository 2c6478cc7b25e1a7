/** A replay is the run that was, to the last digit, or says in what its schedule does not fit. */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../base/random.ts';
import { galleryEntry } from '../scenario/gallery/index.ts';
import { RandomOracle } from './random.ts';
import { ReplayRun } from './replay-run.ts';
import { misfitMessage, replay, ScheduleOracle, scheduleOfAttempt } from './replay.ts';
import { scenarioSubject } from './scenario-subject.ts';
import type { Schedule } from './schedule.ts';

const SEEDS = [1, 2, 3, 4, 5];
const { scenario } = galleryEntry('withdrawal-race');
const subject = scenarioSubject(scenario);

function atRandom(seed: number) {
  return subject.attempt(new RandomOracle(new RandomStream(seed, 'replay')));
}

describe('a replay', () => {
  it.each(SEEDS)('is the execution that was written down, digest and all: seed %i', (seed) => {
    const attempt = atRandom(seed);
    const schedule = scheduleOfAttempt(attempt);
    for (const again of [replay(subject, schedule), replay(subject, schedule)]) {
      expect(again).toMatchObject({ kind: 'ok', value: { violated: attempt.violated } });
      if (again.kind === 'ok') expect(again.value.digest).toBe(attempt.digest);
    }
  });

  it.each(SEEDS)('is the same as a run, in slices of one step: seed %i', (seed) => {
    const attempt = atRandom(seed);
    const run = new ReplayRun(scenario, scheduleOfAttempt(attempt), { keepTrace: false });
    while (run.advance(1));
    const { digest, verdict, checks } = run.result();
    expect({ digest, verdict }).toEqual({ digest: attempt.digest, verdict: attempt.verdict });
    const violated = checks.filter((each) => each.required && each.verdict === 'violated');
    expect(violated.map(({ id }) => id)).toEqual(attempt.violated);
    expect(run.fit().kind).toBe('ok');
  });

  it.each<[string, Schedule, RegExp]>([
    ['a choice past the end', [{ at: 4_000, pick: 1 }], /names choice 4000 of a run with \d+:/],
    ['a pick past the width', [{ at: 0, pick: 99 }], /picks number 99 at choice 0, where 0 to \d+/],
  ])('refuses %s', (_, schedule, words) => {
    const result = replay(subject, schedule);
    expect(result).toMatchObject({
      kind: 'error',
      error: { code: 'schedule-misfit', message: expect.stringMatching(words) as string },
    });
    const run = new ReplayRun(scenario, schedule, { keepTrace: false });
    while (run.advance(1_000));
    expect(run.fit()).toEqual(result);
  });
});

describe('following a schedule', () => {
  it('gives its picks at their choices and the default elsewhere', () => {
    const oracle = new ScheduleOracle([
      { at: 1, pick: 2 },
      { at: 3, pick: 1 },
    ]);
    expect([3, 3, 3, 3, 3].map((width) => oracle.choose(width))).toEqual([0, 2, 0, 1, 0]);
    expect([oracle.misfit, oracle.asked]).toEqual([undefined, 5]);
  });

  it('tells the first misfit, and goes on by default', () => {
    const oracle = new ScheduleOracle([
      { at: 0, pick: 2 },
      { at: 1, pick: 9 },
      { at: 7, pick: 1 },
    ]);
    expect([2, 2].map((width) => oracle.choose(width))).toEqual([0, 0]);
    expect(oracle.misfit).toEqual({ kind: 'not-offered', at: 0, pick: 2, width: 2 });
  });

  it('puts every misfit into words', () => {
    expect(misfitMessage({ kind: 'not-reached', at: 5, choices: 3 })).toMatch(/^expected .* got /);
    expect(misfitMessage({ kind: 'not-offered', at: 5, pick: 3, width: 2 })).toMatch(/0 to 1 are/);
  });
});
