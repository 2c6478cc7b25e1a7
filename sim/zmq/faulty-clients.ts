/**
 * Deliberately faulty clients, which prove that the checks can fail.
 *
 * Each has one fault, named in one sentence, and names the check that has to find it. They are the
 * correct client with one habit changed.
 */
import type { Driver, Suspension, TaskRef, Woken } from '../kernel/task.ts';
import type {
  ExchangeResult,
  ExchangeSteps,
  Message,
  RequestSocket,
  SteppingClient,
} from './contract.ts';
import type { FaultyPart } from './faulty-sockets.ts';
import { LazyPirate, type PirateOptions } from './lazy-pirate.ts';
import { SteppedClient } from './stepped-client.ts';

export interface FaultyClient extends FaultyPart {
  create<Req extends Message, Rep extends Message>(
    driver: Driver,
    socket: RequestSocket<Req, Rep>,
    options: PirateOptions,
  ): SteppingClient<Req, Rep>;
}

/** How many exchanges of a task pass before one is mistreated. */
const EVERY = 5;

/** A socket that is never opened anew, whatever its user asks for. */
class LastingSocket<Req extends Message, Rep extends Message> implements RequestSocket<Req, Rep> {
  readonly #inner: RequestSocket<Req, Rep>;

  constructor(inner: RequestSocket<Req, Rep>) {
    this.#inner = inner;
  }

  send(task: TaskRef, message: Req): ReturnType<RequestSocket<Req, Rep>['send']> {
    return this.#inner.send(task, message);
  }

  receive(task: TaskRef): ReturnType<RequestSocket<Req, Rep>['receive']> {
    return this.#inner.receive(task);
  }

  close(task: TaskRef): void {
    this.#inner.close(task);
  }

  reopen(): void {
    // The fault.
  }
}

/** What a faulty client does differently. */
interface Twist {
  repeatable(asked: boolean): boolean;
  /** `at` counts the client's exchanges from 1. */
  result<Rep extends Message>(result: ExchangeResult<Rep>, at: number): ExchangeResult<Rep>;
}

class TwistedClient<Req extends Message, Rep extends Message> extends SteppedClient<Req, Rep> {
  readonly #inner: SteppingClient<Req, Rep>;
  readonly #twist: Twist;

  constructor(inner: SteppingClient<Req, Rep>, twist: Twist) {
    super();
    this.#inner = inner;
    this.#twist = twist;
  }

  protected override makeSteps(task: TaskRef): ExchangeSteps<Req, Rep> {
    return new TwistedSteps(this.#inner.steps(task), this.#twist);
  }
}

class TwistedSteps<Req extends Message, Rep extends Message> implements ExchangeSteps<Req, Rep> {
  readonly #inner: ExchangeSteps<Req, Rep>;
  readonly #twist: Twist;
  #exchanges = 0;

  constructor(inner: ExchangeSteps<Req, Rep>, twist: Twist) {
    this.#inner = inner;
    this.#twist = twist;
  }

  get result(): ExchangeResult<Rep> {
    return this.#twist.result(this.#inner.result, this.#exchanges);
  }

  begin(repeatable: boolean, next: (attempt: number) => Req): Suspension | undefined {
    this.#exchanges += 1;
    return this.#inner.begin(this.#twist.repeatable(repeatable), next);
  }

  resume(woken: Woken): Suspension | undefined {
    return this.#inner.resume(woken);
  }
}

const asAsked = (asked: boolean): boolean => asked;
const asIs = <Rep extends Message>(result: ExchangeResult<Rep>): ExchangeResult<Rep> => result;
const NOTHING_SENT = { kind: 'failed', error: 'EAGAIN' } as const;

export const FAULTY_CLIENTS: readonly FaultyClient[] = [
  {
    name: 'never-reopens',
    about: 'Goes on with the socket that a time-out left out of turn; shown by a lost reply.',
    caughtBy: 'socket.recovery',
    create: (driver, socket, options) => new LazyPirate(driver, new LastingSocket(socket), options),
  },
  {
    name: 'repeats-everything',
    about:
      'Sends an order again by itself; shown by a lost reply of a gateway that does not dedupe.',
    caughtBy: 'order.at-most-once',
    create: (driver, socket, options) =>
      new TwistedClient(new LazyPirate(driver, socket, options), {
        repeatable: () => true,
        result: asIs,
      }),
  },
  {
    name: 'lost-is-failed',
    about: 'Says that nothing was sent when a reply was lost; shown by the lost reply to an order.',
    caughtBy: 'pnl.total',
    create: (driver, socket, options) =>
      new TwistedClient(new LazyPirate(driver, socket, options), {
        repeatable: asAsked,
        result: (result) => (result.kind === 'unknown' ? NOTHING_SENT : result),
      }),
  },
  {
    name: 'mislays-replies',
    about: `Says that nothing was sent in every ${EVERY}th exchange, though it has the reply.`,
    caughtBy: 'pnl.total',
    create: (driver, socket, options) =>
      new TwistedClient(new LazyPirate(driver, socket, options), {
        repeatable: asAsked,
        result: (result, at) => (at % EVERY === 0 ? NOTHING_SENT : result),
      }),
  },
];
