/** A correct mutex for each symbol, although all symbols share the one socket. */
import type { Claim, LockEffects, LockImplementation, LockMachine } from '../contract.ts';
import { QueueMutex } from '../queue-mutex.ts';

class PerSymbolLock implements LockMachine {
  readonly #effects: LockEffects;
  readonly #mutexes = new Map<number, QueueMutex>();

  constructor(effects: LockEffects) {
    this.#effects = effects;
  }

  request(claim: Claim): void {
    this.#mutexOf(claim).request(claim);
  }

  release(claim: Claim, caller: number): void {
    this.#mutexOf(claim).release(claim, caller);
  }

  cancel(claim: Claim): void {
    this.#mutexOf(claim).cancel(claim);
  }

  #mutexOf(claim: Claim): QueueMutex {
    const known = this.#mutexes.get(claim.symbol);
    if (known !== undefined) return known;
    const mutex = new QueueMutex(this.#effects);
    this.#mutexes.set(claim.symbol, mutex);
    return mutex;
  }
}

export const perSymbol: LockImplementation = {
  name: 'per-symbol',
  about: 'Faulty: keeps one lock for each symbol, although all symbols share one socket.',
  fairness: { kind: 'fifo' },
  create: (effects) => new PerSymbolLock(effects),
};
