/**
 * What the page says to its connection with the bridge, and hears of it.
 *
 * One WebSocket a page, in a worker of its own, kept between runs: pairing, arming and the lock at
 * the bridge belong to its session. Invariants: nothing connects before somebody has asked for it
 * on this page; the token is in memory and in the tab's session storage, never in an address; an
 * order is sent once, and what was under way when the connection broke is unknown.
 */
import type { LockName, Problem, Result } from '../../sim/index.ts';
import type { Outcome, TickBody, UnknownOrder, Welcome } from '../../bridge/protocol.ts';

/** The five states of the page's connection. */
export type LinkState =
  /** Nobody asked, or nobody answered where the page comes from; `why` says which. */
  | { readonly kind: 'none'; readonly why: NoBridge | undefined }
  /**
   * A bridge is there, and wants the code that it shows. `problem` is what the last try came to:
   * `wrong-code`, `too-often` (wait a second), or `other-run` of a token that was kept (the bridge
   * was started anew).
   */
  | { readonly kind: 'pairing'; readonly problem: Problem | undefined }
  | ({ readonly kind: 'read-only' } & Connected)
  | ({ readonly kind: 'orders-allowed'; readonly armed: Armed | undefined } & Connected)
  /**
   * It was there, and is being looked for again for as long as the page is open: `since` in
   * milliseconds since 1970, `attempt` from 1. What was armed is armed no more.
   */
  | { readonly kind: 'lost'; readonly since: number; readonly attempt: number };

export type NoBridge =
  /** The page comes from a host on the web, which may not reach a bridge on this machine. */
  | 'hosted'
  /** The server of this page is no bridge, or it is not running. */
  | 'not-running'
  /**
   * It ended the connection and said why, by a code of bridge/protocol.ts: 1001 it ends, 1009, 4400
   * and 4409 a mistake between the two, 4413 this page did not read, 4429 it asked too much. Nobody
   * looks for it again: `connect` does. 1006 is the page's own end of the connection, broken.
   */
  | { readonly closed: number; readonly reason: string };

export interface Connected {
  readonly welcome: Omit<Welcome, 'token'>;
  /** Last round trip to the gateway, in milliseconds; undefined before the first. */
  readonly latencyMs: number | undefined;
  /** Orders whose outcome nobody knows yet. */
  readonly unknown: readonly UnknownOrder[];
}

/** What orders may reach, as the reader confirmed it. */
export interface Armed {
  readonly endpoint: string;
  readonly symbols: readonly string[];
}

/** Hears how the connection stands, each time that this changes. */
export interface BridgeListener {
  readonly onState: (state: LinkState) => void;
}

/** The page's end of the connection. */
export interface BridgeLink {
  /**
   * Looks for a bridge where the page comes from; a kept token is tried first. Resolves once the
   * state tells what came of it.
   */
  connect(): Promise<void>;
  /** Shows the code that the bridge printed. */
  pair(code: string): Promise<void>;
  arm(armed: Armed): Promise<Result<void, Problem>>;
  disarm(): Promise<Result<void, Problem>>;
  /** Which lock stands in front of the real socket; `none` where the page brings its own. */
  setLock(lock: LockName): Promise<Result<void, Problem>>;
  /** What a person decided of an order whose outcome no query told. */
  resolve(uuid: string, as: 'executed' | 'not-executed'): Promise<Result<void, Problem>>;
  /**
   * A way to the gateway for the worker of a live run; transfer it, and give it to a BridgeClient.
   * It outlives a cut: what is asked meanwhile is refused with `not-connected`.
   */
  openPort(): Promise<MessagePort>;
  /** Ends the connection and forgets the token. */
  disconnect(): void;
}

/**
 * What goes over a port of `openPort`, both ways. Many may stand in one message. An operation that
 * no connection carried is `refused`, one that was under way when it broke is `unknown` (an order)
 * or `failed`; each has one outcome.
 */
export type ToGateway = readonly {
  /** Above all earlier ones of this port. */
  readonly id: number;
  /**
   * An operation for the gateway, with the body that bridge/protocol.ts names for it; also
   * `RESOLVE`, and `SUBSCRIBE`, after which this port gets the ticks. `CREDIT` with `{ credits }`
   * allows so many ticks more and has no outcome.
   */
  readonly op: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly deadlineMs: number;
}[];

export type FromGateway = readonly (
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: Outcome }
  | { readonly kind: 'tick'; readonly tick: TickBody }
  /** The connection is gone: requests under way have had their outcome before this. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'found' }
)[];
