/** A release that wakes all who wait, and none of them looks again whether the lock is free. */
import type { LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class WakesAllLock extends QueueMutex {
  protected override handOver(): void {
    for (const claim of this.queue.splice(0)) this.admit(claim);
  }
}

export const wakesAll: LockImplementation = {
  name: 'wakes-all',
  about: 'Faulty: a release lets in all who wait, as if each of them were the only one.',
  fairness: { kind: 'fifo' },
  create: (effects) => new WakesAllLock(effects),
};
