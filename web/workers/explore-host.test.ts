import { describe, expect, test } from 'vitest';
import {
  assertExists,
  decodeSchedule,
  encodeSchedule,
  galleryEntry,
  ReplayRun,
} from '../../sim/index.ts';
import type { Work } from './engine-contract.ts';
import type { ExplorePlan, ExploreProgress } from './explore-contract.ts';
import { ExploreHost } from './explore-host.ts';

const PLAN: ExplorePlan = {
  strategy: 'exhaustive',
  seed: 1,
  depth: 3,
  schedulesMax: 1e6,
  secondsMax: 60,
};
const RACE: Work = { kind: 'gallery', name: 'flag-race' };

/** A host with a clock of our own that goes on by `stepMs` whenever it is read. */
function bench(stepMs = 0.5) {
  const heard: ExploreProgress[] = [];
  let clockMs = 0;
  let turns = 0;
  let onTurn: (turn: number) => void = () => undefined;
  const host = new ExploreHost({
    nowMs: () => (clockMs += stepMs),
    turn: () => {
      onTurn((turns += 1));
      return Promise.resolve();
    },
  });
  return {
    host,
    heard,
    hear: (progress: ExploreProgress) => heard.push(progress),
    atTurn: (act: (turn: number) => void) => (onTurn = act),
    clock: () => clockMs,
  };
}

describe('an exploration in the worker', () => {
  test('finds the race, makes it smaller, and tells it up to the finding', async () => {
    const { host, heard, hear } = bench();
    const end = await host.explore(RACE, PLAN, hear);
    expect(end.result.conclusion).toBe('violated');
    const violation = assertExists(end.violation, 'expected a violation');
    expect(violation.check).toBe('lock.exclusion');
    expect(violation.choices).toBeLessThanOrEqual(violation.choicesBefore);
    expect(violation.choices).toBeGreaterThan(0);
    const { told } = violation;
    expect(told.story?.steps.length).toBeGreaterThan(1);
    expect(told.marks.picks.filter((pick) => pick > 0)).toHaveLength(violation.choices);
    expect(told.marks.seqs).toHaveLength(told.marks.picks.length);
    const kinds = new Set(heard.map(({ kind }) => kind));
    expect([...kinds]).toEqual(['opened', 'searching', 'found', 'shrinking', 'telling']);
  });

  test('tells a schedule that replays as a run with the same digest', async () => {
    const { host, hear } = bench();
    const { violation } = await host.explore(RACE, PLAN, hear);
    const { scenario, schedule, digest } = assertExists(violation, 'expected a violation').told;
    const choices = decodeSchedule(schedule);
    expect(choices.kind).toBe('ok');
    if (choices.kind !== 'ok') return;
    const run = new ReplayRun(scenario, choices.value, { keepTrace: false });
    run.advance(Infinity);
    expect(run.fit().kind).toBe('ok');
    expect(run.result().digest).toBe(digest);
  });

  test('tells a link the same story as the search that found it', async () => {
    const { host, hear } = bench();
    const { violation } = await host.explore(RACE, PLAN, hear);
    const { told } = assertExists(violation, 'expected a violation');
    expect(host.tell(told.scenario, told.schedule)).toEqual({ kind: 'told', told });
  });

  test('of a repaired race proves that there is none, by having covered every class', async () => {
    const { host, hear } = bench();
    const work: Work = { kind: 'gallery', name: 'flag-race-repaired' };
    const end = await host.explore(work, PLAN, hear);
    expect(end.result).toMatchObject({ conclusion: 'proved', complete: true });
    expect(end.violation).toBeUndefined();
  });

  test('that draws schedules is never a proof, and says what it may have missed', async () => {
    const { host, heard, hear } = bench();
    const plan: ExplorePlan = { ...PLAN, strategy: 'pct', schedulesMax: 50 };
    const work: Work = { kind: 'gallery', name: 'flag-race-repaired' };
    const end = await host.explore(work, plan, hear);
    expect(end.result).toMatchObject({ conclusion: 'not-refuted', schedules: 50 });
    const last = heard.findLast((each) => each.kind === 'searching');
    expect(last?.progress).toMatchObject({ schedules: 50, missed: { depth: 3 } });
    // Of the 56 classes that there are.
    expect(last?.progress).toMatchObject({ classes: end.result.coverage?.classes, toldApart: 50 });
    expect(end.result.coverage?.classes).toBeLessThanOrEqual(50);
  });

  test('says how far it is four times a second at most', async () => {
    const { host, heard, hear, clock } = bench(1);
    const work: Work = { kind: 'gallery', name: 'flag-race-repaired' };
    await host.explore(work, PLAN, hear);
    const said = heard.filter(({ kind }) => kind === 'searching').length;
    expect(said).toBeGreaterThan(0);
    // The last one says what it came to, whenever that is.
    expect(said).toBeLessThanOrEqual(clock() / 250 + 2);
  });

  test('that is cancelled ends with what it has', async () => {
    const { host, hear, atTurn } = bench();
    atTurn((turn) => {
      if (turn === 2) host.cancel();
    });
    const work: Work = { kind: 'gallery', name: 'reference' };
    const end = await host.explore(work, { ...PLAN, strategy: 'random' }, hear);
    expect(end.reason).toBe('cancelled');
    expect(end.result.stop).toBe('cancelled');
    expect(end.result.schedules).toBeGreaterThan(0);
    expect(end.result.conclusion).toBe('not-refuted');
  });

  test('that is cancelled while it shrinks keeps the violation, only larger', async () => {
    const { host, heard, hear, atTurn } = bench();
    atTurn(() => {
      if (heard.some(({ kind }) => kind === 'found')) host.cancel();
    });
    const { violation } = await host.explore(RACE, { ...PLAN, strategy: 'random' }, hear);
    const { told, minimal } = assertExists(violation, 'expected a violation');
    expect(minimal).toBe(false);
    expect(host.tell(told.scenario, told.schedule)).toMatchObject({
      told: { story: { check: 'lock.exclusion' } },
    });
  });

  test('whose time is over says so', async () => {
    const { host, hear } = bench(100);
    const plan: ExplorePlan = { ...PLAN, strategy: 'random', secondsMax: 1 };
    const end = await host.explore({ kind: 'gallery', name: 'reference' }, plan, hear);
    expect(end.reason).toBe('late');
  });
});

describe('the schedule of a link', () => {
  const { scenario } = galleryEntry('flag-race');
  const { host } = bench();

  test.each([
    ['that names a choice the run never comes to', encodeSchedule([{ at: 9_999, pick: 1 }])],
    ['that picks what is not offered', encodeSchedule([{ at: 0, pick: 999 }])],
  ])('%s does not fit', (_, schedule) => {
    expect(host.tell(scenario, schedule)).toMatchObject({
      kind: 'misfit',
      problem: { code: 'schedule-misfit' },
    });
  });

  test('that is damaged tells what is wrong', () => {
    expect(host.tell(scenario, '0A')).toMatchObject({
      kind: 'misfit',
      problem: { code: 'schedule-damaged' },
    });
  });

  test('that violates nothing has no story, but its choices', () => {
    const telling = host.tell(scenario, encodeSchedule([]));
    expect(telling).toMatchObject({ kind: 'told', told: { story: undefined, schedule: '0' } });
  });
});
