/** A story tells what the trace says, in its order, in few steps, and the violation at its end. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fill } from '../check/contract.ts';
import { type CheckId, CHECK_IDS } from '../check/contract.ts';
import { LOCKS } from '../locks/index.ts';
import { parseLink } from '../scenario/codec/link.ts';
import { eventsOf } from '../trace/segment.ts';
import type { Attempt } from './attempt.ts';
import { scheduleOfLink } from './links.ts';
import { lockSubject } from './lock-subject.ts';
import { replay, ScheduleOracle } from './replay.ts';
import { scenarioSubject } from './scenario-subject.ts';
import { CLAUSES } from './story-clauses.ts';
import { inevitableSince } from './story-inevitable.ts';
import { type Story, STORY_STEPS_MAX, tellStory } from './story.ts';

interface Golden {
  readonly scenario: string;
  readonly check: CheckId;
  readonly url: string;
}

const GOLDEN = JSON.parse(
  readFileSync(new URL('../../fixtures/golden/replays.json', import.meta.url), 'utf8'),
) as readonly Golden[];

interface Told {
  readonly attempt: Attempt;
  readonly story: Story;
}

function told({ url, check }: Golden): Told {
  const link = parseLink(url);
  if (link.kind === 'error') throw new Error(link.error.message);
  const schedule = scheduleOfLink(link.value);
  if (schedule?.kind !== 'ok') throw new Error('expected a schedule');
  const subject = scenarioSubject(link.value.scenario);
  const attempt = replay(subject, schedule.value);
  if (attempt.kind === 'error') throw new Error(attempt.error.message);
  const inevitable = inevitableSince(subject, attempt.value, check);
  return { attempt: attempt.value, story: tellStory(attempt.value, check, inevitable) };
}

function textsOf(name: string, check: string): readonly string[] {
  const golden = GOLDEN.find((each) => each.scenario === name && each.check === check);
  if (golden === undefined) throw new Error(`expected a link of ${name}`);
  return told(golden).story.steps.map(({ text }) => text);
}

describe('the story of a gallery race', () => {
  it.each(GOLDEN)(
    'of $scenario is short, in order, and made of what happened: $check',
    (golden) => {
      const { attempt, story } = told(golden);
      const { steps } = story;
      expect(steps.length).toBeGreaterThan(0);
      expect(steps.length).toBeLessThanOrEqual(STORY_STEPS_MAX);
      const seqs = steps.map(({ at }) => at.seq);
      expect(seqs).toEqual([...new Set(seqs)].sort((x, y) => x - y));
      const times = new Map<number, number>();
      for (const { seq, timeUs } of eventsOf(attempt.result.segments)) times.set(seq, timeUs);
      const templates: readonly string[] = Object.values(CLAUSES);
      for (const { at, clauses, text } of steps) {
        expect(times.get(at.seq)).toBe(at.timeUs);
        for (const clause of clauses) {
          expect(templates).toContain(clause.template);
          expect(clause.text).toBe(fill(clause.template, clause.values));
          expect(clause.text).not.toMatch(/[{}]|undefined/);
          for (const ref of clause.at) expect(times.get(ref.seq)).toBe(ref.timeUs);
        }
        expect(text).toMatch(/\.$/);
      }
      expect(story.finding?.text).toBeDefined();
    },
  );

  it.each(GOLDEN)(
    'of $scenario tells every departure, and one inevitable step: $check',
    (golden) => {
      const { attempt, story } = told(golden);
      const departures = attempt.choices.picks.flatMap((pick, at) => (pick === 0 ? [] : [at]));
      expect(story.steps.flatMap(({ choices }) => choices)).toEqual(departures);
      expect(story.inevitable.kind).toBe('since');
      expect(story.steps.filter(({ inevitable }) => inevitable)).toHaveLength(1);
    },
  );

  it('reads like this: a lock that looks before it acts', () => {
    const steps = textsOf('flag-race', 'lock.exclusion');
    expect(steps[0]).toMatch(
      /^ETHUSD\.s goes before .*; ETHUSD\.s asks for the socket’s lock and waits\.$/,
    );
    expect(steps.slice(1, 5)).toEqual([
      'BTCUSD.s asks for the socket’s lock and waits.',
      'ETHUSD.s is granted the socket’s lock.',
      'ETHUSD.s begins its critical section on the socket; ETHUSD.s sends a ping.',
      'BTCUSD.s is granted the socket’s lock, although ETHUSD.s holds it.',
    ]);
    expect(steps.at(-1)).toBe(
      'BTCUSD.s begins its critical section on the socket, where ETHUSD.s still is; ' +
        'BTCUSD.s cannot send: EFSM; ' +
        'BTCUSD.s ends its critical section and releases the socket’s lock.',
    );
  });

  it('ends in the standstill where nobody can go on', () => {
    const steps = textsOf('lock-order-race', 'lock.deadlock');
    expect(steps.at(-1)).toMatch(
      /which \S+ holds, and waits; nobody can go on; still waiting: 2\.$/,
    );
  });
});

describe('the story of a lock alone', () => {
  it('is told of its clients', () => {
    const subject = lockSubject(LOCKS.none, { clients: 2, rounds: 1, steps: 3 });
    const attempt = subject.attempt(new ScheduleOracle([]));
    const { steps } = tellStory(attempt, 'lock.exclusion');
    expect(steps.map(({ text }) => text)).toContain(
      'client-2 asks for the socket’s lock, which client-1 holds, and waits; ' +
        'client-2 is granted the socket’s lock, although client-1 holds it; ' +
        'client-2 begins its critical section on the socket, where client-1 still is.',
    );
  });
});

describe('every check', () => {
  it.each(CHECK_IDS)('%s has a story, of a run that does not violate it too', (check) => {
    const subject = lockSubject(LOCKS.fifo, { clients: 2, rounds: 2, steps: 2 });
    const story = tellStory(subject.attempt(new ScheduleOracle([])), check);
    expect(story.steps.length).toBeLessThanOrEqual(STORY_STEPS_MAX);
    expect(story.inevitable).toEqual({ kind: 'unknown' });
    expect(story.steps.some(({ inevitable }) => inevitable)).toBe(false);
  });
});
