/**
 * A lock that is given back before the critical section begins.
 *
 * It happens where a helper acquires in a scoped block and returns from within it: the block ends,
 * the lock is free again, and the caller works on as if it held it. The book-keeping balances.
 */
import type { Claim, LockEffects, LockImplementation, LockMachine } from '../contract.ts';

class EscapingLock implements LockMachine {
  readonly #effects: LockEffects;

  constructor(effects: LockEffects) {
    this.#effects = effects;
  }

  request(claim: Claim): void {
    this.#effects.grant(claim);
    this.#effects.release(claim, claim.task);
  }

  release(): void {
    // The scoped block gave it back long ago.
  }

  cancel(): void {
    // Nobody ever waits.
  }
}

export const escaping: LockImplementation = {
  name: 'escaping',
  about: 'Faulty: lets go as soon as it is acquired, so the critical section runs outside of it.',
  fairness: { kind: 'fifo' },
  create: (effects) => new EscapingLock(effects),
};
