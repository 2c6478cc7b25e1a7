/**
 * The zoo on the engine itself: every faulty lock is caught by the checks that it names, within the
 * whole workload, and every correct one passes all checks of locks under the same settings.
 */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../run/run.ts';
import { type Scenario, scenarioSchema } from '../scenario/schema.ts';
import type { LockName } from './index.ts';
import { type Reveal, ZOO } from './zoo.ts';

const SEEDS = [1, 2, 3, 127];

/** The reference's workload with the settings under which a fault shows. */
function scenarioOf(name: LockName, reveal: Reveal, seed: number): Scenario {
  const { symbols = 3, intervalUs, lock, engine, acceptance } = reveal;
  return v.parse(scenarioSchema, {
    seed,
    symbols: Array.from({ length: symbols }, (_, at) => ({ name: `SYM${at}`, intervalUs })),
    lock: { name, ...lock },
    engine,
    acceptance,
    risk: { breaker: { rule: 'ignored' }, exposureLimit: 'ignored' },
  });
}

/** The checks of locks that a run violates. */
function violatedBy(scenario: Scenario): string[] {
  return runScenario(scenario, { keepTrace: false })
    .checks.filter(({ id, verdict }) => id.startsWith('lock.') && verdict === 'violated')
    .map(({ id }) => id);
}

const faulty = ZOO.filter((entry) => entry.faulty);
const correct = ZOO.filter((entry) => !entry.faulty);

describe.each(faulty)('the faulty lock $name', ({ name, caughtBy, reveal }) => {
  it.each(SEEDS)(`is caught by ${caughtBy.join(' and ')}, seed %i`, (seed) => {
    const violated = violatedBy(scenarioOf(name, reveal, seed));
    expect(violated).toEqual(expect.arrayContaining([...caughtBy]));
  });
});

describe.each(correct)('the correct lock $name', ({ name }) => {
  it.each(faulty)('passes where $name is caught', ({ reveal }) => {
    // A bound on waiting that is made for a fair lock is no promise of an unfair one.
    const { acceptance: _, ...settings } = reveal;
    for (const seed of SEEDS) expect(violatedBy(scenarioOf(name, settings, seed))).toEqual([]);
  });
});
