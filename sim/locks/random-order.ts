/**
 * A correct mutex that is not fair: each waiter is as likely as any other to be next.
 *
 * The draws come from a stream of the lock's own, the same in every run: who is next depends on the
 * order of the calls alone.
 */
import { RandomStream } from '../base/random.ts';
import type { Claim, LockImplementation } from './contract.ts';
import { QueueMutex } from './queue-mutex.ts';

class RandomOrderMutex extends QueueMutex {
  readonly #random = new RandomStream(0, 'random-order');

  protected override next(): Claim | undefined {
    if (this.queue.length === 0) return undefined;
    return this.queue.splice(this.#random.between(0, this.queue.length - 1), 1)[0];
  }
}

export const randomOrder: LockImplementation = {
  name: 'random-order',
  about: 'Correct but unfair: one holder at a time, the next is drawn among all who wait.',
  fairness: { kind: 'unfair' },
  create: (effects) => new RandomOrderMutex(effects),
};
