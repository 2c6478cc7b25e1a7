/**
 * Which locks are faulty, which checks must say so, and under which settings the fault comes to
 * light.
 *
 * Invariant: each lock that is registered stands here. `caughtBy` names the checks that speak of
 * the fault itself; a run may violate others as well, because one fault leads to the next (two on
 * one socket end in EFSM). Settings are in the scenario's own terms and replace its defaults.
 */
import type { LockName } from './index.ts';

/** Settings under which a fault shows; what is left out stays as the scenario has it. */
export interface Reveal {
  /** How many symbols; more of them, faster, make a queue. */
  readonly symbols?: number;
  /** Pause between two signals of a symbol, shortest and longest. */
  readonly intervalUs?: readonly [number, number];
  readonly lock?: { readonly timeoutUs?: number; readonly leaseUs?: number };
  readonly engine?: { readonly release?: 'twice' };
  readonly acceptance?: { readonly starvationUs?: number };
}

export interface ZooEntry {
  readonly name: LockName;
  readonly faulty: boolean;
  /** Ids of checks, all of them violated by a run with `reveal`; empty for a correct lock. */
  readonly caughtBy: readonly string[];
  readonly reveal: Reveal;
}

/** Six symbols that signal so often that several of them wait at any time. */
const CROWD = { symbols: 6, intervalUs: [1_000, 4_000] } as const satisfies Reveal;

/** The same, with waiters that lose patience after 3 ms. */
const IMPATIENT = { ...CROWD, lock: { timeoutUs: 3_000 } } as const satisfies Reveal;

type Rest = Omit<ZooEntry, 'name'>;

const correct: Rest = { faulty: false, caughtBy: [], reveal: {} };

function faulty(caughtBy: readonly string[], reveal: Reveal = {}): Rest {
  return { faulty: true, caughtBy, reveal };
}

const ENTRIES: Readonly<Record<LockName, Rest>> = {
  fifo: correct,
  lifo: correct,
  'priority-bounded': correct,
  'random-order': correct,
  'round-robin': correct,
  'admits-two': faulty(['lock.exclusion'], CROWD),
  'barging-claims-fifo': faulty(['lock.fifo'], CROWD),
  'bypass-over': faulty(['lock.bypass'], CROWD),
  'check-then-act': faulty(['lock.exclusion']),
  'double-grant': faulty(['lock.pairing'], CROWD),
  'double-release': faulty(['lock.exclusion', 'lock.pairing'], {
    ...CROWD,
    engine: { release: 'twice' },
  }),
  'drops-when-full': faulty(['lock.lost-wakeup'], CROWD),
  escaping: faulty(['lock.exclusion'], CROWD),
  'foreign-release': faulty(['lock.ownership'], { ...CROWD, engine: { release: 'twice' } }),
  'forgets-release': faulty(['lock.pairing']),
  'ghost-waiter': faulty(['lock.pairing'], IMPATIENT),
  'grants-two-after-cancel': faulty(['lock.exclusion'], IMPATIENT),
  'lease-expires': faulty(['lock.exclusion'], { ...CROWD, lock: { leaseUs: 1_000 } }),
  'lifo-claims-fifo': faulty(['lock.fifo'], CROWD),
  'lost-wakeup': faulty(['lock.lost-wakeup']),
  none: faulty(['lock.exclusion'], CROWD),
  'per-symbol': faulty(['lock.exclusion'], CROWD),
  starving: faulty(['lock.bypass', 'lock.starvation'], {
    symbols: 8,
    intervalUs: [0, 500],
    acceptance: { starvationUs: 100_000 },
  }),
  'stays-shut': faulty(['lock.lost-wakeup']),
  'timeout-frees-holder': faulty(['lock.ownership'], IMPATIENT),
  'timeout-loses-wakeup': faulty(['lock.lost-wakeup'], IMPATIENT),
  'wakes-all': faulty(['lock.exclusion'], CROWD),
};

/** Every lock with what is wrong with it, in the order of the registry. */
export const ZOO: readonly ZooEntry[] = Object.entries(ENTRIES).map(([name, rest]) => ({
  name: name as LockName,
  ...rest,
}));
