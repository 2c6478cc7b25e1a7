/**
 * What the workers of a live run say to each other, by ports of their own.
 *
 * Invariant: what members say to each other carries the time at which it was sent, on the clock of
 * the run, and whoever hears it goes on later than that: in the trace causes come before effects.
 * What is said to the lock and by it stands in lock-words.ts.
 */
import type { Executed, Scenario, Signal } from '../../sim/index.ts';
import type { WireSegment } from '../workers/engine-contract.ts';
import type { LiveEnd, LockPlace } from './contract.ts';

/**
 * What goes by a port at a time: when it was sent, in whole microseconds of the run, and all that
 * its sender had to say in one turn.
 */
export type Parcel<Message> = readonly [at: number, ...messages: Message[]];

/** What a symbol asks of the account. */
export type ToAccount =
  /** Everything that this signal asks of the gateway: `settled` answers. */
  | { readonly kind: 'begin'; readonly signal: Signal }
  /** What became of the open order: `settled` answers. */
  | { readonly kind: 'resolve' }
  /** The aggregator's lock: `entered` answers. */
  | { readonly kind: 'enter' }
  | { readonly kind: 'leave' }
  /** Books at once, without an answer. */
  | { readonly kind: 'book'; readonly executed: Executed }
  /** Books under the aggregator's lock, held by now or taken for it: `booked` answers. */
  | { readonly kind: 'book-holding'; readonly executed: Executed; readonly isHeld: boolean }
  /** The symbol's last snapshot: `booked` answers. */
  | { readonly kind: 'finish' }
  | { readonly kind: 'latency'; readonly us: number }
  | { readonly kind: 'error' };

export type FromAccount =
  | { readonly kind: 'settled'; readonly executed: Executed; readonly unresolved: boolean }
  /** `hold` is undefined where the aggregator has no lock. */
  | { readonly kind: 'entered'; readonly hold: number | undefined }
  | { readonly kind: 'booked' };

/** What the conductor says to a member. */
export type ToMember =
  | { readonly kind: 'ping' }
  /** Time 0 of the run on the member's own clock, in microseconds. */
  | { readonly kind: 'start'; readonly zeroUs: number }
  /** Stops where it is; `whole` if the run was not cut short. */
  | { readonly kind: 'halt'; readonly whole: boolean };

/** What a member says to the conductor. */
export type FromMember =
  | { readonly kind: 'pong'; readonly localUs: number }
  | Report
  /** The connection of the far end: gone, or there again. */
  | { readonly kind: 'connection'; readonly isUp: boolean; readonly at: number }
  | { readonly kind: 'crashed'; readonly message: string };

/** What a member has stamped since the last one. */
export interface Report {
  readonly kind: 'report';
  readonly segments: readonly WireSegment[];
  /** Nothing that it stamps later is earlier than this, in microseconds. */
  readonly watermarkUs: number;
  readonly steps: number;
  /** Whether nothing can happen in it any more unless a message comes. */
  readonly isQuiet: boolean;
  /** Messages to other members, and from them, so far. */
  readonly sent: number;
  readonly received: number;
  /** Why it is the last, if it is. */
  readonly last: 'done' | 'halted' | undefined;
}

/** What every member has to know. */
export interface Casting {
  readonly scenario: Scenario;
  readonly lockAt: LockPlace;
}

/** What the account has to say once it stands. */
export interface AccountFacts {
  /** Names by task id, those of the symbols included. */
  readonly taskNames: readonly string[];
  /** Whether its aggregator books in one step, so that nobody has to wait for it. */
  readonly isImmediate: boolean;
}

/** Ports of a symbol's worker; without a lock in the page there is none to it. */
export interface SymbolPorts {
  readonly conductor: MessagePort;
  readonly lock: MessagePort | undefined;
  readonly account: MessagePort;
}

/** Ports of the lock's worker: everybody who asks for the socket. */
export interface LockPorts {
  readonly conductor: MessagePort;
  readonly askers: readonly MessagePort[];
}

/** Ports of the account's worker: `symbols` by symbol. */
export interface AccountPorts {
  readonly conductor: MessagePort;
  readonly lock: MessagePort | undefined;
  readonly symbols: readonly MessagePort[];
  readonly end: LiveEnd;
}
