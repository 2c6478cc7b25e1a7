/**
 * The zoo on the engine itself: every faulty lock is caught by the checks that it names, within the
 * whole workload, and every correct one passes all checks of locks under the same settings.
 */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Check, CheckFold } from '../check/contract.ts';
import { lockBypass } from '../check/checks/lock-bypass.ts';
import { lockDeadlock } from '../check/checks/lock-deadlock.ts';
import { lockExclusion } from '../check/checks/lock-exclusion.ts';
import { lockFifo } from '../check/checks/lock-fifo.ts';
import { lockLostWakeup } from '../check/checks/lock-lost-wakeup.ts';
import { lockOwnership } from '../check/checks/lock-ownership.ts';
import { lockPairing } from '../check/checks/lock-pairing.ts';
import { lockStarvation } from '../check/checks/lock-starvation.ts';
import { fifoOracle } from '../kernel/oracle.ts';
import { factsOf } from '../run/facts.ts';
import { World } from '../run/world.ts';
import { type Scenario, scenarioSchema } from '../scenario/schema.ts';
import { RunEnd } from '../trace/event.ts';
import { Recorder } from '../trace/recorder.ts';
import { RunEnd } from '../trace/event.ts';
import { eventsOf } from '../trace/segment.ts';
import type { LockName } from './index.ts';
import { type Reveal, ZOO } from './zoo.ts';

const SEEDS = [1, 2, 3, 127];
const STEPS_MAX = 1_000_000;

const CHECKS: readonly Check[] = [
  lockPairing,
  lockExclusion,
  lockOwnership,
  lockFifo,
  lockBypass,
  lockLostWakeup,
  lockDeadlock,
  lockStarvation,
];

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
  const recorder = new Recorder({ keep: true, readers: [] });
  const world = new World(scenario, recorder, fifoOracle, 'virtual');
  expect(world.kernel.run(STEPS_MAX)).toBe(false);
  world.finish(world.kernel.end ?? RunEnd.limit);
  recorder.finish();
  const facts = factsOf(scenario, world.taskNames);
  const folds = CHECKS.map((check): [Check, CheckFold] => [check, check.start(facts)]);
  for (const event of eventsOf(recorder.segments)) {
    for (const [check, fold] of folds) if (check.reads.includes(event.kind)) fold.step(event);
  }
  const end = { timeUs: recorder.nowUs, complete: world.kernel.end !== RunEnd.limit };
  return folds
    .filter(([, fold]) => fold.finish(end).verdict === 'violated')
    .map(([check]) => check.id);
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
