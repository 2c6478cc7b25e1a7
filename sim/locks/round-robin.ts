/**
 * A correct mutex that takes the symbols in turn, beginning after the one that it served last.
 *
 * No symbol is passed over in a round. A task may still be overtaken often, where many of its own
 * symbol wait before it, so no bound is declared.
 */
import type { Claim, LockImplementation } from './contract.ts';
import { QueueMutex } from './queue-mutex.ts';

const PLACES = 256;

class RoundRobinMutex extends QueueMutex {
  #served = 0;

  protected override next(): Claim | undefined {
    let nextAt = -1;
    let distanceMin = PLACES;
    for (const [at, claim] of this.queue.entries()) {
      const distance = (claim.symbol - this.#served - 1 + PLACES) % PLACES;
      if (distance >= distanceMin) continue;
      distanceMin = distance;
      nextAt = at;
    }
    return nextAt < 0 ? undefined : this.queue.splice(nextAt, 1)[0];
  }

  protected override admit(claim: Claim): void {
    this.#served = claim.symbol;
    super.admit(claim);
  }
}

export const roundRobin: LockImplementation = {
  name: 'round-robin',
  about:
    'Correct: one holder at a time, symbols served in turn; no bound on overtaking is promised.',
  fairness: { kind: 'unfair' },
  create: (effects) => new RoundRobinMutex(effects),
};
