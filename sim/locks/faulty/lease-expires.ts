/**
 * A lock that takes a hold back when its lease runs out, although the holder is still inside.
 *
 * It happens with execution limits of lock libraries and with leases in a store: the limit ends the
 * hold and not the work. With a lease longer than any critical section, or of 0 for none, it is
 * correct.
 */
import type { Claim, LockEffects, LockImplementation, LockOptions } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class LeaseExpiresLock extends QueueMutex {
  readonly #leaseUs: number;
  #withdraw: (() => void) | undefined;

  constructor(effects: LockEffects, options: LockOptions) {
    super(effects);
    this.#leaseUs = options.leaseUs;
  }

  protected override admit(claim: Claim): void {
    this.#withdraw?.();
    this.#withdraw =
      this.#leaseUs === 0
        ? undefined
        : this.effects.after(this.#leaseUs, () => this.#takeBack(claim));
    super.admit(claim);
  }

  #takeBack(claim: Claim): void {
    if (!this.holders.delete(claim)) return;
    this.effects.release(claim, undefined);
    this.handOver();
  }
}

export const leaseExpires: LockImplementation = {
  name: 'lease-expires',
  about: 'Faulty: takes the hold back after its lease and lets the next in beside the old holder.',
  fairness: { kind: 'fifo' },
  create: (effects, options) => new LeaseExpiresLock(effects, options),
};
