/** A lock that hands over as it should and never says that a hold is over. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class ForgetsReleaseLock extends QueueMutex {
  override release(claim: Claim, caller: number): void {
    if (claim.task === caller && this.holders.delete(claim)) this.handOver();
  }
}

export const forgetsRelease: LockImplementation = {
  name: 'forgets-release',
  about: 'Faulty: excludes and hands over, but never reports that a hold is over.',
  fairness: { kind: 'fifo' },
  create: (effects) => new ForgetsReleaseLock(effects),
};
