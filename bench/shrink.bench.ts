/**
 * How long it takes to make a violation small, and how small it gets: every violation of the
 * gallery that a schedule shows.
 */
import {
  type Attempt,
  type CheckId,
  GALLERY,
  replay,
  replayLink,
  type Scenario,
  scenarioSubject,
  scenarioTarget,
  scheduleOf,
  Search,
  Shrink,
} from '../sim/index.ts';
import { atMost, type Claim } from './claim.ts';
import { secondsOf } from './stopwatch.ts';

const BASE = 'http://localhost:4173/';
const SCHEDULES_MAX = 500;
const SEED = 127;

interface Case {
  readonly scenario: Scenario;
  readonly check: CheckId;
  readonly found: Attempt;
}

/** The violations that a random walk finds. */
function corpus(): Case[] {
  return GALLERY.filter(({ long }) => !long).flatMap(({ scenario, expect }) =>
    [...expect.checks, ...expect.races].flatMap((check) => {
      const found = find(scenario, check as CheckId);
      return found === undefined ? [] : [{ scenario, check: check as CheckId, found }];
    }),
  );
}

function find(scenario: Scenario, check: CheckId): Attempt | undefined {
  const subject = scenarioSubject(scenario);
  const search = new Search(subject, {
    strategy: 'random',
    seed: SEED,
    schedulesMax: SCHEDULES_MAX,
    stopAtFirst: false,
  });
  const findings = () =>
    search.progress().findings.filter(({ violated }) => violated.includes(check));
  while (findings().length === 0 && search.advance(10));
  const [first] = findings();
  const again = first && replay(subject, scheduleOf(first.picks));
  return again?.kind === 'ok' ? again.value : undefined;
}

async function measure() {
  const times: number[] = [];
  const replays: number[] = [];
  const before: number[] = [];
  const after: number[] = [];
  const links: number[] = [];
  for (const { scenario, check, found } of corpus()) {
    const target = scenarioTarget(scenario);
    const shrink = new Shrink(target, found, check);
    times.push(
      await secondsOf(() => {
        while (shrink.advance(100));
      }),
    );
    const result = shrink.result();
    if (!result.minimal) throw new Error('expected a 1-minimal schedule');
    const { schedule, attempt } = result;
    const { value } = result.target;
    replays.push(result.replays);
    before.push(result.choicesBefore);
    after.push(schedule.length);
    links.push(replayLink(BASE, { scenario: value, schedule, digest: attempt.digest }).length);
  }
  return {
    value: Math.max(...times) * 1_000,
    detail: {
      violations: times.length,
      medianMs: middle(times) * 1_000,
      replaysMedian: middle(replays),
      replaysMost: Math.max(...replays),
      choicesBeforeMedian: middle(before),
      choicesMedian: middle(after),
      percentUpTo3Choices: percent(after, 3),
      linkMedian: middle(links),
      linkLongest: Math.max(...links),
      percentUpTo200Characters: percent(links, 200),
    },
  };
}

function middle(values: readonly number[]): number {
  return [...values].sort((x, y) => x - y)[values.length >> 1] ?? 0;
}

function percent(values: readonly number[], most: number): number {
  return (100 * values.filter((value) => value <= most).length) / values.length;
}

export const claim: Claim = {
  name: 'shrink',
  says: 'Every violation of the gallery is made 1-minimal in about a second and 500 replays.',
  unit: 'ms, the slowest',
  better: 'less',
  goal: atMost('gallery', 1_000, 'at most 1,000 ms'),
  rounds: 3,
  subjects: [{ name: 'gallery', role: 'ours', measure }],
};
