/**
 * An operation under way, as the simulated sockets keep it: who waits for what, and how it ended.
 *
 * Invariant: it settles once. It is its own `Operation`, so that a receive that has to wait, which
 * every exchange has, costs one object.
 */
import type { TaskRef } from '../kernel/task.ts';
import type { Message, Operation, PendingOperation } from './contract.ts';

/** How an operation ended. */
export type Settled<M extends Message> = Exclude<Operation<M>, { kind: 'pending' }>;

/** The socket that a ticket asks to give up. */
export interface TicketOwner {
  /** Settles a pending ticket with the error of one last attempt. */
  giveUp(ticket: object): void;
}

export class Ticket<M extends Message> implements PendingOperation<M> {
  readonly kind = 'pending';
  settled: Settled<M> | undefined = undefined;

  /** `message` is what waits to be sent; undefined for a receive. */
  constructor(
    readonly task: TaskRef,
    readonly timeoutUs: number,
    readonly message: M | undefined,
    readonly owner: TicketOwner,
  ) {}

  get ticket(): PendingOperation<M> {
    return this;
  }

  expire(): void {
    if (this.settled === undefined) this.owner.giveUp(this);
  }
}
