/**
 * A correct mutex that prefers low symbols and still lets nobody be overtaken more than twice.
 *
 * Invariant: whoever has been overtaken `BYPASS_MAX` times is overtaken by none, because only those
 * that stand before it in the order of arrival, and itself, may be chosen.
 */
import type { Claim, LockEffects, LockImplementation, LockMachine } from './contract.ts';

const BYPASS_MAX = 2;

interface Waiter {
  readonly claim: Claim;
  overtaken: number;
}

class PriorityBoundedMutex implements LockMachine {
  readonly #effects: LockEffects;
  readonly #queue: Waiter[] = [];
  #holder: Claim | undefined;

  constructor(effects: LockEffects) {
    this.#effects = effects;
  }

  request(claim: Claim): void {
    if (this.#holder === undefined) this.#admit(claim);
    else this.#queue.push({ claim, overtaken: 0 });
  }

  release(claim: Claim, caller: number): void {
    if (this.#holder !== claim || claim.task !== caller) return;
    this.#holder = undefined;
    this.#effects.release(claim, caller);
    const next = this.#next();
    if (next !== undefined) this.#admit(next);
  }

  cancel(claim: Claim): void {
    const at = this.#queue.findIndex((waiter) => waiter.claim === claim);
    if (at >= 0) this.#queue.splice(at, 1);
  }

  #next(): Claim | undefined {
    let best: Waiter | undefined;
    let bestAt = 0;
    for (const [at, waiter] of this.#queue.entries()) {
      if (best === undefined || waiter.claim.symbol < best.claim.symbol) {
        best = waiter;
        bestAt = at;
      }
      if (waiter.overtaken >= BYPASS_MAX) break;
    }
    for (const waiter of this.#queue.slice(0, bestAt)) waiter.overtaken += 1;
    this.#queue.splice(bestAt, 1);
    return best?.claim;
  }

  #admit(claim: Claim): void {
    this.#holder = claim;
    this.#effects.grant(claim);
  }
}

export const priorityBounded: LockImplementation = {
  name: 'priority-bounded',
  about:
    'Correct: one holder at a time, low symbols first, and nobody is overtaken more than twice.',
  fairness: { kind: 'bypass', max: BYPASS_MAX },
  create: (effects) => new PriorityBoundedMutex(effects),
};
