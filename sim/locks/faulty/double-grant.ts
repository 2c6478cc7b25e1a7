/** A lock that tells a waiter twice that it is in: by the hand-over and by the wake-up. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class DoubleGrantLock extends QueueMutex {
  protected override handOver(): void {
    const next: Claim | undefined = this.next();
    if (next === undefined) return;
    this.admit(next);
    this.effects.grant(next);
  }
}

export const doubleGrant: LockImplementation = {
  name: 'double-grant',
  about: 'Faulty: grants each waiter twice, once when handing over and once when waking it.',
  fairness: { kind: 'fifo' },
  create: (effects) => new DoubleGrantLock(effects),
};
