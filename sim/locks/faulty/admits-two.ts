/** A limit that is off by one: a second task is let in beside the first. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class AdmitsTwoLock extends QueueMutex {
  override request(claim: Claim): void {
    if (this.holders.size <= 1) this.admit(claim);
    else this.queue.push(claim);
  }
}

export const admitsTwo: LockImplementation = {
  name: 'admits-two',
  about: 'Faulty: compares with <= where < is meant, and so has room for two.',
  fairness: { kind: 'fifo' },
  create: (effects) => new AdmitsTwoLock(effects),
};
