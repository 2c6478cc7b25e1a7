/**
 * What most locks have in common: who holds, who waits, and hand-over in the same step.
 *
 * As it stands it is the FIFO mutex once more, written to be varied: a lock overrides the one thing
 * in which it differs, so that its file shows its policy, or its fault, and nothing else. `fifo.ts`
 * stays apart, because it is the one that must be fast.
 */
import type { Claim, LockEffects, LockMachine } from './contract.ts';

export class QueueMutex implements LockMachine {
  protected readonly effects: LockEffects;
  /** Claims that were let in and have not been given back: one, unless the lock is faulty. */
  protected readonly holders = new Set<Claim>();
  /** Claims that wait, in order of arrival. */
  protected readonly queue: Claim[] = [];

  constructor(effects: LockEffects) {
    this.effects = effects;
  }

  request(claim: Claim): void {
    if (this.holders.size === 0) this.admit(claim);
    else this.queue.push(claim);
  }

  release(claim: Claim, caller: number): void {
    if (claim.task !== caller || !this.holders.delete(claim)) return;
    this.effects.release(claim, caller);
    this.handOver();
  }

  cancel(claim: Claim): void {
    const at = this.queue.indexOf(claim);
    if (at >= 0) this.queue.splice(at, 1);
  }

  /** Lets the next waiter in, if there is one. */
  protected handOver(): void {
    const next = this.next();
    if (next !== undefined) this.admit(next);
  }

  /** Takes the next waiter out of the queue. */
  protected next(): Claim | undefined {
    return this.queue.shift();
  }

  protected admit(claim: Claim): void {
    this.holders.add(claim);
    this.effects.grant(claim);
  }
}

/**
 * Where the waiter of the lowest symbol stands, the first to come among equals; -1 if none waits.
 */
export function lowestSymbolAt(queue: readonly Claim[]): number {
  let best: Claim | undefined;
  let bestAt = -1;
  for (const [at, claim] of queue.entries()) {
    if (best !== undefined && claim.symbol >= best.symbol) continue;
    best = claim;
    bestAt = at;
  }
  return bestAt;
}
