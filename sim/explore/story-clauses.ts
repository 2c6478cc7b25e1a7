/**
 * What can be said of one atomic step, as templates that other languages can tell too.
 *
 * Invariant: each clause is a template with values, like the evidence of a check; names of tasks
 * and symbols are values as they are, everything else that is a word (a lock, an error) stands in
 * English in the values and in one of the lists below.
 */
import { type Evidence, evidence } from '../check/contract.ts';
import {
  BreakerState,
  DrawdownState,
  FaultKind,
  NONE,
  ObjectId,
  SocketErrorCode,
  type TraceEvent,
} from '../trace/event.ts';

/** Every template, by a name of our own. */
export const CLAUSES = {
  takes: '{who} takes {lock}',
  waits: '{who} asks for {lock} and waits',
  waitsFor: '{who} asks for {lock}, which {holder} holds, and waits',
  granted: '{who} is granted {lock}',
  grantedToo: '{who} is granted {lock}, although {holder} holds it',
  grantedLate: '{who} is granted {lock} after giving up',
  releases: '{who} releases {lock}',
  releasesEarly: '{who} releases {lock} before its critical section',
  releasesInside: '{who} releases {lock} while still inside',
  releasesAgain: '{who} releases {lock} once more',
  takenBack: '{lock} is taken back from {who}',
  takenBackInside: '{lock} is taken back from {who}, which is still inside',
  gaveUp: '{who} gives up waiting for {lock}',
  enters: '{who} begins its critical section on {resource}',
  entersToo: '{who} begins its critical section on {resource}, where {holder} still is',
  leaves: '{who} ends its critical section on {resource}',
  leavesAndReleases: '{who} ends its critical section and releases {lock}',
  sends: '{who} sends {action}',
  receives: '{who} receives the reply',
  sendFails: '{who} cannot send: {error}',
  receiveFails: '{who} cannot receive: {error}',
  reopens: '{who} opens the socket anew',
  orders: '{who} places order {order}',
  fills: 'the gateway executes order {order} of {who}',
  fillsAgain: 'the gateway executes order {order} of {who} once more',
  rejects: 'order {order} of {who} is refused',
  unknown: '{who} cannot know what became of order {order}',
  resolves: '{who} learns what became of order {order}',
  writes: '{who} writes its result into the aggregator',
  writesForeign: 'the result of {who} is written into the figure of {symbol}',
  breaker: 'the breaker goes from {from} to {to}',
  drawdown: 'the drawdown goes from {from} to {to}',
  halts: 'the guardian halts trading',
  resumes: 'the guardian resumes trading',
  drops: 'a message of {who} is lost',
  delays: 'a message of {who} is delayed',
  duplicates: 'a message of {who} is doubled',
  reorders: 'a message of {who} overtakes the one before it',
  stalls: 'the gateway stalls',
  crashes: 'the gateway dies',
  restarts: 'the gateway comes back',
  goesFirst: '{who} goes before {others}',
  stuck: 'nobody can go on; still waiting: {waiting}',
} as const;

export type ClauseName = keyof typeof CLAUSES;

/** A clause about the given events. */
export function clause(
  name: ClauseName,
  values: Readonly<Record<string, string | number>>,
  ...events: readonly TraceEvent[]
): Evidence {
  const at = events.map(({ seq, timeUs }) => ({ seq, timeUs }));
  return evidence(CLAUSES[name], values, at);
}

const LOCKS = {
  [ObjectId.socket]: 'the socket’s lock',
  [ObjectId.aggregator]: 'the aggregator’s lock',
};
const RESOURCES = {
  [ObjectId.socket]: 'the socket',
  [ObjectId.aggregator]: 'the aggregator',
  [NONE]: 'the resource',
};
const SERVICES: Readonly<Record<string, string>> = {
  gateway: 'the gateway',
  heartbeat: 'the heartbeat',
  crashes: 'the power switch',
};
const ACTIONS = ['', 'a ping', 'an order', 'a close', 'a query', 'a query', 'a query'];
const FAULTS: Readonly<Record<number, ClauseName>> = {
  [FaultKind.drop]: 'drops',
  [FaultKind.delay]: 'delays',
  [FaultKind.duplicate]: 'duplicates',
  [FaultKind.reorder]: 'reorders',
  [FaultKind.stall]: 'stalls',
  [FaultKind.crash]: 'crashes',
  [FaultKind.restart]: 'restarts',
};

/** Every word that may stand in a clause's values, for whoever tells it in another language. */
export const CLAUSE_WORDS: readonly string[] = [
  ...Object.values(LOCKS),
  ...Object.values(RESOURCES),
  ...Object.values(SERVICES),
  ...new Set(ACTIONS.slice(1)),
  'a request',
  'the network',
  'a timer or message',
];

/** What a task is called in a sentence: a symbol by its name, a service as what it is. */
export function actorName(taskName: string): string {
  return SERVICES[taskName] ?? taskName;
}

export function lockName(object: number): string {
  return nameIn(LOCKS, object) ?? `lock ${object}`;
}

export function resourceName(object: number): string {
  return nameIn(RESOURCES, object) ?? `socket ${object}`;
}

/** What a request asks for, by its Action. */
export function actionName(action: number): string {
  return ACTIONS[action] ?? 'a request';
}

/** ZeroMQ's name of an error, by its SocketErrorCode. */
export function errorName(code: number): string {
  return nameOf(SocketErrorCode, code);
}

/** The clause that tells of a fault, by its FaultKind. */
export function faultClause(kind: number): ClauseName {
  return FAULTS[kind] ?? 'stalls';
}

export function breakerName(state: number): string {
  return nameOf(BreakerState, state);
}

export function drawdownName(state: number): string {
  return nameOf(DrawdownState, state);
}

function nameIn(names: Readonly<Record<number, string>>, code: number): string | undefined {
  return names[code];
}

function nameOf(codes: Readonly<Record<string, number>>, code: number): string {
  return Object.keys(codes).find((name) => codes[name] === code) ?? `code ${code}`;
}
