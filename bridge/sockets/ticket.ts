/**
 * An operation that whoever carries it out ends by itself, time-out included: nobody expires it.
 */
import { assert, type Message, type Operation, type PendingOperation } from '../../sim/index.ts';

/** How an operation ended. */
export type Settled<M extends Message> = Exclude<Operation<M>, { kind: 'pending' }>;

export class Ticket<M extends Message> implements PendingOperation<M> {
  readonly kind = 'pending';
  readonly timeoutUs = Infinity;
  settled: Settled<M> | undefined = undefined;

  get ticket(): PendingOperation<M> {
    return this;
  }

  expire(): void {
    assert(false, 'expected no deadline on an operation that ends by itself');
  }
}
