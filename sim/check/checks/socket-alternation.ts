/**
 * socket.alternation: a REQ socket sends and receives in turn, and each reply answers the last
 * request.
 *
 * EFSM and EBUSY are violations wherever they appear, for they say that somebody operated the
 * socket out of turn; a time-out (EAGAIN) is none. A relaxed socket may send again before the reply
 * came. A reply to an earlier request is excused where the network is known to have doubled its
 * message. In a log only the errors are judged, because it shows no messages.
 */
import { formatMs } from '../../base/time.ts';
import {
  EventKind,
  type EventRef,
  type EventView,
  FaultKind,
  SocketErrorCode,
  SocketOp,
} from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { objectName, refOf, whoName } from '../names.ts';

const ERROR_WHILE_AWAITED =
  '{who} could not {op} on {socket} at {ms} ms: {error}, because the reply to {other} was due since ' +
  '{sinceMs} ms.';
const ERROR = '{who} could not {op} on {socket} at {ms} ms: {error}, out of turn.';
const ERROR_LINE = '{who} met {error} in line {line}: the socket was operated out of turn.';
const SENT_TWICE =
  '{who} sent on {socket} at {ms} ms, although the reply to {other} was due since {sinceMs} ms.';
const RECEIVED_UNASKED = '{who} received on {socket} at {ms} ms without having asked.';
const WRONG_REPLY =
  '{who} received on {socket} at {ms} ms the reply to request {answered} instead of {asked}.';

const DOUBLED_KEPT = 256;

/** One socket's turn. */
class Turn {
  awaiting = false;
  request = 0;
  task = 0;
  symbol = 0;
  seq = 0;
  timeUs = 0;

  sent(event: EventView): void {
    this.awaiting = true;
    this.request = event.a;
    this.task = event.task;
    this.symbol = event.symbol;
    this.seq = event.seq;
    this.timeUs = event.timeUs;
  }

  get ref(): EventRef {
    return { seq: this.seq, timeUs: this.timeUs };
  }
}

class SocketAlternation implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();
  readonly #turns: (Turn | undefined)[] = [];
  /** Requests of which a message was doubled, the last ones. */
  readonly #doubled: number[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView): void {
    const kind = event.kind;
    if (kind === EventKind.fault) {
      if (event.a === FaultKind.duplicate) this.#noteDoubled(event.b >>> 1);
      return;
    }
    const turn = (this.#turns[event.object] ??= new Turn());
    if (kind === EventKind.send) {
      this.findings.examined += 1;
      if (turn.awaiting && !this.#facts.relaxed && this.findings.violated()) {
        this.#show(SENT_TWICE, event, turn, {});
      }
      turn.sent(event);
    } else if (kind === EventKind.receive) {
      this.findings.examined += 1;
      this.#judgeReply(event, turn);
      turn.awaiting = false;
    } else if (kind === EventKind.socketError) this.#judgeError(event, turn);
    else turn.awaiting = false;
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end);
  }

  #noteDoubled(request: number): void {
    this.#doubled.push(request);
    if (this.#doubled.length > DOUBLED_KEPT) this.#doubled.shift();
  }

  #judgeReply(event: EventView, turn: Turn): void {
    if (!turn.awaiting) {
      if (this.findings.violated()) this.#show(RECEIVED_UNASKED, event, turn, {});
    } else if (event.a !== turn.request && !this.#doubled.includes(event.a)) {
      if (!this.findings.violated()) return;
      this.#show(WRONG_REPLY, event, turn, { answered: event.a, asked: turn.request });
    }
  }

  #judgeError(event: EventView, turn: Turn): void {
    const code = event.b >>> 2;
    if (code !== SocketErrorCode.EFSM && code !== SocketErrorCode.EBUSY) return;
    this.findings.examined += 1;
    if (!this.findings.violated()) return;
    const error = code === SocketErrorCode.EFSM ? 'EFSM' : 'EBUSY';
    if (this.#facts.place === 'line') {
      const who = whoName(this.#facts, event.symbol, event.task);
      this.findings.show(ERROR_LINE, { who, error, line: event.seq }, [refOf(event)]);
      return;
    }
    const op = opName(event.b & 3);
    this.#show(turn.awaiting ? ERROR_WHILE_AWAITED : ERROR, event, turn, { op, error });
  }

  #show(
    template: string,
    event: EventView,
    turn: Turn,
    more: Readonly<Record<string, string | number>>,
  ): void {
    const facts = this.#facts;
    const values = {
      who: whoName(facts, event.symbol, event.task),
      socket: objectName(event.object),
      ms: formatMs(event.timeUs),
      ...(turn.awaiting
        ? { other: whoName(facts, turn.symbol, turn.task), sinceMs: formatMs(turn.timeUs) }
        : {}),
      ...more,
    };
    this.findings.show(template, values, [...(turn.awaiting ? [turn.ref] : []), refOf(event)]);
  }
}

function opName(op: number): string {
  if (op === SocketOp.send) return 'send';
  return op === SocketOp.receive ? 'receive' : 'close';
}

export const socketAlternation: Check = {
  id: 'socket.alternation',
  claim:
    'The socket sends and receives in turn: no EFSM, no EBUSY, each reply to the last request.',
  reads: [
    ...[EventKind.send, EventKind.receive, EventKind.socketError],
    ...[EventKind.socketOpen, EventKind.socketClose, EventKind.fault],
  ],
  needs: [EventKind.socketError],
  timed: false,
  start: (facts) => new SocketAlternation(facts),
};
