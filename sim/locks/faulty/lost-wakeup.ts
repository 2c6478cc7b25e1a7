/**
 * A lock whose waiters need a moment to fall asleep: a wake-up that comes before that is lost.
 *
 * The lock is kept for the one that sleeps, and newcomers line up behind it: nobody is let in
 * again.
 */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

/** From joining the queue to listening for the wake-up, in microseconds. */
const FALL_ASLEEP_US = 500;

class LostWakeupLock extends QueueMutex {
  readonly #fallingAsleep = new Set<Claim>();

  override request(claim: Claim): void {
    if (this.holders.size === 0 && this.queue.length === 0) {
      this.admit(claim);
      return;
    }
    this.queue.push(claim);
    this.#fallingAsleep.add(claim);
    this.effects.after(FALL_ASLEEP_US, () => this.#fallingAsleep.delete(claim));
  }

  protected override handOver(): void {
    const [first] = this.queue;
    if (first !== undefined && !this.#fallingAsleep.has(first)) super.handOver();
  }
}

export const lostWakeup: LockImplementation = {
  name: 'lost-wakeup',
  about:
    'Faulty: a release within 0.5 ms of a waiter’s request wakes nobody, and all wait for ever.',
  fairness: { kind: 'fifo' },
  create: (effects) => new LostWakeupLock(effects),
};
