/**
 * What shrinking comes to on the gallery: every violation that a schedule shows, found at random.
 *
 * Figures are held to the goals: 1-minimal always, at most three choices off the default for nine
 * of ten, links of at most 200 characters for nineteen of twenty, never more than 500 replays.
 */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../base/random.ts';
import type { CheckId } from '../check/contract.ts';
import { runScenario } from '../run/run.ts';
import { GALLERY } from '../scenario/gallery/index.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Attempt } from './attempt.ts';
import { replayLink } from './links.ts';
import { RandomOracle } from './random.ts';
import { replay, ScheduleOracle } from './replay.ts';
import { scenarioSubject } from './scenario-subject.ts';
import type { Schedule } from './schedule.ts';
import { scenarioTarget } from './shrink-scenario.ts';
import { Shrink, SHRINK_REPLAYS_MAX, type ShrinkResult } from './shrink.ts';

const BASE = 'http://localhost:4173/';
const SCHEDULES_MAX = 200;

interface Case {
  readonly name: string;
  readonly check: CheckId;
  readonly scenario: Scenario;
  readonly passes: boolean;
}

const CASES: readonly Case[] = GALLERY.filter(({ long }) => !long).flatMap((entry) =>
  [...entry.expect.checks, ...entry.expect.races]
    .filter((check) => !check.startsWith('run.') && check !== 'lock.capacity')
    .map((check) => ({
      name: entry.name,
      check: check as CheckId,
      scenario: entry.scenario,
      passes: entry.expect.verdict === 'passed',
    })),
);

function find({ scenario, check }: Case): Attempt | undefined {
  const subject = scenarioSubject(scenario);
  for (let nth = 0; nth < SCHEDULES_MAX; nth++) {
    const oracle =
      nth === SCHEDULES_MAX - 1
        ? new ScheduleOracle([])
        : new RandomOracle(new RandomStream(nth, 'corpus'));
    const attempt = subject.attempt(oracle);
    if (attempt.violated.includes(check)) return attempt;
  }
  return undefined;
}

function shrunk(each: Case): ShrinkResult<Scenario> {
  const found = find(each);
  if (found === undefined) throw new Error(`no schedule of ${each.name} violates ${each.check}`);
  const shrink = new Shrink(scenarioTarget(each.scenario), found, each.check);
  while (shrink.advance(50));
  return shrink.result();
}

/** Every schedule that is one choice, or one pick, smaller. */
function smallerOnes(schedule: Schedule): Schedule[] {
  return schedule.flatMap((choice, n) => [
    schedule.filter((_, at) => at !== n),
    ...Array.from({ length: choice.pick - 1 }, (_, lower) =>
      schedule.map((each) => (each === choice ? { ...each, pick: lower + 1 } : each)),
    ),
  ]);
}

const RESULTS = CASES.map((each) => ({ ...each, result: shrunk(each) }));

describe('the corpus', () => {
  it.each(RESULTS)(
    '$name: $check is 1-minimal, by taking away each choice',
    ({ check, result }) => {
      const { subject } = result.target;
      expect(result).toMatchObject({ minimal: true, reproduced: true });
      expect(replay(subject, result.schedule)).toMatchObject({ kind: 'ok' });
      expect(result.attempt.violated).toContain(check);
      for (const smaller of smallerOnes(result.schedule)) {
        const { violated } = subject.attempt(new ScheduleOracle(smaller));
        expect(violated, JSON.stringify(smaller)).not.toContain(check);
      }
    },
  );

  it.each(RESULTS.filter(({ passes }) => passes))(
    '$name still passes without its schedule: $check',
    ({ result }) => {
      expect(runScenario(result.target.value, { keepTrace: false }).verdict).toBe('passed');
      expect(result.schedule.length).toBeGreaterThan(0);
    },
  );

  it('meets the goals: few choices, short links, few replays', () => {
    const figures = RESULTS.map(({ name, check, result }) => {
      const { target, schedule, attempt, replays } = result;
      const { digest } = attempt;
      const link = replayLink(BASE, { scenario: target.value, schedule, digest });
      return { name, check, choices: schedule.length, link: link.length, replays };
    });
    const share = (isMet: (figure: (typeof figures)[number]) => boolean): number =>
      figures.filter(isMet).length / figures.length;
    const told = JSON.stringify(figures);
    expect(figures.length).toBeGreaterThanOrEqual(40);
    expect(
      share(({ choices }) => choices <= 3),
      told,
    ).toBeGreaterThanOrEqual(0.9);
    expect(
      share(({ link }) => link <= 200),
      told,
    ).toBeGreaterThanOrEqual(0.95);
    expect(
      share(({ replays }) => replays <= SHRINK_REPLAYS_MAX),
      told,
    ).toBe(1);
  });
});
