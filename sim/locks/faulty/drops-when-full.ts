/** A queue with one place that drops whoever does not fit, without a word. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

const PLACES = 1;

class DropsWhenFullLock extends QueueMutex {
  override request(claim: Claim): void {
    if (this.queue.length < PLACES) super.request(claim);
  }
}

export const dropsWhenFull: LockImplementation = {
  name: 'drops-when-full',
  about: 'Faulty: has room for one waiter and forgets every further one for ever.',
  fairness: { kind: 'fifo' },
  create: (effects) => new DropsWhenFullLock(effects),
};
