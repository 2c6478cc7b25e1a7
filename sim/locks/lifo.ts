/** A correct mutex that is not fair: the waiter that came last is served first. */
import type { Claim, LockImplementation } from './contract.ts';
import { QueueMutex } from './queue-mutex.ts';

export class LifoMutex extends QueueMutex {
  protected override next(): Claim | undefined {
    return this.queue.pop();
  }
}

export const lifo: LockImplementation = {
  name: 'lifo',
  about: 'Correct but unfair: one holder at a time, the waiter that came last is served first.',
  fairness: { kind: 'unfair' },
  create: (effects) => new LifoMutex(effects),
};
