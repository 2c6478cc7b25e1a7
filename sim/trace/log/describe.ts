/**
 * What a log says about events other than locks and money, in an engine's own words.
 *
 * The words ERROR, CRITICAL, RACE_CONDITION and EFSM appear only where a socket failed, so that a
 * search for them finds nothing in the log of a clean run.
 */
import { assertUnreachable } from '../../base/assert.ts';
import {
  BreakerState,
  DrawdownState,
  EventKind,
  type EventView,
  FaultKind,
  GuardianReason,
  ObjectId,
  RejectReason,
  RunEnd,
  SocketErrorCode,
  SocketOp,
} from '../event.ts';

export type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

/** Level and words of a line. */
export type Line = readonly [Level, string];

/** The line for an event, or undefined where a log does not speak of it; `name` is whose it is. */
export function describeEvent(event: EventView, name: string): Line | undefined {
  switch (event.kind) {
    case EventKind.timeout:
      return ['WARNING', `  [${name}] Gave up waiting for the ZMQ lock`];
    case EventKind.socketError:
      return event.object === ObjectId.socket ? describeSocketError(event, name) : undefined;
    case EventKind.socketOpen:
      return event.object === ObjectId.socket ? ['INFO', '  ZMQ socket opened'] : undefined;
    case EventKind.socketClose:
      return event.object === ObjectId.socket ? ['INFO', '  ZMQ socket closed'] : undefined;
    case EventKind.reject:
      return ['WARNING', `  [${name}] Order ${event.a} rejected: ${rejectReason(event.b >> 1)}`];
    case EventKind.unknown:
      return ['WARNING', `  [${name}] Order ${event.a}: no answer, outcome unknown`];
    case EventKind.resolve:
      return ['INFO', `  [${name}] Order ${event.a} was ${event.b === 1 ? '' : 'not '}executed`];
    case EventKind.breaker:
      return ['WARNING', `  Circuit breaker: ${change(BreakerState, event)}`];
    case EventKind.drawdown:
      return ['WARNING', `  Drawdown: ${change(DrawdownState, event)}`];
    case EventKind.guardian:
      return describeGuardian(event);
    case EventKind.fault:
      return ['WARNING', `  Fault injected: ${nameOf(FaultKind, event.a)}`];
    case EventKind.end:
      return ['INFO', `Run ended: ${nameOf(RunEnd, event.b)}, ${event.a} tasks still waiting`];
    case EventKind.signal:
    case EventKind.settle:
    case EventKind.request:
    case EventKind.grant:
    case EventKind.release:
    case EventKind.cancel:
    case EventKind.enter:
    case EventKind.exit:
    case EventKind.send:
    case EventKind.receive:
    case EventKind.order:
    case EventKind.fill:
    case EventKind.metrics:
    case EventKind.total:
    case EventKind.books:
      return undefined;
    default:
      return assertUnreachable(event.kind);
  }
}

/** ZeroMQ's own message for each error number. */
const ERROR_TEXT: Readonly<Record<SocketErrorCode, string>> = {
  [SocketErrorCode.EFSM]: 'Operation cannot be accomplished in current state',
  [SocketErrorCode.EAGAIN]: 'Resource temporarily unavailable',
  [SocketErrorCode.EBUSY]: 'Device or resource busy',
  [SocketErrorCode.EBADF]: 'Bad file descriptor',
  [SocketErrorCode.ETERM]: 'Context was terminated',
};

function describeSocketError(event: EventView, name: string): Line {
  const code = (event.b >> 2) as SocketErrorCode;
  const op = nameOf(SocketOp, event.b & 3);
  const what = `[${nameOf(SocketErrorCode, code)}] ${ERROR_TEXT[code]}`;
  // A time-out is part of the plan; the others are not.
  return code === SocketErrorCode.EAGAIN
    ? ['WARNING', `  [${name}] ZMQ ${op} timed out: ${what}`]
    : ['ERROR', `  [${name}] ZMQ ${op} failed: ${what}`];
}

function describeGuardian(event: EventView): Line {
  switch (event.a as GuardianReason) {
    case GuardianReason.resumed:
      return ['INFO', '  Guardian: trading resumed'];
    case GuardianReason.latency:
      return ['WARNING', `  Guardian: trading halted after ${event.b} latency spikes`];
    case GuardianReason.errors:
      return ['WARNING', `  Guardian: trading halted after ${event.b} failures`];
    case GuardianReason.heartbeat:
      return ['WARNING', `  Guardian: trading halted after ${event.b} missed heartbeats`];
  }
}

function rejectReason(reason: number): string {
  return reason === RejectReason.gateway ? 'by the gateway' : nameOf(RejectReason, reason);
}

function change(names: Readonly<Record<string, number>>, event: EventView): string {
  return `${nameOf(names, event.a)} -> ${nameOf(names, event.b)}`;
}

function nameOf(names: Readonly<Record<string, number>>, code: number): string {
  return Object.keys(names).find((name) => names[name] === code) ?? String(code);
}
