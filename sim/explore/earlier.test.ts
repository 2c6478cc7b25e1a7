/**
 * Every earlier scenario is explored: defects are found, repaired twins are proved or say what may
 * have been missed, faulty parts are found, and correct ones raise no alarm.
 */
import { describe, expect, it } from 'vitest';
import type { CheckId } from '../check/contract.ts';
import { EXPLORED } from '../check/sources.ts';
import { fifoOracle } from '../kernel/oracle.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import { GALLERY, galleryEntry } from '../scenario/gallery/index.ts';
import type { Scenario } from '../scenario/schema.ts';
import { mutants } from './corpus.ts';
import { scenarioSubject } from './scenario-subject.ts';
import { Search } from './search.ts';
import type { SearchResult } from './search-result.ts';
import type { SearchOptions } from './settings.ts';
import type { Subject } from './subject.ts';

function searched(subject: Subject, options: Partial<SearchOptions>): SearchResult {
  const search = new Search(subject, options);
  while (search.advance(1_000));
  return search.result();
}

/** Runs of a day are for machines that have one. */
const SHORT = GALLERY.filter(({ long }) => !long);
const DEFECTS = SHORT.flatMap(({ name, scenario, expect: { checks, races } }) =>
  [...checks, ...races]
    .filter((check): check is CheckId => EXPLORED.required.has(check as CheckId))
    .map((check) => ({ name, check, scenario })),
);
/** Repaired by a longer duration, and durations are what an exploration does not see. */
const LEASE = 'lease-expires-repaired';
const SOUND = SHORT.filter(
  ({ name }) => name !== LEASE && !DEFECTS.some((defect) => defect.name === name),
);

describe('the defects of the gallery', () => {
  it.each(DEFECTS)('$name: $check is found, and comes again', ({ check, scenario }) => {
    const options = { strategy: 'portfolio', schedulesMax: 2_000, wanted: [check] } as const;
    const { stop, findings } = searched(scenarioSubject(scenario), options);
    expect(stop).toBe('found');
    const found = findings.find(({ violated }) => violated.includes(check));
    expect(found?.reproduced).toBe(true);
  });

  it('are many', () => {
    expect(DEFECTS.length).toBeGreaterThanOrEqual(40);
    expect(SOUND.length).toBeGreaterThanOrEqual(20);
  });
});

describe('the repaired twins and sound scenarios of the gallery', () => {
  /** Atomic steps that a walk through everything may take here, about. */
  const STEPS = 40_000;
  const DRAWN = 8;
  const known = new Map<Scenario, SearchResult>();

  /** What a walk through everything comes to within those steps; each is walked once. */
  function wholeOf(scenario: Scenario): SearchResult {
    const before = known.get(scenario);
    if (before !== undefined) return before;
    const subject = scenarioSubject(scenario);
    const { steps } = subject.attempt(fifoOracle);
    const schedulesMax = Math.min(2_000, Math.ceil(STEPS / steps));
    const result = searched(subject, { strategy: 'exhaustive', schedulesMax });
    known.set(scenario, result);
    return result;
  }

  it.each(SOUND)('$name: proved, or the bound on a miss is told', ({ scenario }) => {
    const subject = scenarioSubject(scenario);
    const whole = wholeOf(scenario);
    expect(whole.findings).toEqual([]);
    if (whole.complete) return expect(whole.conclusion).toBe('proved');
    expect(whole.conclusion).toBe('not-refuted');
    const drawn = searched(subject, { strategy: 'pct', depth: 2, schedulesMax: DRAWN });
    expect(drawn.conclusion).toBe('not-refuted');
    expect(drawn.guarantee).toMatchObject({ depth: 2 });
    expect(drawn.guarantee?.missBound).toBeLessThanOrEqual(1);
    expect(drawn.guarantee?.probability).toBeGreaterThan(0);
  });

  it('do not hold by a lease that is only long enough: some schedule outlasts it', () => {
    const { findings } = searched(scenarioSubject(galleryEntry(LEASE).scenario), {
      strategy: 'exhaustive',
      schedulesMax: 1_000,
    });
    expect(findings[0]?.violated).toEqual(['lock.exclusion']);
  });

  it('are proved where they are small: at least five of the twins of races', () => {
    const proved = SOUND.filter(({ twin, scenario }) => {
      const races = twin === undefined ? [] : galleryEntry(twin).expect.races;
      return races.length > 0 && wholeOf(scenario).conclusion === 'proved';
    });
    expect(proved.map(({ name }) => name).length).toBeGreaterThanOrEqual(5);
  });
});

describe('PnL', () => {
  const PNL = ['pnl.total', 'pnl.ledger'] as const;

  it('is exact under all schedules: proved, with something to add up in each of them', () => {
    const parsed = parseScenario({
      symbols: ['BTCUSD.s', 'ETHUSD.s'].map((name) => ({ name, signals: 2 })),
    });
    if (parsed.kind === 'error') throw new Error(parsed.error.message);
    const subject = scenarioSubject(parsed.value);
    const search = new Search(subject, { strategy: 'exhaustive' });
    while (search.advance(1_000));
    expect(search.result().conclusion).toBe('proved');
    const checks = subject.attempt(fifoOracle).checks.filter(({ id }) => PNL.some((p) => p === id));
    expect(checks.map(({ required }) => required)).toEqual([true, true]);
    for (const { examined } of checks) expect(examined).toBeGreaterThan(0);
  });

  it('that is not exact under some schedule is among the defects', () => {
    for (const id of PNL) expect(DEFECTS.filter(({ check }) => check === id)).not.toEqual([]);
  });
});

describe('the faulty parts', () => {
  const MUTANTS = mutants();

  it('that schedules can show are at least 40', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
  });

  it.each(MUTANTS)('$name is found within a thousand schedules', ({ subject, caughtBy }) => {
    const found = caughtBy.filter((check) => {
      const options = { strategy: 'portfolio', schedulesMax: 1_000, wanted: [check] } as const;
      return searched(subject, options).stop === 'found';
    });
    expect(found.length).toBeGreaterThan(0);
  });

  it.each(MUTANTS)('$name: a correct one in its place raises no alarm', ({ correct }) => {
    const { violations } = searched(correct, { strategy: 'portfolio', schedulesMax: 24 });
    expect(violations).toEqual([]);
  });
});
