import { describe, expect, it } from 'vitest';
import { RandomStream } from '../base/random.ts';
import { FIRST_DELIVERY } from '../kernel/footprints.ts';
import type { Oracle } from '../kernel/oracle.ts';
import type { Claim, LockEffects, LockImplementation, LockMachine } from '../locks/contract.ts';
import { LOCKS } from '../locks/index.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import { RunEnd } from '../trace/event.ts';
import type { Attempt } from './attempt.ts';
import { type Liveness, livenessOf, SettlingOracle } from './liveness.ts';
import { lockSubject } from './lock-subject.ts';
import { RandomOracle } from './random.ts';
import { scenarioSubject } from './scenario-subject.ts';
import type { Subject } from './subject.ts';

/** The first of many random executions that ends otherwise than done, and what kept it. */
function firstHang(subject: Subject): { attempt: Attempt; liveness: Liveness } | undefined {
  for (let seed = 0; seed < 200; seed++) {
    const attempt = subject.attempt(new RandomOracle(new RandomStream(seed, 'hang')));
    const liveness = livenessOf(subject, attempt);
    if (liveness.kind !== 'settled') return { attempt, liveness };
  }
  return undefined;
}

/** A lock that polls: whoever finds it taken looks again a millisecond later, and on and on. */
class PollingLock implements LockMachine {
  readonly #effects: LockEffects;
  #holder: Claim | undefined = undefined;
  readonly #forgets: boolean;

  constructor(effects: LockEffects, forgets: boolean) {
    this.#effects = effects;
    this.#forgets = forgets;
  }

  request(claim: Claim): void {
    if (this.#holder === undefined) {
      this.#holder = claim;
      this.#effects.grant(claim);
    } else this.#effects.after(1_000, () => this.request(claim));
  }

  release(claim: Claim, caller: number): void {
    this.#effects.release(claim, caller);
    if (!this.#forgets) this.#holder = undefined;
  }

  cancel(): void {
    // Nobody gives up here.
  }
}

const polling = (forgets: boolean): LockImplementation => ({
  name: 'polling',
  about: 'Polls.',
  fairness: { kind: 'unfair' },
  create: (effects) => new PollingLock(effects, forgets),
});

describe('an execution that does not settle', () => {
  it('in a circle of waits is a deadlock, told with its circle', () => {
    const parsed = parseScenario({
      symbols: ['BTCUSD.s', 'ETHUSD.s'].map((name) => ({ name, signals: 3 })),
      engine: { lockOrder: 'crossed' },
      aggregator: { lock: 'fifo' },
      risk: { exposureLimit: 'ignored' },
    });
    if (parsed.kind === 'error') throw new Error(parsed.error.message);
    const found = firstHang(scenarioSubject(parsed.value, {}, { deadlinesMax: 0 }));
    expect(found?.attempt.violated).toContain('lock.deadlock');
    expect(found?.liveness.kind).toBe('deadlock');
    if (found?.liveness.kind !== 'deadlock') return;
    const { cycle } = found.liveness;
    expect(cycle.map(({ task }) => task).sort()).toEqual(['BTCUSD.s', 'ETHUSD.s']);
    cycle.forEach(({ holders }, at) => {
      expect(holders).toEqual([cycle[(at + 1) % cycle.length]?.task]);
    });
  });

  it('beside a free lock has lost a wake-up', () => {
    const subject = lockSubject(LOCKS['lost-wakeup'], { clients: 2, rounds: 2, steps: 2 });
    const found = firstHang(subject);
    expect(found?.liveness.kind).toBe('lost-wakeup');
    if (found?.liveness.kind !== 'lost-wakeup') return;
    expect(found.liveness.waits.length).toBeGreaterThan(0);
    expect(found.liveness.waits.every(({ holders }) => holders.length === 0)).toBe(true);
    expect(found?.attempt.end).toBe(RunEnd.stuck);
  });

  it('behind somebody who is through waits for what is kept', () => {
    const keeper: LockImplementation = {
      ...LOCKS.fifo,
      create: (effects, options) => {
        const machine = LOCKS.fifo.create(effects, options);
        return { ...bound(machine), release: () => undefined };
      },
    };
    const found = firstHang(lockSubject(keeper, { clients: 2, rounds: 1, steps: 2 }));
    expect(found?.liveness).toMatchObject({
      kind: 'kept',
      waits: [{ task: 'client-2', holders: ['client-1'] }],
    });
  });

  it('because steps repeat without end is a starving loop', () => {
    const subject = lockSubject(polling(true), { clients: 2, rounds: 1, steps: 2 });
    const found = firstHang(subject);
    expect(found?.liveness).toMatchObject({ kind: 'starving-loop', cycle: ['delivery'] });
    expect(found?.attempt.verdict).not.toBe('passed');
  });
});

describe('settling', () => {
  it('ends what only an unfair schedule keeps going', () => {
    const subject = lockSubject(polling(false), { clients: 2, rounds: 1, steps: 2 });
    // Whoever polls polls again, and the one that holds never gets its turn.
    const unfair: Oracle = {
      chooseNext: (options) =>
        Math.max(
          0,
          options.findIndex(({ process }) => process >= FIRST_DELIVERY),
        ),
      choose: () => 0,
    };
    expect(subject.attempt(unfair).end).toBe(RunEnd.limit);
    const settled = subject.attempt(new SettlingOracle(unfair, 50));
    expect(livenessOf(subject, settled)).toEqual({ kind: 'settled' });
  });

  it('lets nothing fail any more once the choices are used up', () => {
    const eager = { chooseNext: () => 1, choose: () => 1 };
    const oracle = new SettlingOracle(eager, 2);
    const two = [0, 1].map((task) => ({ task, process: task, dueUs: 0 }));
    expect([oracle.choose(2, 2), oracle.chooseNext(two)]).toEqual([1, 1]);
    expect([oracle.choose(2, 2), oracle.chooseNext(two)]).toEqual([0, 0]);
  });
});

function bound(machine: LockMachine): LockMachine {
  return {
    request: (claim) => {
      machine.request(claim);
    },
    release: (claim, caller) => {
      machine.release(claim, caller);
    },
    cancel: (claim) => {
      machine.cancel(claim);
    },
  };
}
