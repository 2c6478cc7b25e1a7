/**
 * A line to a worker that may die: every call ends, by its answer, its error, or the worker's
 * death.
 *
 * Comlink leaves a call pending for ever when its worker is gone, so each one races against the
 * worker's own error events, the lock that ends with it, and a deadline for one that lives and does
 * not answer. Invariant: once dead, a line stays dead, and says why.
 */
import { type Remote, releaseProxy, wrap } from 'comlink';
import { type LifeLocks, lifeLocks, watchLifeLine } from './life-line.ts';

/** A worker is gone, with what it waited for. */
export class WorkerDeath extends Error {
  override readonly name = 'WorkerDeath';
}

/** How long a command may take: a worker hears the next one after a slice of a few milliseconds. */
const DEADLINE_MS = 10_000;

export class WorkerLine<Api> {
  readonly #worker: Worker;
  readonly #remote: Remote<Api>;
  readonly #onDeath: (death: WorkerDeath) => void;
  readonly #death: Promise<never>;
  readonly #unwatch: () => void;
  #fail: (death: WorkerDeath) => void = () => undefined;
  #dead: WorkerDeath | undefined;

  /** `onDeath` is called once, whether or not somebody waits. */
  constructor(
    worker: Worker,
    onDeath: (death: WorkerDeath) => void,
    locks: LifeLocks | undefined = lifeLocks(),
  ) {
    this.#worker = worker;
    this.#remote = wrap<Api>(worker);
    this.#onDeath = onDeath;
    this.#death = new Promise((_, reject) => {
      this.#fail = reject;
    });
    // Nobody may be waiting when it happens.
    this.#death.catch(() => undefined);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#die(event.message === '' ? 'the worker could not be loaded' : event.message);
    });
    worker.addEventListener('messageerror', () => this.#die('a message could not be read'));
    this.#unwatch = watchLifeLine(
      worker,
      () => this.#die('the worker ended without a word'),
      locks,
    );
  }

  get isDead(): boolean {
    return this.#dead !== undefined;
  }

  /**
   * Makes a call; rejects with a WorkerDeath if the worker goes first or does not answer in time.
   */
  async call<T>(
    ask: (remote: Remote<Api>) => PromiseLike<T>,
    deadlineMs = DEADLINE_MS,
  ): Promise<T> {
    if (this.#dead !== undefined) throw this.#dead;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      if (deadlineMs === Infinity) return;
      timer = setTimeout(() => reject(this.#die(`no answer within ${deadlineMs} ms`)), deadlineMs);
    });
    try {
      return await Promise.race([ask(this.#remote), this.#death, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the worker on purpose; what waits is told so, and `onDeath` is not called. */
  close(): void {
    if (this.#dead !== undefined) return;
    this.#dead = new WorkerDeath('the worker was closed');
    this.#end(this.#dead);
  }

  #die(reason: string): WorkerDeath {
    if (this.#dead !== undefined) return this.#dead;
    const death = new WorkerDeath(reason);
    this.#dead = death;
    this.#end(death);
    this.#onDeath(death);
    return death;
  }

  #end(death: WorkerDeath): void {
    this.#fail(death);
    this.#unwatch();
    this.#remote[releaseProxy]();
    this.#worker.terminate();
  }
}
