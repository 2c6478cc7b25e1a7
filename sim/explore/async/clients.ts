/**
 * Clients of a lock that is not ours: each asks, is let in, leaves, and asks again.
 *
 * The clients stamp what they see: a request before they call the lock, the grant and the entry
 * when they are let in, the exit and the release before they give back. So nothing rests on the
 * word of the lock. A wait that ends in a rejection is given up. Between two turns a client waits
 * for the world outside, which is what the schedule decides: to ask, or to leave.
 */
import type { Oracle } from '../../kernel/oracle.ts';
import { EventKind, ObjectId } from '../../trace/event.ts';
import type { Recorder } from '../../trace/recorder.ts';
import type { AcquiredLock, ForeignLock, RunningLock } from './foreign-lock.ts';
import type { SteppedPromise, SteppedPromiseClass } from './stepped-promise.ts';

export interface AsyncScope {
  readonly clients: number;
  /** How often each client asks. */
  readonly rounds: number;
}

/** What a client waits for the world outside to let it do. */
export interface Turn {
  readonly kind: 'ask' | 'leave';
  /** Who, from 0. */
  readonly client: number;
  take(): void;
}

/** What all clients of one execution share. */
export interface ClientWorld {
  readonly lock: ForeignLock;
  readonly type: SteppedPromiseClass;
  readonly recorder: Recorder;
  readonly scope: AsyncScope;
  readonly oracle: Oracle;
}

/** What `choose` is about where it is no fault of the network. */
export const NO_FAULT = -1;

/** Made once: an error is dear to make. */
const SECTION_FAILED = new Error('the critical section failed');

export class Clients {
  /** What could be done next, in the order in which it became possible. */
  readonly turns: Turn[] = [];
  readonly world: ClientWorld;
  #unfinished: number;
  #holds = 0;
  #failed = false;
  /** How often somebody was let in. */
  grants = 0;
  /** What the lock did first that none may do. */
  problem: string | undefined = undefined;
  /** What the lock said first when it let nobody in, or failed to take back. */
  complaint: string | undefined = undefined;
  reason: unknown = undefined;

  constructor(world: ClientWorld) {
    this.world = world;
    const { clients } = world.scope;
    this.#unfinished = clients;
    for (let client = 0; client < clients; client++) this.comes(client, 0);
  }

  /** Clients that have rounds left. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** A client comes to its next round, or to its end. */
  comes(client: number, round: number): void {
    const { scope, lock } = this.world;
    if (round === scope.rounds) this.#unfinished -= 1;
    else if (lock.kind === 'acquired')
      this.turns.push(new AcquiredRound(this, lock, client, round));
    else this.turns.push(new RunningRound(this, lock, client, round));
  }

  request(client: number): number {
    const hold = ++this.#holds;
    this.stamp(EventKind.request, client, hold);
    return hold;
  }

  enter(client: number, hold: number): void {
    this.grants += 1;
    this.stamp(EventKind.grant, client, hold);
    this.stamp(EventKind.enter, client, hold);
  }

  leave(client: number, hold: number): void {
    this.stamp(EventKind.exit, client, hold);
    this.stamp(EventKind.release, client, hold);
  }

  giveUp(client: number, hold: number, reason: unknown): void {
    this.complain(reason);
    this.stamp(EventKind.cancel, client, hold);
  }

  complain(reason: unknown): void {
    if (this.complaint !== undefined) return;
    this.complaint = textOf(reason);
    this.reason = reason;
  }

  /** Whether the critical section that ends now fails: of one execution at most one does. */
  fails(): boolean {
    if (!this.#failed) this.#failed = this.world.oracle.choose(2, NO_FAULT) === 1;
    else return false;
    return this.#failed;
  }

  stamp(kind: EventKind, client: number, hold: number): void {
    this.world.recorder.stamp(kind, client, client, ObjectId.socket, hold, 0, 0);
  }
}

/** A round with a lock that is acquired and released. */
class AcquiredRound implements Turn {
  kind: 'ask' | 'leave' = 'ask';
  readonly client: number;
  readonly #clients: Clients;
  readonly #lock: AcquiredLock;
  readonly #round: number;
  #hold = 0;
  /** What acquiring came to. */
  #came: unknown = undefined;

  constructor(clients: Clients, lock: AcquiredLock, client: number, round: number) {
    this.#clients = clients;
    this.#lock = lock;
    this.client = client;
    this.#round = round;
  }

  take(): void {
    if (this.kind === 'ask') this.#ask();
    else this.#leave();
  }

  #ask(): void {
    const clients = this.#clients;
    this.#hold = clients.request(this.client);
    let asked: SteppedPromise;
    try {
      asked = clients.world.type.resolve(this.#lock.acquire(nameOf(this.client)));
    } catch (error) {
      this.#refused(error);
      return;
    }
    asked.then(
      (value: unknown) => this.#enter(value),
      (reason: unknown) => this.#refused(reason),
    );
  }

  #enter(value: unknown): void {
    const clients = this.#clients;
    clients.enter(this.client, this.#hold);
    if (typeof value !== 'function' && this.#lock.release === undefined) {
      const got = value === null ? 'null' : typeof value;
      clients.problem ??=
        'expected acquire() to resolve to a function that releases, or a lock with release(), ' +
        `got ${got} and no release()`;
    }
    this.#came = value;
    this.kind = 'leave';
    clients.turns.push(this);
  }

  #leave(): void {
    const clients = this.#clients;
    clients.leave(this.client, this.#hold);
    let given: SteppedPromise;
    try {
      const value = this.#came;
      const released: unknown =
        typeof value === 'function'
          ? (value as () => unknown)()
          : this.#lock.release?.(nameOf(this.client));
      if (!isThenable(released)) {
        this.#next();
        return;
      }
      given = clients.world.type.resolve(released);
    } catch (error) {
      this.#notTaken(error);
      return;
    }
    given.then(
      () => this.#next(),
      (reason: unknown) => this.#notTaken(reason),
    );
  }

  #refused(reason: unknown): void {
    this.#clients.giveUp(this.client, this.#hold, reason);
    this.#next();
  }

  #notTaken(reason: unknown): void {
    this.#clients.complain(reason);
    this.#next();
  }

  #next(): void {
    this.#clients.comes(this.client, this.#round + 1);
  }
}

/** A round with a lock that runs the critical section. */
class RunningRound implements Turn {
  kind: 'ask' | 'leave' = 'ask';
  readonly client: number;
  readonly #clients: Clients;
  readonly #lock: RunningLock;
  readonly #round: number;
  #hold = 0;
  #state: 'waiting' | 'inside' | 'left' = 'waiting';
  #returned = false;
  #resolve: () => void = () => undefined;
  #reject: (reason: Error) => void = () => undefined;

  constructor(clients: Clients, lock: RunningLock, client: number, round: number) {
    this.#clients = clients;
    this.#lock = lock;
    this.client = client;
    this.#round = round;
  }

  take(): void {
    if (this.kind === 'ask') this.#ask();
    else this.#leave();
  }

  #ask(): void {
    const clients = this.#clients;
    this.#hold = clients.request(this.client);
    let ran: SteppedPromise;
    try {
      ran = clients.world.type.resolve(this.#lock.run(() => this.#section(), nameOf(this.client)));
    } catch (error) {
      this.#over(error);
      return;
    }
    ran.then(
      () => this.#over(undefined),
      (reason: unknown) => this.#over(reason),
    );
  }

  #section(): unknown {
    const clients = this.#clients;
    if (this.#state !== 'waiting' || this.#returned) {
      clients.problem ??= 'expected run() to call its section once, before it resolves or rejects';
      return undefined;
    }
    this.#state = 'inside';
    clients.enter(this.client, this.#hold);
    this.kind = 'leave';
    clients.turns.push(this);
    return new clients.world.type((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  #leave(): void {
    const clients = this.#clients;
    clients.leave(this.client, this.#hold);
    this.#state = 'left';
    if (clients.fails()) this.#reject(SECTION_FAILED);
    else this.#resolve();
    this.#next();
  }

  /** `run` has come to its end, be it while the section goes on. */
  #over(reason: unknown): void {
    const clients = this.#clients;
    this.#returned = true;
    if (this.#state === 'waiting') {
      clients.giveUp(this.client, this.#hold, reason ?? 'run() let nobody in');
    }
    this.#next();
  }

  #next(): void {
    if (this.#returned && this.#state !== 'inside') {
      this.#clients.comes(this.client, this.#round + 1);
    }
  }
}

/** What a client is called, from number 0 on. */
export function nameOf(client: number): string {
  return `client-${client + 1}`;
}

function isThenable(value: unknown): boolean {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { readonly then?: unknown }).then === 'function'
  );
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'something without a text';
  }
}
