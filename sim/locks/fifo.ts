/** The correct mutex: one holder, waiters in order of arrival, hand-over in the same step. */
import type { Claim, LockEffects, LockImplementation, LockMachine } from './contract.ts';

class FifoMutex implements LockMachine {
  readonly #effects: LockEffects;
  readonly #queue: Claim[] = [];
  #holder: Claim | undefined;

  constructor(effects: LockEffects) {
    this.#effects = effects;
  }

  request(claim: Claim): void {
    if (this.#holder === undefined) this.#admit(claim);
    else this.#queue.push(claim);
  }

  release(claim: Claim, caller: number): void {
    if (this.#holder !== claim || claim.task !== caller) return;
    this.#holder = undefined;
    this.#effects.release(claim, caller);
    const next = this.#queue.shift();
    if (next !== undefined) this.#admit(next);
  }

  cancel(claim: Claim): void {
    const at = this.#queue.indexOf(claim);
    if (at >= 0) this.#queue.splice(at, 1);
  }

  #admit(claim: Claim): void {
    this.#holder = claim;
    this.#effects.grant(claim);
  }
}

export const fifo: LockImplementation = {
  name: 'fifo',
  about: 'Correct: one holder at a time, waiters served in order of arrival.',
  fairness: { kind: 'fifo' },
  create: (effects) => new FifoMutex(effects),
};
