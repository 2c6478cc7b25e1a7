/**
 * What can happen in a run: one closed set of event kinds, and the view through which they are
 * read.
 *
 * The lock stamps request, grant, release, timeout and cancel; the task stamps enter and exit of
 * its critical section with the resource that it uses there. The gateway stamps fill and books.
 * Nothing else may stamp those, because the checks compare the one's word with the other's.
 */

/** Codes are part of the digest: they are never reused or renumbered. */
export const EventKind = {
  /** A symbol's loop decided something. a: signal number, b: 1 if it wants to trade. */
  signal: 1,
  /** That signal is over, its reply consumed or given up. a: signal number, b: Outcome. */
  settle: 2,
  /** A task asks a lock. object: lock, a: hold. */
  request: 3,
  /** The lock lets it in. object: lock, a: hold, b: tasks that still wait. */
  grant: 4,
  /**
   * A hold is over. task: who gave it back; object: lock, a: hold, b: 1 if the lock took it back.
   */
  release: 5,
  /** A waiter gave up after its time-out. object: lock, a: hold. */
  timeout: 6,
  /** A waiter was withdrawn. object: lock, a: hold. */
  cancel: 7,
  /** A task starts to use a resource. object: resource, a: hold. */
  enter: 8,
  /** A task has stopped using it. object: resource, a: hold. */
  exit: 9,
  /** A socket accepted a message. object: resource, a: request, b: Action. */
  send: 10,
  /** A socket delivered a message. object: resource, a: request it answers, b: ReplyStatus. */
  receive: 11,
  /**
   * A socket operation failed. object: resource, a: request or 0, b: SocketErrorCode * 4 +
   * SocketOp.
   */
  socketError: 12,
  /** A socket was opened, or opened anew. object: resource. */
  socketOpen: 13,
  /** A socket was closed. object: resource. */
  socketClose: 14,
  /** The client asks for an order. a: order, b: OrderEffect, value: exposure in basis points. */
  order: 15,
  /** The gateway executed it. a: order, b: ticket, value: realised cents, commission included. */
  fill: 16,
  /** The order was refused. a: order, b: RejectReason * 2 + (1 if it would have reduced). */
  reject: 17,
  /** The client cannot know whether the order was executed. a: order. */
  unknown: 18,
  /** An unknown outcome was settled by asking the gateway. a: order, b: 1 if it was executed. */
  resolve: 19,
  /**
   * The aggregator's figure of `symbol` changed. a: the last order in it, b: the cause's symbol,
   * value: the new figure; object: 1 if that is a float in dollars, else it is whole cents.
   */
  metrics: 20,
  /** The aggregator's last word on its total. value: its figure, b: 1 if that is float dollars. */
  total: 21,
  /** The gateway's own books. symbol (or none: the account), value: realised cents so far. */
  books: 22,
  /** A breaker changed. a: from, b: to, both BreakerState. */
  breaker: 23,
  /** The guardian halted or resumed trading. a: GuardianReason, b: how many it had counted. */
  guardian: 24,
  /** The equity curve crossed a threshold. a: from, b: to, both DrawdownState. */
  drawdown: 25,
  /** A fault that the scenario asked for took effect. a: FaultKind, b: its detail. */
  fault: 26,
  /** The run came to rest. a: tasks that still wait, b: RunEnd. */
  end: 27,
} as const;

export type EventKind = (typeof EventKind)[keyof typeof EventKind];
export type EventName = keyof typeof EventKind;

/** Columns hold this where an event has no symbol, no task or no object. */
export const NONE = 255;

/** Locks and resources in the object column: the gateway's socket, and the aggregator's figures. */
export const ObjectId = { socket: 0, aggregator: 1, sideSocket: 2 } as const;

/** How a signal ended; `skipped` has asked the gateway but wanted no trade. */
export const Outcome = {
  skipped: 0,
  filled: 1,
  rejected: 2,
  unknown: 3,
  failed: 4,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** What a request asks of the gateway. */
export const Action = {
  PING: 1,
  OPEN: 2,
  CLOSE: 3,
  GET_ACCOUNT: 4,
  GET_POSITIONS: 5,
  SYNC_ALL: 6,
} as const;
export type Action = (typeof Action)[keyof typeof Action];

/** What a reply says, as far as a check needs to know. */
export const ReplyStatus = { ok: 0, filled: 1, rejected: 2, error: 3 } as const;
export type ReplyStatus = (typeof ReplyStatus)[keyof typeof ReplyStatus];

/** ZeroMQ's error numbers by name. */
export const SocketErrorCode = { EFSM: 1, EAGAIN: 2, EBUSY: 3, EBADF: 4, ETERM: 5 } as const;
export type SocketErrorCode = (typeof SocketErrorCode)[keyof typeof SocketErrorCode];
export type SocketErrorName = keyof typeof SocketErrorCode;

export const SocketOp = { send: 0, receive: 1, close: 2 } as const;
export type SocketOp = (typeof SocketOp)[keyof typeof SocketOp];

/** What an order does to the exposure. A round trip opens and closes within one fill. */
export const OrderEffect = { open: 0, reduce: 1, roundTrip: 2 } as const;
export type OrderEffect = (typeof OrderEffect)[keyof typeof OrderEffect];

export const RejectReason = {
  gateway: 1,
  exposure: 2,
  breaker: 3,
  drawdown: 4,
  guardian: 5,
} as const;
export type RejectReason = (typeof RejectReason)[keyof typeof RejectReason];

export const BreakerState = { closed: 0, open: 1, halfOpen: 2, lockedOut: 3 } as const;
export type BreakerState = (typeof BreakerState)[keyof typeof BreakerState];

export const DrawdownState = { normal: 0, warn: 1, reduceOnly: 2, halt: 3 } as const;
export type DrawdownState = (typeof DrawdownState)[keyof typeof DrawdownState];

export const GuardianReason = { resumed: 0, latency: 1, errors: 2, heartbeat: 3 } as const;
export type GuardianReason = (typeof GuardianReason)[keyof typeof GuardianReason];

export const FaultKind = {
  delay: 1,
  drop: 2,
  duplicate: 3,
  reorder: 4,
  stall: 5,
  crash: 6,
  restart: 7,
} as const;
export type FaultKind = (typeof FaultKind)[keyof typeof FaultKind];

/** Why a run ended: all tasks done; nothing left that could happen; a limit of ours; a person. */
export const RunEnd = { done: 0, stuck: 1, limit: 2, cancelled: 3 } as const;
export type RunEnd = (typeof RunEnd)[keyof typeof RunEnd];

/**
 * One event as a reader sees it. The same object is reused for the next event: copy what you keep.
 */
export interface EventView {
  kind: EventKind;
  /** Position in the trace, from 0; in a log, the line number, from 1. */
  seq: number;
  timeUs: number;
  task: number;
  symbol: number;
  object: number;
  a: number;
  b: number;
  value: number;
}

/** An event kept as evidence: a copy that stays as it is. */
export type TraceEvent = Readonly<EventView>;

/** A place in the trace that a person can go to. */
export interface EventRef {
  /** Sequence number; in a log, the line number. */
  readonly seq: number;
  readonly timeUs: number;
}

/** A copy that stays when the reader goes on. */
export function keepEvent(event: EventView): TraceEvent {
  return {
    kind: event.kind,
    seq: event.seq,
    timeUs: event.timeUs,
    task: event.task,
    symbol: event.symbol,
    object: event.object,
    a: event.a,
    b: event.b,
    value: event.value,
  };
}

const NAMES: readonly (EventName | undefined)[] = Object.entries(EventKind).reduce<EventName[]>(
  (names, [name, code]) => {
    names[code] = name as EventName;
    return names;
  },
  [],
);

/** The name of a kind, for people: `grant`. */
export function eventName(kind: EventKind): EventName {
  return NAMES[kind] as EventName;
}
