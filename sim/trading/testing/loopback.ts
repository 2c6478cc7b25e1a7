/**
 * A reply socket without a network: what is put in is taken out in order, and answers are
 * collected.
 *
 * It keeps the turn of a REP (take one, answer it, take the next), so a gateway that breaks it
 * shows.
 */
import { assert } from '../../base/assert.ts';
import type { Driver, TaskRef } from '../../kernel/task.ts';
import type { Operation, PendingOperation, ReplySocket } from '../../zmq/contract.ts';
import type { GatewayReply, GatewayRequest } from '../protocol.ts';

type Settled = PendingOperation<GatewayRequest>['settled'];

export class Loopback implements ReplySocket<GatewayRequest, GatewayReply> {
  readonly #driver: Driver;
  readonly #queue: GatewayRequest[] = [];
  readonly replies: GatewayReply[] = [];
  #waiter: { task: TaskRef; settled: Settled } | undefined;
  #serving = false;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  /** A client sends. */
  put(request: GatewayRequest): void {
    this.#queue.push(request);
    this.#settle();
  }

  /** The process died: what it had taken or not taken yet is gone. */
  crash(): void {
    this.#serving = false;
    this.#queue.length = 0;
  }

  receive(task: TaskRef): Operation<GatewayRequest> {
    if (this.#serving) return { kind: 'failed', error: 'EFSM' };
    const waiter: { task: TaskRef; settled: Settled } = { task, settled: undefined };
    this.#waiter = waiter;
    this.#settle();
    if (waiter.settled !== undefined) return waiter.settled;
    const ticket: PendingOperation<GatewayRequest> = {
      timeoutUs: Infinity,
      get settled() {
        return waiter.settled;
      },
      expire: () => assert(false, 'expected no deadline on a wait that has none'),
    };
    return { kind: 'pending', ticket };
  }

  send(_task: TaskRef, message: GatewayReply): Operation<GatewayReply> {
    if (!this.#serving) return { kind: 'failed', error: 'EFSM' };
    this.#serving = false;
    this.replies.push(message);
    return { kind: 'done', message };
  }

  #settle(): void {
    const waiter = this.#waiter;
    if (waiter === undefined) return;
    const message = this.#queue.shift();
    if (message === undefined) return;
    this.#waiter = undefined;
    this.#serving = true;
    waiter.settled = { kind: 'done', message };
    this.#driver.wake(waiter.task);
  }
}
