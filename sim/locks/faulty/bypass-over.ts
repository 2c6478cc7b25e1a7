/**
 * Promises that nobody is overtaken twice, but counts for the lock what it should count a waiter.
 */
import type { Claim, LockImplementation } from '../contract.ts';
import { lowestSymbolAt, QueueMutex } from '../queue-mutex.ts';

const BYPASS_MAX = 1;

class BypassOverLock extends QueueMutex {
  #overtakings = 0;

  override request(claim: Claim): void {
    this.#overtakings = 0;
    super.request(claim);
  }

  protected override next(): Claim | undefined {
    const at = lowestSymbolAt(this.queue);
    if (at <= 0 || this.#overtakings >= BYPASS_MAX) return this.queue.shift();
    this.#overtakings += 1;
    return this.queue.splice(at, 1)[0];
  }
}

export const bypassOver: LockImplementation = {
  name: 'bypass-over',
  about:
    'Faulty: promises that nobody is overtaken twice, but starts counting anew at each request.',
  fairness: { kind: 'bypass', max: BYPASS_MAX },
  create: (effects) => new BypassOverLock(effects),
};
