/** A counting semaphore used as a mutex: each release raises the count, also one too many. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class DoubleReleaseLock extends QueueMutex {
  #free = 1;

  override request(claim: Claim): void {
    if (this.#free === 0) this.queue.push(claim);
    else this.admit(claim);
  }

  override release(claim: Claim, caller: number): void {
    this.#free += 1;
    this.effects.release(claim, caller);
    this.handOver();
  }

  protected override admit(claim: Claim): void {
    this.#free -= 1;
    this.effects.grant(claim);
  }
}

export const doubleRelease: LockImplementation = {
  name: 'double-release',
  about:
    'Faulty: counts releases without asking whose, so a second one makes room for two holders.',
  fairness: { kind: 'fifo' },
  create: (effects) => new DoubleReleaseLock(effects),
};
