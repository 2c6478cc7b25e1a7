/**
 * The Lazy Pirate client: sends, waits, and opens the socket anew when an answer does not come.
 *
 * Invariants: a request that may not be repeated is accepted by the socket once; a reply to
 * anything but the request sent last is no reply; whatever the socket answers, the exchange ends in
 * a result and the next one may work. A socket found out of turn or busy (EFSM, EBUSY) is in
 * somebody else's hands: the exchange fails and leaves it alone, because opening it anew would take
 * the other's reply away. The pattern is that of the ZeroMQ guide's reliable request-reply.
 */
import { assert, assertExists, assertUnreachable } from '../base/assert.ts';
import {
  type Driver,
  park,
  sleep,
  type Suspension,
  type TaskRef,
  type Woken,
} from '../kernel/task.ts';
import type { SocketErrorName } from '../trace/event.ts';
import type {
  ExchangeResult,
  ExchangeSteps,
  Message,
  PendingOperation,
  RequestSocket,
} from './contract.ts';
import { SteppedClient } from './stepped-client.ts';

export interface PirateOptions {
  /** How often a request is tried, at least 1. */
  readonly attempts: number;
  /** Pause before each further attempt, in microseconds. */
  readonly backoffUs: number;
  /**
   * `not-after-last` leaves the socket as it is when the last attempt has failed: a known defect.
   */
  readonly reopen: 'always' | 'not-after-last';
}

/** A client that any number of tasks may use, each for one exchange at a time. */
export class LazyPirate<Req extends Message, Rep extends Message> extends SteppedClient<Req, Rep> {
  readonly #driver: Driver;
  readonly #socket: RequestSocket<Req, Rep>;
  readonly #options: PirateOptions;

  constructor(driver: Driver, socket: RequestSocket<Req, Rep>, options: PirateOptions) {
    super();
    assert(options.attempts >= 1, `expected at least one attempt, got ${options.attempts}`);
    this.#driver = driver;
    this.#socket = socket;
    this.#options = options;
  }

  protected override makeSteps(task: TaskRef): ExchangeSteps<Req, Rep> {
    return new PirateSteps(this.#driver, this.#socket, this.#options, task);
  }
}

/** One task's exchanges as a state machine: what a generator would do, without its cost. */
class PirateSteps<Req extends Message, Rep extends Message> implements ExchangeSteps<Req, Rep> {
  readonly #driver: Driver;
  readonly #socket: RequestSocket<Req, Rep>;
  readonly #options: PirateOptions;
  readonly #task: TaskRef;
  #running = false;
  #repeatable = false;
  #next: ((attempt: number) => Req) | undefined = undefined;
  #attempt = 0;
  #message: Req | undefined = undefined;
  /** Whether a request has left in any attempt, so that it may have had an effect. */
  #sent = false;
  /** What is waited for; while an exchange runs and neither is set, it pauses between attempts. */
  #sending: PendingOperation<Req> | undefined = undefined;
  #receiving: PendingOperation<Rep> | undefined = undefined;
  #deadlineUs = 0;
  #result: ExchangeResult<Rep> | undefined = undefined;
  /** The last park, yielded again while the time-out is the same. */
  #park: Suspension & { readonly kind: 'park' } = { kind: 'park', timeoutUs: Infinity };

  constructor(
    driver: Driver,
    socket: RequestSocket<Req, Rep>,
    options: PirateOptions,
    task: TaskRef,
  ) {
    this.#driver = driver;
    this.#socket = socket;
    this.#options = options;
    this.#task = task;
  }

  get result(): ExchangeResult<Rep> {
    return assertExists(this.#result, 'expected an exchange that is over');
  }

  begin(repeatable: boolean, next: (attempt: number) => Req): Suspension | undefined {
    assert(!this.#running, 'expected one exchange at a time');
    this.#running = true;
    this.#repeatable = repeatable;
    this.#next = next;
    this.#attempt = 1;
    this.#sent = false;
    this.#result = undefined;
    this.#message = next(1);
    return this.#send();
  }

  resume(woken: Woken): Suspension | undefined {
    assert(this.#running, 'expected an exchange that is not over');
    const receiving = this.#receiving;
    if (receiving !== undefined) {
      if (!woken) receiving.expire();
      const settled = receiving.settled;
      if (settled === undefined) return this.#parkAgain();
      this.#receiving = undefined;
      return settled.kind === 'done'
        ? this.#received(settled.message)
        : this.#receiveFailed(settled.error);
    }
    const sending = this.#sending;
    if (sending !== undefined) {
      if (!woken) sending.expire();
      const settled = sending.settled;
      if (settled === undefined) return this.#parkAgain();
      this.#sending = undefined;
      return settled.kind === 'done' ? this.#receive() : this.#sendFailed(settled.error);
    }
    return this.#send();
  }

  #send(): Suspension | undefined {
    const message = assertExists(this.#message, 'expected a request to send');
    const operation = this.#socket.send(this.#task, message);
    switch (operation.kind) {
      case 'done':
        return this.#receive();
      case 'failed':
        return this.#sendFailed(operation.error);
      case 'pending':
        this.#sending = operation.ticket;
        return this.#parkFor(operation.ticket.timeoutUs);
      default:
        assertUnreachable(operation);
    }
  }

  #receive(): Suspension | undefined {
    this.#sent = true;
    const operation = this.#socket.receive(this.#task);
    switch (operation.kind) {
      case 'done':
        return this.#received(operation.message);
      case 'failed':
        return this.#receiveFailed(operation.error);
      case 'pending':
        this.#receiving = operation.ticket;
        return this.#parkFor(operation.ticket.timeoutUs);
      default:
        assertUnreachable(operation);
    }
  }

  #received(reply: Rep | undefined): Suspension | undefined {
    if (reply !== undefined && reply.request === this.#message?.request) {
      return this.#finish({ kind: 'reply', reply });
    }
    // A late or doubled reply has taken the turn: the right one would come out of turn.
    return this.#lost(true, 'EAGAIN');
  }

  #receiveFailed(error: SocketErrorName): Suspension | undefined {
    return this.#lost(error === 'EAGAIN' || error === 'EBADF', error);
  }

  /** The request left, its reply did not come: the next attempt is a new request. */
  #lost(broken: boolean, error: SocketErrorName): Suspension | undefined {
    const goesOn = this.#repeatable && this.#attempt < this.#options.attempts;
    if (broken) this.#reopen(goesOn);
    if (!goesOn) return this.#giveUp(error);
    this.#message = this.#next?.(this.#attempt + 1);
    return this.#tryAgain();
  }

  /** Nothing left: the next attempt is the same request, however precious it is. */
  #sendFailed(error: SocketErrorName): Suspension | undefined {
    const curable = error === 'EAGAIN' || error === 'EBADF';
    const goesOn = curable && this.#attempt < this.#options.attempts;
    if (error === 'EBADF') this.#reopen(goesOn);
    return goesOn ? this.#tryAgain() : this.#giveUp(error);
  }

  #reopen(goesOn: boolean): void {
    if (goesOn || this.#options.reopen === 'always') this.#socket.reopen(this.#task);
  }

  #tryAgain(): Suspension | undefined {
    this.#attempt += 1;
    const { backoffUs } = this.#options;
    return backoffUs === 0 ? this.#send() : sleep(backoffUs);
  }

  #giveUp(error: SocketErrorName): undefined {
    return this.#finish(this.#sent ? { kind: 'unknown' } : { kind: 'failed', error });
  }

  #finish(result: ExchangeResult<Rep>): undefined {
    this.#running = false;
    this.#message = undefined;
    this.#result = result;
    return undefined;
  }

  #parkFor(timeoutUs: number): Suspension {
    this.#deadlineUs = this.#driver.nowUs + timeoutUs;
    if (this.#park.timeoutUs !== timeoutUs) this.#park = { kind: 'park', timeoutUs };
    return this.#park;
  }

  /** Somebody else woke the task: it waits for the rest of its time. */
  #parkAgain(): Suspension {
    return park(Math.max(0, this.#deadlineUs - this.#driver.nowUs));
  }
}
