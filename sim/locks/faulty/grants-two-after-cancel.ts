/** A waiter that gives up passes on a turn that it never had, so a second holder comes in. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class GrantsTwoAfterCancelLock extends QueueMutex {
  override cancel(claim: Claim): void {
    super.cancel(claim);
    this.handOver();
  }
}

export const grantsTwoAfterCancel: LockImplementation = {
  name: 'grants-two-after-cancel',
  about: 'Faulty: when a waiter times out the next is let in, although somebody holds.',
  fairness: { kind: 'fifo' },
  create: (effects) => new GrantsTwoAfterCancelLock(effects),
};
