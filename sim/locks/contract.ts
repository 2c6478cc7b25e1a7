/**
 * What a lock is: a state machine that is asked for entry and decides whom to let in.
 *
 * A machine knows holds and nothing else: no clock, no tasks to wake, no trace. Whoever drives it
 * (the guard in virtual time, the lock worker in real time) passes requests in and carries its
 * grants out. The same machine is therefore what is verified and what runs.
 */
import { park, type TaskBody, type TaskRef } from '../kernel/task.ts';

/** How a lock orders its waiters; fairness is required of it accordingly. */
export type Fairness =
  | { readonly kind: 'fifo' }
  /** Each waiter is overtaken at most `max` times. */
  | { readonly kind: 'bypass'; readonly max: number }
  | { readonly kind: 'unfair' };

/** Who asks: the hold names this one request, and the critical section if it is granted. */
export interface Claim {
  readonly hold: number;
  readonly task: number;
  /** Index of the symbol, or NONE. */
  readonly symbol: number;
}

/** What a machine may do to the outside. */
export interface LockEffects {
  /** Lets a claim in. May be called during `request`, or later. */
  grant(claim: Claim): void;
  /**
   * The hold is over: called before any grant that follows from it. `caller` is the task that gave
   * it back, or undefined where the lock took it back by itself (a lease that ran out).
   */
  release(claim: Claim, caller: number | undefined): void;
  /** Calls back after `us` microseconds, as a step of its own; the result withdraws it. */
  after(us: number, callback: () => void): () => void;
}

export interface LockMachine {
  /** A claim asks; the machine grants it now, later, or never. */
  request(claim: Claim): void;
  /** `caller` gives the hold back: the task that holds it, where the lock is used as meant. */
  release(claim: Claim, caller: number): void;
  /** A waiting claim no longer wants in: its time-out passed, or its task was cancelled. */
  cancel(claim: Claim): void;
}

export interface LockOptions {
  /** How long a hold may last before a leasing lock takes it back, in microseconds. */
  readonly leaseUs: number;
}

/** An implementation under the name by which a scenario chooses it. */
export interface LockImplementation {
  readonly name: string;
  /** One sentence for people: what it does, and what is wrong with it if something is. */
  readonly about: string;
  readonly fairness: Fairness;
  create(effects: LockEffects, options: LockOptions): LockMachine;
}

/** One request of a task for a lock, from asking to giving back. */
export interface Hold extends Claim {
  readonly owner: TaskRef;
  /** `over` was granted once, even if the lock took it back at once; `gave-up` never was. */
  state: 'waiting' | 'held' | 'over' | 'gave-up';
}

/** A lock as a task uses it. */
export interface Lock {
  /** Asks for the lock. The hold is `held` at once if the lock lets the task in without waiting. */
  request(task: TaskRef): Hold;
  /** How long a task waits at most, in microseconds; Infinity waits for ever. */
  readonly timeoutUs: number;
  /** The task has waited so long: it gives up, unless the hold was granted by now. */
  expire(hold: Hold): void;
  /** Gives a hold back; `caller` is the task that does so. */
  release(hold: Hold, caller: TaskRef): void;
}

/** Waits until a hold is granted, for the lock's time-out at most; false if that passed. */
export function* waitFor(lock: Lock, hold: Hold): TaskBody<boolean> {
  while (hold.state === 'waiting') if (!(yield park(lock.timeoutUs))) lock.expire(hold);
  return hold.state !== 'gave-up';
}
