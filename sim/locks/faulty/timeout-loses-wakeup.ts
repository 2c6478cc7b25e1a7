/**
 * A lock that spends its wake-up on a waiter that has gone: those behind it sleep on beside a free
 * lock.
 *
 * Only the next task that finds the lock free, and gives it back, wakes them.
 */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class TimeoutLosesWakeupLock extends QueueMutex {
  readonly #gone = new Set<Claim>();

  override cancel(claim: Claim): void {
    if (this.queue.includes(claim)) this.#gone.add(claim);
  }

  protected override next(): Claim | undefined {
    const claim = this.queue.shift();
    return claim !== undefined && this.#gone.delete(claim) ? undefined : claim;
  }
}

export const timeoutLosesWakeup: LockImplementation = {
  name: 'timeout-loses-wakeup',
  about: 'Faulty: wakes a waiter that has timed out instead of the one behind it, who sleeps on.',
  fairness: { kind: 'fifo' },
  create: (effects) => new TimeoutLosesWakeupLock(effects),
};
