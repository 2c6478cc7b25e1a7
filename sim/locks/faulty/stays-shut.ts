/** A lock that hands over well but stays shut when nobody waits to take it over. */
import type { Claim, LockImplementation } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class StaysShutLock extends QueueMutex {
  #shut = false;

  override request(claim: Claim): void {
    if (this.#shut) {
      this.queue.push(claim);
      return;
    }
    this.#shut = true;
    this.admit(claim);
  }
}

export const staysShut: LockImplementation = {
  name: 'stays-shut',
  about:
    'Faulty: given back while nobody waits it stays shut, and all who come later wait for ever.',
  fairness: { kind: 'fifo' },
  create: (effects) => new StaysShutLock(effects),
};
