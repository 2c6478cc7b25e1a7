/**
 * A lock that is free while its next holder wakes up: a newcomer walks in past the whole queue.
 *
 * It excludes. What it breaks is the order that it promises.
 */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

/** How long a woken waiter takes to come and look, in microseconds. */
const WAKE_UP_US = 1_000;

class BargingLock extends QueueMutex {
  #waking = false;

  protected override handOver(): void {
    if (this.#waking || this.queue.length === 0) return;
    this.#waking = true;
    this.effects.after(WAKE_UP_US, () => this.#look());
  }

  #look(): void {
    this.#waking = false;
    const first: Claim | undefined = this.holders.size === 0 ? this.next() : undefined;
    if (first !== undefined) this.admit(first);
  }
}

export const bargingClaimsFifo: LockImplementation = {
  name: 'barging-claims-fifo',
  about:
    'Faulty: promises order of arrival, yet a newcomer takes the lock while the first one wakes.',
  fairness: { kind: 'fifo' },
  create: (effects) => new BargingLock(effects),
};
