/** The hash of a class against its exact key: as many hashes as classes, over every schedule. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../base/random.ts';
import { FIRST_DELIVERY, Footprints } from '../kernel/footprints.ts';
import { LOCK_NAMES, LOCKS } from '../locks/index.ts';
import { GALLERY } from '../scenario/gallery/index.ts';
import { ReplayOracle } from './choices.ts';
import { ClassHash } from './class-hash.ts';
import { Dependency } from './dependency.ts';
import { EveryOracle } from './exhaustive.ts';
import { lockSubject, type LockScope } from './lock-subject.ts';
import { RandomOracle } from './random.ts';
import { scenarioSubject } from './scenario-subject.ts';
import type { Subject } from './subject.ts';
import { reorder } from './testing/reorder.ts';
import { ToySubject } from './testing/toy.ts';
import { TOYS } from './testing/toys.ts';

const SEED = 35;
const EXECUTIONS_MAX = 3_000;

const textOf = ({ low, high }: ClassHash): string => `${low} ${high}`;

/** Classes by key and by hash over every schedule, and pairs of both, as far as there is time. */
function tellApart(subject: Subject, doctor = (log: Footprints): Footprints => log) {
  const log = new Footprints();
  const dependency = new Dependency();
  const hash = new ClassHash();
  const oracle = new EveryOracle();
  const keys = new Set<string>();
  const hashes = new Set<string>();
  const pairs = new Set<string>();
  for (let left = EXECUTIONS_MAX; left > 0; left--) {
    subject.attempt(oracle, log);
    dependency.read(log);
    hash.read(doctor(log));
    const key = dependency.key();
    keys.add(key);
    hashes.add(textOf(hash));
    pairs.add(`${key} ${textOf(hash)}`);
    if (!oracle.advance()) break;
  }
  return { keys: keys.size, hashes: hashes.size, pairs: pairs.size };
}

/** A log from which nobody can tell what depends on what, but who made what possible. */
function withoutTouches(log: Footprints): Footprints {
  const blind = new Footprints();
  blind.size = log.size;
  log.parent.forEach((parent, at) =>
    blind.setOff(FIRST_DELIVERY + at, parent, log.nth[at] as number),
  );
  for (let at = 0; at < log.size; at++) {
    blind.process[at] = log.process[at] as number;
    blind.enabler[at] = log.enabler[at] as number;
    blind.touchesEnd[at] = 0;
    blind.decisionsEnd[at] = 0;
  }
  return blind;
}

describe('the hash of a class', () => {
  it('is one for each class of random programs, and another for another', () => {
    let most = 0;
    fc.assert(
      fc.property(TOYS, (toy) => {
        const { keys, hashes, pairs } = tellApart(new ToySubject(toy));
        expect([hashes, pairs]).toEqual([keys, keys]);
        most = Math.max(most, keys);
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect(most).toBeGreaterThan(100);
  });

  const scopes: LockScope[] = [
    { clients: 3, rounds: 1, steps: 2, timeoutUs: 1_000 },
    { clients: 2, rounds: 2, steps: 2, leaseUs: 500, releasesTwice: true },
  ];

  it.each(LOCK_NAMES)('is one for each class around the lock %s', (name) => {
    for (const scope of scopes) {
      const { keys, hashes, pairs } = tellApart(lockSubject(LOCKS[name], scope));
      expect([hashes, pairs]).toEqual([keys, keys]);
      expect(keys).toBeGreaterThan(1);
    }
  });

  it.each(GALLERY.map(({ name, scenario }) => [name, scenario] as const))(
    'stays when independent steps of %s change places',
    (_, scenario) => {
      const symbols = scenario.symbols
        .slice(0, 3)
        .map((symbol) => ({ ...symbol, signals: Math.min(symbol.signals, 3), durationUs: 0 }));
      const subject = scenarioSubject({ ...scenario, symbols });
      const hash = new ClassHash();
      const hashOf = (picks: readonly number[]): string => {
        const log = new Footprints();
        subject.attempt(new ReplayOracle(picks), log);
        hash.read(log);
        return textOf(hash);
      };
      for (let round = 0; round < 3; round++) {
        const oracle = new RandomOracle(new RandomStream(round, 'order'));
        const { first, second } = reorder(subject, oracle, new RandomStream(round, 'again'));
        expect(hashOf(second.choices.picks)).toBe(hashOf(first.choices.picks));
      }
    },
  );

  it('does not depend on what was read before', () => {
    const subject = lockSubject(LOCKS['check-then-act'], { clients: 3, rounds: 2, steps: 3 });
    const used = new ClassHash();
    for (let round = 0; round < 50; round++) {
      const log = new Footprints();
      subject.attempt(new RandomOracle(new RandomStream(round, 'read')), log);
      const fresh = new ClassHash();
      fresh.read(log);
      used.read(log);
      expect(textOf(used)).toBe(textOf(fresh));
    }
  });

  it('of steps that seem to touch nothing tells too few apart: the comparison can fail', () => {
    const subject = lockSubject(LOCKS['check-then-act'], { clients: 2, rounds: 2, steps: 2 });
    const { keys, hashes, pairs } = tellApart(subject, withoutTouches);
    expect(hashes).toBeLessThan(keys);
    expect(pairs).toBe(keys);
  });
});
