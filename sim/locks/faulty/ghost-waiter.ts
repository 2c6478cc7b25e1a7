/** A lock whose timed-out waiters stay in the queue: granted later, they never give it back. */
import type { LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class GhostWaiterLock extends QueueMutex {
  override cancel(): void {
    // The caller has stopped waiting; the queue does not know.
  }
}

export const ghostWaiter: LockImplementation = {
  name: 'ghost-waiter',
  about:
    'Faulty: a waiter that timed out stays queued, is let in later and never gives the lock back.',
  fairness: { kind: 'fifo' },
  create: (effects) => new GhostWaiterLock(effects),
};
