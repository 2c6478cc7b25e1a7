/**
 * `navigator.locks` as a lock machine: the browser decides whom to let in.
 *
 * Invariant: the name is this machine's own, so that no other tab or run shares the lock. The
 * browser promises order of arrival. Known limits: it answers in a later turn, so a hold that is
 * given back leaves the lock free for a moment; who gave up a moment too late is let in and out
 * again without anybody hearing of it.
 */
import type {
  Claim,
  LockEffects,
  LockImplementation,
  LockMachine,
  RealTimeKernel,
} from '../../sim/index.ts';

/** What is needed of `navigator.locks`. */
export type WebLocks = Pick<LockManager, 'request'>;

/** Takes in what the browser says, as a step of its own. */
export type Arrivals = Pick<RealTimeKernel, 'arrive'>;

class BrowserMutex implements LockMachine {
  readonly #effects: LockEffects;
  readonly #arrivals: Arrivals;
  readonly #locks: WebLocks;
  readonly #name = `interlock run ${crypto.randomUUID()}`;
  readonly #waiting = new Map<Claim, AbortController>();
  /** By the claim that was let in: what gives the browser's lock back. */
  readonly #held = new Map<Claim, () => void>();

  constructor(effects: LockEffects, arrivals: Arrivals, locks: WebLocks) {
    this.#effects = effects;
    this.#arrivals = arrivals;
    this.#locks = locks;
  }

  request(claim: Claim): void {
    const withdrawal = new AbortController();
    this.#waiting.set(claim, withdrawal);
    const { signal } = withdrawal;
    const over = this.#locks.request(this.#name, { signal }, () => this.#admit(claim));
    // Given up, as it was asked to.
    over.catch(() => undefined);
  }

  release(claim: Claim, caller: number): void {
    const giveBack = this.#held.get(claim);
    if (giveBack === undefined || claim.task !== caller) return;
    this.#held.delete(claim);
    this.#effects.release(claim, caller);
    giveBack();
  }

  cancel(claim: Claim): void {
    this.#waiting.get(claim)?.abort();
    this.#waiting.delete(claim);
  }

  /** Holds the browser's lock until the claim is given back. */
  #admit(claim: Claim): Promise<void> | undefined {
    if (!this.#waiting.delete(claim)) return undefined;
    return new Promise((giveBack) => {
      this.#held.set(claim, giveBack);
      this.#arrivals.arrive(() => this.#effects.grant(claim));
    });
  }
}

/** The browser's lock, for one run; throws where the browser has none to give. */
export function browserLock(arrivals: Arrivals, locks: WebLocks | undefined): LockImplementation {
  return {
    ...BROWSER_LOCK,
    create: (effects) => {
      if (locks === undefined) throw new Error(NO_LOCKS);
      return new BrowserMutex(effects, arrivals, locks);
    },
  };
}

/** Why a run with the browser's lock cannot start. */
export const NO_LOCKS =
  'expected navigator.locks, which a browser gives to pages over TLS and from this machine only';

/** What the browser's lock promises. */
export const BROWSER_LOCK = {
  name: 'navigator.locks',
  about: 'Correct: the browser lets one holder in at a time, in order of arrival.',
  fairness: { kind: 'fifo' },
} as const satisfies Omit<LockImplementation, 'create'>;
