/** Every correct lock keeps every law; every faulty one breaks those that it is known for. */
import { describe, expect, it } from 'vitest';
import { LOCK_NAMES, type LockName, LOCKS } from './index.ts';
import { breachOf, LAW_NAMES, type LawName } from './testing/contract-suite.ts';
import { ZOO } from './zoo.ts';

const SEED = 127;
const RUNS = 300;

const CORRECT = ZOO.filter((entry) => !entry.faulty).map((entry) => entry.name);
const FAULTY = ZOO.filter((entry) => entry.faulty).map((entry) => entry.name);

const TWO_INSIDE: LawName = 'never lets two in at once';
const HAND_OVER: LawName = 'lets the next in within the step in which the lock is free';
const PROGRESS: LawName = 'lets everybody in who stays';
const GHOST: LawName = 'never lets in who gave up';
const ONCE: LawName = 'lets a claim in once';
const REPORTED: LawName = 'reports a release once, before the grant that follows';
const TAKEN_BACK: LawName = 'ends a hold only when it is given back';
const SECOND: LawName = 'ignores a second release';
const FOREIGN: LawName = 'ignores a release by somebody else';
const ORDER: LawName = 'serves in the order that it promises';

const BROKEN: Readonly<Partial<Record<LockName, readonly LawName[]>>> = {
  'admits-two': [TWO_INSIDE],
  'barging-claims-fifo': [HAND_OVER, ORDER],
  'bypass-over': [ORDER],
  'check-then-act': [TWO_INSIDE, HAND_OVER],
  'double-grant': [ONCE],
  'double-release': [TWO_INSIDE, SECOND, FOREIGN],
  'drops-when-full': [HAND_OVER, PROGRESS, ORDER],
  escaping: [TWO_INSIDE, REPORTED, TAKEN_BACK],
  'foreign-release': [TWO_INSIDE, REPORTED, SECOND, FOREIGN],
  'forgets-release': [REPORTED],
  'ghost-waiter': [HAND_OVER, PROGRESS, GHOST],
  'grants-two-after-cancel': [TWO_INSIDE],
  'lease-expires': [TWO_INSIDE, REPORTED, TAKEN_BACK],
  'lifo-claims-fifo': [ORDER],
  'lost-wakeup': [HAND_OVER, PROGRESS],
  none: [TWO_INSIDE],
  'per-symbol': [TWO_INSIDE],
  starving: [ORDER],
  'stays-shut': [HAND_OVER, PROGRESS],
  'timeout-frees-holder': [TWO_INSIDE, REPORTED, TAKEN_BACK],
  'timeout-loses-wakeup': [HAND_OVER, PROGRESS, ORDER],
  'wakes-all': [TWO_INSIDE],
};

describe.each(CORRECT)('the correct lock %s', (name) => {
  it.each(LAW_NAMES)('%s', (law) => {
    expect(breachOf(() => LOCKS[name], law, SEED, RUNS)).toBeUndefined();
  });
});

describe('the faulty lock', () => {
  it.each(FAULTY)('%s breaks the laws that it is known for, and no others', (name) => {
    const broken = LAW_NAMES.filter((law) => breachOf(() => LOCKS[name], law, SEED, RUNS));
    expect(broken).toEqual(BROKEN[name]);
    expect(broken.length).toBeGreaterThan(0);
  });

  it.each(FAULTY)('%s names the checks that must catch it, and says that it is faulty', (name) => {
    const entry = ZOO.find((each) => each.name === name);
    expect(entry?.caughtBy.length).toBeGreaterThan(0);
    expect(LOCKS[name].about).toMatch(/^Faulty: /);
  });
});

describe('a breach', () => {
  it('tells the shortest script, what went wrong in it, and the seed', () => {
    expect(breachOf(() => LOCKS.none, TWO_INSIDE, SEED, RUNS)).toBe(
      'step 1 (ask): hold 0 of client 0 and hold 1 of client 1 are inside; ' +
        'seed 127, script: ask 0, ask 1',
    );
  });
});

describe('the registry', () => {
  it('lists every lock under its own name, and each of them in the zoo', () => {
    expect(LOCK_NAMES.map((name) => LOCKS[name].name)).toEqual(LOCK_NAMES);
    expect(ZOO.map((entry) => entry.name)).toEqual(LOCK_NAMES);
  });

  it.each(LOCK_NAMES)('says of %s in one sentence what it does', (name) => {
    expect(LOCKS[name].about).toMatch(/^(Correct|Correct but unfair|Faulty): [^.]+(\.\d[^.]+)*\.$/);
  });

  it('holds at least fourteen faulty locks', () => {
    expect(FAULTY.length).toBeGreaterThanOrEqual(14);
  });
});
