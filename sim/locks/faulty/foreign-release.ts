/** A lock that does not ask whose hold is given back: anybody's release frees whoever holds. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class ForeignReleaseLock extends QueueMutex {
  override release(_claim: Claim, caller: number): void {
    for (const holder of this.holders) {
      this.holders.delete(holder);
      this.effects.release(holder, caller);
      this.handOver();
      return;
    }
  }
}

export const foreignRelease: LockImplementation = {
  name: 'foreign-release',
  about:
    'Faulty: a release by anybody frees whoever holds, so a second release evicts the next holder.',
  fairness: { kind: 'fifo' },
  create: (effects) => new ForeignReleaseLock(effects),
};
