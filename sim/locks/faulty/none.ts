/** No lock at all behind a lock's face: everybody is let in at once. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class NoLock extends QueueMutex {
  override request(claim: Claim): void {
    this.admit(claim);
  }
}

export const none: LockImplementation = {
  name: 'none',
  about: 'Faulty: lets everybody in at once, whoever holds.',
  fairness: { kind: 'fifo' },
  create: (effects) => new NoLock(effects),
};
