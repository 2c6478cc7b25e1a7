/**
 * What the page says to a live run, and hears of it: a run in real time, in workers of its own.
 *
 * One worker a symbol, one for the lock, one for what all symbols share (socket, far end, risk,
 * aggregator), and a conductor that starts them, merges what they stamped into one trace, and
 * judges it as it grows. The trace and its end come as those of a simulated run do, with
 * `EngineMessage`; what only a live run has to say is here. A live run is recorded and checked,
 * never replayed.
 */
import type { CheckId, Scenario, Verdict } from '../../sim/index.ts';
import type { Finished, Opened, Progress } from '../workers/engine-contract.ts';
import type { RunListener } from '../workers/hand-over.ts';

/** Where the lock stands that guards the socket. */
export type LockPlace =
  /** A worker of its own, which runs the scenario's lock machine. */
  | 'worker'
  /** `navigator.locks`, in place of the scenario's lock. */
  | 'browser'
  /** At the bridge, in front of the real socket: the scenario's lock machine again. */
  | 'bridge';

/** What answers at the other end of the socket. */
export type LiveEnd =
  /** The simulated gateway, in real time, in the worker of what all share. */
  | { readonly kind: 'simulated' }
  /** A gateway behind the bridge; `port` leads to the page's one connection (web/bridge). */
  | { readonly kind: 'bridge'; readonly port: MessagePort };

export interface LivePlan {
  readonly scenario: Scenario;
  /** The gallery's name of it, whatever its seed; undefined where it is the reader's own. */
  readonly entry?: string | undefined;
  readonly lockAt: LockPlace;
  readonly end: LiveEnd;
}

/** Who takes part: `symbol` 0 to 63, the lock, what all share, and who merges and judges. */
export type Member =
  | { readonly kind: 'symbol'; readonly symbol: number }
  | { readonly kind: 'lock' }
  | { readonly kind: 'account' }
  | { readonly kind: 'conductor' };

/** What a live run came to beside its result. */
export interface Recorded {
  readonly lockAt: LockPlace;
  readonly end: LiveEnd['kind'];
  /** How far apart the workers' clocks may have stood at most, in microseconds. */
  readonly clockErrorUs: number;
  /** Pause between two signals as it really was, by symbol, in microseconds. */
  readonly intervals: readonly Interval[];
  /** Stretches of the run of which nobody knows what happened: hatched on the timeline. */
  readonly unknown: readonly UnknownStretch[];
  /** Workers that ended before the run did, in order. */
  readonly lost: readonly Member[];
}

/** Undefined where a symbol made fewer than two signals. */
export interface Interval {
  readonly symbol: number;
  readonly askedUs: readonly [number, number];
  readonly achievedUs:
    { readonly min: number; readonly median: number; readonly max: number } | undefined;
}

export interface UnknownStretch {
  readonly startUs: number;
  readonly endUs: number;
  readonly why: 'connection-lost' | 'worker-lost';
}

/** How it stands, four times a second while it runs. */
export interface Standing {
  /** The worst so far of the checks that the verdict rests on; `passed` is never said early. */
  readonly verdict: Exclude<Verdict, 'passed'>;
  /** Checks that are violated already. */
  readonly violated: readonly CheckId[];
  readonly progress: Progress;
  readonly signals: number;
  readonly trades: number;
}

export interface LiveListener extends Omit<RunListener, 'onFinish'> {
  readonly onStanding: (standing: Standing) => void;
  /** The run is over, and all of its trace was handed on. */
  readonly onFinish: (finished: Finished, recorded: Recorded) => void;
  /** The conductor itself is gone: what arrived of the trace stays, and no verdict comes. */
  readonly onDeath: (reason: string) => void;
}

/** The page's end of live runs; one run at a time. */
export interface LiveEngine {
  /** Starts a run; resolves once all workers stand. Rejects with what could not be started. */
  open(plan: LivePlan): Promise<Opened>;
  /** Ends the run where it is: what has happened is judged, and `onFinish` comes within 1 s. */
  stop(): Promise<void>;
  /** Leaves nothing running, at once and without a verdict. */
  close(): void;
}
