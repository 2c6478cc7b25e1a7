/**
 * A bench for one lock machine: five clients work it by script, and all that it does is written
 * down.
 *
 * The bench believes the clients and not the lock: a client is inside from its first grant until it
 * gives back itself, whatever the lock says meanwhile. A move that does not apply is skipped, so
 * every script is a valid one.
 */
import { assertExists } from '../../base/assert.ts';
import { type Timed, TimerHeap } from '../../base/heap.ts';
import { NONE } from '../../trace/event.ts';
import type { Claim, LockImplementation, LockMachine } from '../contract.ts';

/** The clients' symbols; the last one has none, as a heartbeat. */
export const CLIENT_SYMBOLS = [0, 1, 2, 3, NONE] as const;

export type MoveKind =
  'ask' | 'give-back' | 'give-back-again' | 'give-back-foreign' | 'give-up' | 'pass';

export interface Move {
  readonly kind: MoveKind;
  readonly client: number;
  /** How long a `pass` lasts, in microseconds. */
  readonly us: number;
}

/** What the lock did. A grant lists the claims that asked earlier and still wait: the overtaken. */
export type Effect =
  | { readonly kind: 'grant'; readonly claim: Claim; readonly overtaken: readonly Claim[] }
  | { readonly kind: 'release'; readonly claim: Claim; readonly caller: number | undefined };

/**
 * One move that applied, what the lock did in answer, and who was inside and waiting afterwards.
 */
export interface Step {
  readonly kind: MoveKind;
  /** The claim that the move was about; undefined for `pass`. */
  readonly claim: Claim | undefined;
  readonly caller: number;
  readonly effects: readonly Effect[];
  readonly inside: readonly Claim[];
  readonly waiting: readonly Claim[];
}

interface Timer extends Timed {
  readonly callback: () => void;
}

const LEASE_US = 1_000;
const DRAIN_US = 1_000_000;

export class LockBench {
  readonly steps: Step[] = [];
  readonly #machine: LockMachine;
  readonly #timers = new TimerHeap<Timer>();
  readonly #inside: Claim[] = [];
  readonly #waiting: Claim[] = [];
  /** Each client's latest hold that it has given back. */
  readonly #past = new Map<number, Claim>();
  #effects: Effect[] = [];
  #nowUs = 0;
  #seq = 0;

  constructor(implementation: LockImplementation) {
    this.#machine = implementation.create(
      {
        grant: (claim) => this.#granted(claim),
        release: (claim, caller) => this.#effects.push({ kind: 'release', claim, caller }),
        after: (us, callback) => this.#after(us, callback),
      },
      { leaseUs: LEASE_US },
    );
  }

  play({ kind, client, us }: Move): void {
    switch (kind) {
      case 'ask':
        return this.#ask(client);
      case 'give-back':
        return this.#giveBack(find(this.#inside, client));
      case 'give-back-again':
        return this.#release(kind, this.#past.get(client), client);
      case 'give-back-foreign':
        return this.#release(
          kind,
          this.#inside.find((claim) => claim.task !== client),
          client,
        );
      case 'give-up':
        return this.#giveUp(find(this.#waiting, client));
      case 'pass':
        return this.#pass(us);
    }
  }

  /** Lets those inside give back, and time pass, until nothing more can come of it. */
  drain(): void {
    for (let round = 0; round <= CLIENT_SYMBOLS.length; round++) {
      this.#pass(DRAIN_US);
      for (const claim of [...this.#inside]) this.#giveBack(claim);
    }
  }

  #ask(client: number): void {
    if (find(this.#inside, client) ?? find(this.#waiting, client)) return;
    const symbol = assertExists(CLIENT_SYMBOLS[client], `expected a client, got ${client}`);
    const claim: Claim = { hold: this.#seq++, task: client, symbol };
    this.#waiting.push(claim);
    this.#machine.request(claim);
    this.#note('ask', claim, client);
  }

  #giveBack(claim: Claim | undefined): void {
    if (claim === undefined) return;
    remove(this.#inside, claim);
    this.#past.set(claim.task, claim);
    this.#release('give-back', claim, claim.task);
  }

  #release(kind: MoveKind, claim: Claim | undefined, caller: number): void {
    if (claim === undefined) return;
    this.#machine.release(claim, caller);
    this.#note(kind, claim, caller);
  }

  #giveUp(claim: Claim | undefined): void {
    if (claim === undefined) return;
    remove(this.#waiting, claim);
    this.#machine.cancel(claim);
    this.#note('give-up', claim, claim.task);
  }

  #pass(us: number): void {
    const untilUs = this.#nowUs + us;
    for (;;) {
      const timer = this.#timers.peek();
      if (timer === undefined || timer.dueUs > untilUs) break;
      this.#timers.remove(timer);
      this.#nowUs = timer.dueUs;
      timer.callback();
    }
    this.#nowUs = untilUs;
    this.#note('pass', undefined, NONE);
  }

  #after(us: number, callback: () => void): () => void {
    const timer: Timer = { dueUs: this.#nowUs + us, seq: this.#seq++, index: -1, callback };
    this.#timers.push(timer);
    return () => {
      if (timer.index >= 0) this.#timers.remove(timer);
    };
  }

  #granted(claim: Claim): void {
    const at = this.#waiting.indexOf(claim);
    this.#effects.push({
      kind: 'grant',
      claim,
      overtaken: this.#waiting.slice(0, Math.max(0, at)),
    });
    if (at < 0) return;
    this.#waiting.splice(at, 1);
    this.#inside.push(claim);
  }

  #note(kind: MoveKind, claim: Claim | undefined, caller: number): void {
    this.steps.push({
      kind,
      claim,
      caller,
      effects: this.#effects,
      inside: [...this.#inside],
      waiting: [...this.#waiting],
    });
    this.#effects = [];
  }
}

function find(claims: readonly Claim[], client: number): Claim | undefined {
  return claims.find((claim) => claim.task === client);
}

function remove(claims: Claim[], claim: Claim): void {
  claims.splice(claims.indexOf(claim), 1);
}
