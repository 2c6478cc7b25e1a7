/**
 * A line with a lock in front: the very lock machines that the simulation verifies, faulty ones
 * included, now before a real socket.
 *
 * Invariant: a request reaches the line only after the machine let it in, and is given back to it
 * afterwards, once. The machine is trusted in nothing: a second grant of one claim is ignored here,
 * and a claim that is never granted ends at its deadline.
 */
import { LOCKS, type LockName, NONE, ZOO } from '../../sim/index.ts';
import type { Exchange } from './exchange.ts';
import type { Line } from './line.ts';

type LockMachine = ReturnType<(typeof LOCKS)[LockName]['create']>;
type LockClaim = Parameters<LockMachine['request']>[0];

interface Waiting extends LockClaim {
  /** Undefined once it was let in or has given up. */
  enter: ((granted: boolean) => void) | undefined;
}

const US_PER_MS = 1_000;
/** How long a leasing lock lets a hold last: less than a slow reply. */
const LEASE_US = 20_000;
/** As many as a scenario may have. */
const SYMBOLS_MAX = 64;

/** The lock of that name, or undefined if there is none. */
export function lockNamed(name: string): LockName | undefined {
  return Object.hasOwn(LOCKS, name) ? (name as LockName) : undefined;
}

/** Whether a lock is one of the zoo's faulty ones; `none` is. */
export function isFaulty(name: LockName): boolean {
  return ZOO.some((entry) => entry.name === name && entry.faulty);
}

export class LockedLine {
  readonly #line: Line;
  readonly #machine: LockMachine;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #waiting = new Set<Waiting>();
  #nextHold = 0;

  constructor(line: Line, lock: LockName) {
    this.#line = line;
    this.#machine = LOCKS[lock].create(
      {
        grant: (claim) => this.#admit(claim as Waiting),
        release: () => {},
        after: (us, callback) => this.#after(us / US_PER_MS, callback),
      },
      { leaseUs: LEASE_US },
    );
  }

  /** Exchanges within `deadlineMs`, waiting for the lock included; `symbol` is an index or NONE. */
  async exchange(
    text: string,
    symbol: number,
    deadlineMs: number,
    uuid: string,
  ): Promise<Exchange> {
    const startMs = performance.now();
    this.#nextHold += 1;
    const claim: Waiting = { hold: this.#nextHold, task: symbol, symbol, enter: undefined };
    if (!(await this.#enter(claim, deadlineMs))) {
      const message = 'not sent: the lock did not let it in before its deadline';
      return { kind: 'not-sent', code: 'LOCK_TIMEOUT', message };
    }
    const leftMs = deadlineMs - Math.floor(performance.now() - startMs);
    try {
      return await this.#line.exchange(text, Math.max(1, leftMs), uuid);
    } finally {
      this.#machine.release(claim, claim.task);
    }
  }

  /** Withdraws what the machine waits for; whoever waits for the machine is not let in. */
  close(): void {
    for (const claim of this.#waiting) claim.enter?.(false);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #enter(claim: Waiting, deadlineMs: number): Promise<boolean> | true {
    let entered: boolean | undefined;
    let resolve: ((granted: boolean) => void) | undefined;
    claim.enter = (granted) => {
      claim.enter = undefined;
      entered = granted;
      resolve?.(granted);
    };
    this.#machine.request(claim);
    if (entered === true) return true;
    this.#waiting.add(claim);
    return new Promise((settle) => {
      const withdraw = this.#after(deadlineMs, () => {
        claim.enter?.(false);
        this.#machine.cancel(claim);
      });
      resolve = (granted) => {
        withdraw();
        this.#waiting.delete(claim);
        settle(granted);
      };
    });
  }

  #admit(claim: Waiting): void {
    claim.enter?.(true);
  }

  #after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }
}

/** The index of a symbol among those that a page has named, in the order of their first request. */
export class SymbolIndex {
  readonly #indices = new Map<string, number>();

  of(name: string | undefined): number {
    if (name === undefined) return NONE;
    const known = this.#indices.get(name);
    if (known !== undefined) return known;
    // Beyond what a scenario can have, all share one: memory stays bounded.
    const index = Math.min(this.#indices.size, SYMBOLS_MAX);
    if (index < SYMBOLS_MAX) this.#indices.set(name, index);
    return index;
  }
}
