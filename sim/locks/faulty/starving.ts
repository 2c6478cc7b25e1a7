/** Always serves the lowest symbol that waits: under load the highest waits for ever. */
import type { Claim, LockImplementation } from '../contract.ts';
import { lowestSymbolAt, QueueMutex } from '../queue-mutex.ts';

class StarvingLock extends QueueMutex {
  protected override next(): Claim | undefined {
    const at = lowestSymbolAt(this.queue);
    return at < 0 ? undefined : this.queue.splice(at, 1)[0];
  }
}

export const starving: LockImplementation = {
  name: 'starving',
  about:
    'Faulty: promises at most two overtakings, yet the lowest symbol that waits always goes first.',
  fairness: { kind: 'bypass', max: 2 },
  create: (effects) => new StarvingLock(effects),
};
