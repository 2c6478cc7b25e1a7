/**
 * The reduction against brute force: wherever every schedule can be walked, one execution of each
 * class sees the same, and there are as many executions as classes.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCK_NAMES, LOCKS, type LockName } from '../locks/index.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import { Dependency } from './dependency.ts';
import { lockSubject, type LockScope } from './lock-subject.ts';
import { type Bounds, scenarioSubject } from './scenario-subject.ts';
import { seeClasses, seeEvery } from './testing/agreement.ts';
import { type Toy, ToySubject } from './testing/toy.ts';
import { TOYS } from './testing/toys.ts';

const EXECUTIONS_MAX = 6_000;

describe('over the zoo of locks', () => {
  const scopes: LockScope[] = [
    { clients: 2, rounds: 2, steps: 2 },
    { clients: 3, rounds: 1, steps: 3 },
    { clients: 2, rounds: 2, steps: 3 },
    { clients: 3, rounds: 1, steps: 2, timeoutUs: 1_000 },
    { clients: 2, rounds: 1, steps: 3, timeoutUs: 1_000, leaseUs: 500 },
    { clients: 2, rounds: 2, steps: 2, releasesTwice: true },
  ];

  it.each(LOCK_NAMES)('%s: the same verdicts, and an execution a class', (name) => {
    let finished = 0;
    for (const scope of scopes) {
      const subject = lockSubject(LOCKS[name], scope);
      const every = seeEvery(subject, EXECUTIONS_MAX);
      expect(every.mixed).toEqual([]);
      if (!every.whole) continue;
      finished += 1;
      const classes = seeClasses(subject, EXECUTIONS_MAX);
      expect(classes.classes).toEqual(every.classes);
      expect(classes.executions).toBe(classes.classes.size);
    }
    expect(finished).toBeGreaterThanOrEqual(4);
  });

  it('sees fewer executions than brute force where steps are independent', () => {
    const subject = lockSubject(LOCKS.escaping, { clients: 3, rounds: 1, steps: 3 });
    expect(seeEvery(subject, EXECUTIONS_MAX).executions).toBe(1_680);
    expect(seeClasses(subject, EXECUTIONS_MAX).executions).toBe(90);
  });

  it('with a dependency that sees nothing does not agree: the comparison can fail', () => {
    const blind = (name: LockName): boolean => {
      const subject = lockSubject(LOCKS[name], { clients: 2, rounds: 2, steps: 3 });
      const every = new Set(seeEvery(subject, EXECUTIONS_MAX).classes.values());
      const dependency = new Dependency(() => false);
      const classes = seeClasses(subject, EXECUTIONS_MAX, undefined, dependency);
      return [...every].every((told) => [...classes.classes.values()].includes(told));
    };
    expect(blind('escaping')).toBe(false);
    expect(blind('check-then-act')).toBe(false);
  });
});

describe('over the engine’s own tasks', () => {
  function scenarioOf(symbols: number, signals: number, more: Partial<ScenarioInput>): Scenario {
    const names = Array.from({ length: symbols }, (_, at) => ({ name: `SYM${at}`, signals }));
    const parsed = parseScenario({ symbols: names, ...more });
    if (parsed.kind === 'error') throw new Error(parsed.error.message);
    return parsed.value;
  }
  const patient = { sendTimeoutUs: 0, receiveTimeoutUs: 0 };
  const impatient = { ...patient, receiveTimeoutUs: 20_000, attempts: 1 };
  const lossy = { dropReplyPerMillion: 10, duplicatePerMillion: 10 };
  const crash = { crashes: [{ atUs: 11_000, forUs: 5_000 }] };
  const cases: [string, Scenario, Partial<Bounds>][] = [
    ['a correct lock', scenarioOf(2, 2, { socket: patient }), {}],
    ['no lock', scenarioOf(2, 1, { socket: patient, lock: { name: 'none' } }), {}],
    [
      'a lock that acts late',
      scenarioOf(2, 1, { lock: { name: 'check-then-act' } }),
      { deadlinesMax: 0 },
    ],
    [
      'crossed locks',
      scenarioOf(2, 1, {
        engine: { lockOrder: 'crossed' },
        aggregator: { lock: 'fifo', update: 'split', suspendUs: 10 },
      }),
      { deadlinesMax: 0 },
    ],
    ['a split update', scenarioOf(2, 1, { aggregator: { update: 'split', suspendUs: 9 } }), {}],
    ['a deadline that passes early', scenarioOf(2, 1, { socket: impatient }), { deadlinesMax: 1 }],
    ['two of them', scenarioOf(1, 2, { socket: impatient }), { deadlinesMax: 2 }],
    ['faults', scenarioOf(1, 1, { endpoint: { faults: lossy }, socket: impatient }), {}],
    [
      'a network that takes time',
      scenarioOf(2, 1, { endpoint: { latencyUs: [100, 200] } }),
      { deadlinesMax: 0 },
    ],
    [
      'a heartbeat without a lock',
      scenarioOf(1, 1, { engine: { heartbeatUs: 1_000, heartbeatLock: 'none' } }),
      { deadlinesMax: 0 },
    ],
    ['a crash', scenarioOf(1, 1, { endpoint: { faults: crash }, socket: impatient }), {}],
    [
      'another client',
      scenarioOf(1, 1, { endpoint: { otherClients: 1, otherThinkUs: [5, 5] } }),
      { deadlinesMax: 0 },
    ],
  ];

  it.each(cases)('%s: the same verdicts, and an execution a class', (_, scenario, bounds) => {
    const subject = scenarioSubject(scenario, {}, bounds);
    const every = seeEvery(subject, EXECUTIONS_MAX);
    expect(every.whole).toBe(true);
    expect(every.mixed).toEqual([]);
    expect(every.executions).toBeGreaterThan(20);
    const classes = seeClasses(subject, EXECUTIONS_MAX);
    expect(classes.classes).toEqual(every.classes);
    expect(classes.executions).toBe(classes.classes.size);
  });
});

describe('over random programs', () => {
  const EXECUTIONS_OF_A_TOY = 600;

  it('tells everything that every schedule tells, in an execution a class', () => {
    let compared = 0;
    fc.assert(
      fc.property(TOYS, (toy) => {
        const subject = new ToySubject(toy);
        const tell = (): string => subject.told;
        const every = seeEvery(subject, EXECUTIONS_OF_A_TOY, tell);
        expect(every.mixed).toEqual([]);
        if (!every.whole) return;
        compared += 1;
        const classes = seeClasses(subject, EXECUTIONS_OF_A_TOY, tell);
        expect(classes.classes).toEqual(every.classes);
        expect(classes.executions).toBe(classes.classes.size);
      }),
      { seed: 127, numRuns: 1_500 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });

  it('once made a mistake in each of these, which it makes no more', () => {
    const nothing = { ops: [], then: 'go-on' } as const;
    const fixed: Toy[] = [
      // Decisions of a step that sleeps, one by one.
      {
        tasks: [
          { daemon: false, steps: [{ ops: [{ kind: 'decide' }], then: 'go-on' }] },
          { daemon: false, steps: [nothing] },
          { daemon: false, steps: [nothing, nothing] },
        ],
        deadlinesMax: 0,
      },
      // A deadline that could have passed early, had another not before.
      {
        tasks: [
          { daemon: false, steps: [{ ops: [], then: 'park-timed' }, nothing] },
          {
            daemon: false,
            steps: [{ ops: [], then: 'nap' }, { ops: [], then: 'park-timed' }, nothing],
          },
          { daemon: false, steps: [nothing] },
        ],
        deadlinesMax: 1,
      },
      // A delivery that is withdrawn, and that sleeps until the end of somebody wakes it.
      {
        tasks: [
          {
            daemon: false,
            steps: [
              { ops: [{ kind: 'deliver', cell: 2 }], then: 'go-on' },
              { ops: [{ kind: 'withdraw' }], then: 'go-on' },
              nothing,
            ],
          },
          { daemon: false, steps: [{ ops: [{ kind: 'look', cell: 2 }], then: 'go-on' }, nothing] },
          { daemon: false, steps: [nothing, nothing] },
        ],
        deadlinesMax: 0,
      },
    ];
    for (const toy of fixed) {
      const subject = new ToySubject(toy);
      const tell = (): string => subject.told;
      const every = seeEvery(subject, EXECUTIONS_MAX, tell);
      expect(every.whole).toBe(true);
      expect(seeClasses(subject, EXECUTIONS_MAX, tell).classes).toEqual(every.classes);
    }
  });
});
