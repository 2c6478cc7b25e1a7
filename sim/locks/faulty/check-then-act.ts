/**
 * A lock that looks, suspends, and then acts on what it saw: whoever else looked meanwhile saw the
 * same.
 *
 * It happens where the lock is a flag in a store across the network, read with one command and set
 * with another.
 */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

/** From reading the flag to setting it, in microseconds. */
const ROUND_TRIP_US = 500;

class CheckThenActLock extends QueueMutex {
  readonly #underWay = new Map<Claim, () => void>();

  override request(claim: Claim): void {
    if (this.holders.size > 0) {
      this.queue.push(claim);
      return;
    }
    const act = (): void => {
      this.#underWay.delete(claim);
      this.admit(claim);
    };
    this.#underWay.set(claim, this.effects.after(ROUND_TRIP_US, act));
  }

  override cancel(claim: Claim): void {
    this.#underWay.get(claim)?.();
    this.#underWay.delete(claim);
    super.cancel(claim);
  }
}

export const checkThenAct: LockImplementation = {
  name: 'check-then-act',
  about:
    'Faulty: sees that nobody holds, suspends for 0.5 ms, then lets in whoever asked meanwhile.',
  fairness: { kind: 'fifo' },
  create: (effects) => new CheckThenActLock(effects),
};
