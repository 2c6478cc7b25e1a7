/** A waiter's time-out is taken for the holder's: the hold ends although its holder is inside. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class TimeoutFreesHolderLock extends QueueMutex {
  override cancel(claim: Claim): void {
    super.cancel(claim);
    for (const holder of this.holders) {
      this.holders.delete(holder);
      this.effects.release(holder, claim.task);
      this.handOver();
      return;
    }
  }
}

export const timeoutFreesHolder: LockImplementation = {
  name: 'timeout-frees-holder',
  about: 'Faulty: a waiter that times out gives back the lock that somebody else holds.',
  fairness: { kind: 'fifo' },
  create: (effects) => new TimeoutFreesHolderLock(effects),
};
