/**
 * Deliberately faulty REQ sockets, which prove that the checks can fail.
 *
 * Each has one fault, named in one sentence, and names the check that has to find it. None of them
 * lies in the trace: what it stamps is what it did.
 */
import type { Driver, TaskRef } from '../kernel/task.ts';
import type { SocketErrorName, SocketOp } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Message, RequestSocket, SocketOptions } from './contract.ts';
import type { Network } from './network.ts';
import { ReqSocket } from './req-socket.ts';
import { ReqTurn } from './req-turn.ts';

/** A part with one fault. */
export interface FaultyPart {
  readonly name: string;
  /** The fault, and what it takes to show it. */
  readonly about: string;
  /** Id of the check that has to find it. */
  readonly caughtBy: string;
}

export interface SocketParts<Req extends Message, Rep extends Message> {
  readonly driver: Driver;
  readonly recorder: Recorder;
  readonly network: Network<Req, Rep>;
  readonly options: SocketOptions;
  readonly object: number;
}

export interface FaultySocket extends FaultyPart {
  create<Req extends Message, Rep extends Message>(
    parts: SocketParts<Req, Rep>,
  ): RequestSocket<Req, Rep>;
}

/** How many replies pass before one is mistreated. */
const EVERY = 5;

class ForgetfulTurn<In extends Message> extends ReqTurn<In> {
  override get maySend(): boolean {
    return true;
  }
}

class BelatedTurn<In extends Message> extends ReqTurn<In> {
  #kept: In | undefined = undefined;

  override answers(): boolean {
    return false;
  }

  override take(): In | 'EFSM' | 'EAGAIN' {
    const got = super.take();
    if (typeof got === 'string') return got;
    const late = this.#kept ?? got;
    this.#kept = got;
    return late;
  }
}

class SwallowingTurn<In extends Message> extends ReqTurn<In> {
  #replies = 0;

  override answers(): boolean {
    return false;
  }

  override arrived(id: number, reply: In): void {
    this.#replies += 1;
    if (this.#replies % EVERY !== 0) super.arrived(id, reply);
  }
}

class StuckSocket<Req extends Message, Rep extends Message> extends ReqSocket<Req, Rep> {
  #stuck = false;

  protected override trySend(task: TaskRef, request: Req): SocketErrorName | undefined {
    return this.#stuck ? 'EAGAIN' : super.trySend(task, request);
  }

  protected override tryReceive(task: TaskRef): Rep | SocketErrorName {
    return this.#stuck ? 'EAGAIN' : super.tryReceive(task);
  }

  protected override failed(
    op: SocketOp,
    error: SocketErrorName,
    task: TaskRef,
    request: Req | undefined,
  ): void {
    super.failed(op, error, task, request);
    if (error === 'EAGAIN') this.#stuck = true;
  }
}

export const FAULTY_SOCKETS: readonly FaultySocket[] = [
  {
    name: 'forgets-efsm',
    about: 'Lets a second request through while a reply is due; shown by tasks without a lock.',
    caughtBy: 'socket.alternation',
    create: ({ driver, recorder, network, options, object }) =>
      new ReqSocket(driver, recorder, network, options, object, new ForgetfulTurn(options)),
  },
  {
    name: 'one-reply-late',
    about: 'Delivers to each request the reply to the one before it; shown by any second exchange.',
    caughtBy: 'socket.alternation',
    create: ({ driver, recorder, network, options, object }) =>
      new ReqSocket(driver, recorder, network, options, object, new BelatedTurn(options)),
  },
  {
    name: 'swallows-replies',
    about: `Drops every ${EVERY}th reply that reaches it, silently; shown by the time that costs.`,
    caughtBy: 'run.latency',
    create: ({ driver, recorder, network, options, object }) =>
      new ReqSocket(driver, recorder, network, options, object, new SwallowingTurn(options)),
  },
  {
    name: 'stuck-after-timeout',
    about:
      'Answers EAGAIN for ever once it has done so, opened anew or not; shown by a lost reply.',
    caughtBy: 'socket.recovery',
    create: ({ driver, recorder, network, options, object }) =>
      new StuckSocket(driver, recorder, network, options, object),
  },
];
