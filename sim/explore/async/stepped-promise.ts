/**
 * A promise as the language defines it, whose reactions go to a queue of ours instead of the
 * engine's.
 *
 * Code that finds this class under the name `Promise` does what it does with the engine's own, in
 * the same order, job for job (a test compares them on random programs); but whoever owns the queue
 * decides when it runs and knows when it is empty. Known limit: a rejection that nobody handles is
 * nobody's affair here.
 */
import type { Jobs } from './jobs.ts';

type Settle = (value?: unknown) => void;
type Executor = (resolve: Settle, reject: Settle) => void;
type Handler = (value: unknown) => unknown;

/** A promise that somebody else settles. */
export interface Deferred {
  readonly promise: SteppedPromise;
  readonly resolve: Settle;
  readonly reject: Settle;
}

interface Reaction {
  readonly onFulfilled: unknown;
  readonly onRejected: unknown;
  /** What `then` gave: a plain promise of ours, settled directly, or one of a subclass. */
  readonly derived: SteppedPromise | undefined;
  readonly deferred: Deferred | undefined;
}

/** The class, or one derived from it. */
export interface SteppedPromiseClass {
  new (executor: Executor): SteppedPromise;
  readonly jobs: Jobs;
  readonly plain: unknown;
  resolve(value?: unknown): SteppedPromise;
}

/** Calls back once `promise` is settled, and makes no further promise: what `await` does. */
export let reactTo: (promise: SteppedPromise, onFulfilled: Handler, onRejected: Handler) => void;

/** Stands in place of an executor where we settle the promise ourselves. */
const OURSELVES: Executor = () => undefined;

export class SteppedPromise {
  /** Where the reactions go; each world derives a class with a queue of its own. */
  static readonly jobs: Jobs;
  /** The class of a world from which user classes may be derived. */
  static readonly plain: unknown = undefined;
  readonly #jobs: Jobs;
  #state: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  #value: unknown = undefined;
  #reactions: Reaction[] | undefined = undefined;

  static {
    reactTo = (promise, onFulfilled, onRejected) =>
      promise.#react({ onFulfilled, onRejected, derived: undefined, deferred: undefined });
  }

  constructor(executor: Executor) {
    this.#jobs = (new.target as unknown as SteppedPromiseClass).jobs;
    if (executor === OURSELVES) return;
    if (typeof executor !== 'function') {
      throw new TypeError(`Promise resolver ${String(executor)} is not a function`);
    }
    const { resolve, reject } = this.#resolvers();
    try {
      executor(resolve, reject);
    } catch (error) {
      reject(error);
    }
  }

  static get [Symbol.species](): unknown {
    return this;
  }

  get [Symbol.toStringTag](): string {
    return 'Promise';
  }

  then(onFulfilled?: unknown, onRejected?: unknown): SteppedPromise {
    const type = speciesOf(this);
    const plain = type === type.plain;
    const derived = plain ? new type(OURSELVES) : undefined;
    const deferred = plain ? undefined : deferredOf(type);
    this.#react({ onFulfilled, onRejected, derived, deferred });
    return derived ?? (deferred as Deferred).promise;
  }

  catch(onRejected?: unknown): SteppedPromise {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: unknown): SteppedPromise {
    if (typeof onFinally !== 'function') return this.then(onFinally, onFinally);
    const type = speciesOf(this);
    const act = onFinally as () => unknown;
    return this.then(
      (value: unknown) => type.resolve(act()).then(() => value),
      (reason: unknown) =>
        type.resolve(act()).then(() => {
          throw reason;
        }),
    );
  }

  static resolve(value?: unknown): SteppedPromise {
    if (value instanceof SteppedPromise && value.constructor === this) return value;
    const { promise, resolve } = deferredOf(this);
    resolve(value);
    return promise;
  }

  static reject(reason?: unknown): SteppedPromise {
    const { promise, reject } = deferredOf(this);
    reject(reason);
    return promise;
  }

  static withResolvers(): Deferred {
    return deferredOf(this);
  }

  #react(reaction: Reaction): void {
    if (this.#state === 'pending') (this.#reactions ??= []).push(reaction);
    else this.#schedule(reaction);
  }

  /** The two functions that settle this promise; the first call of either counts. */
  #resolvers(): { readonly resolve: Settle; readonly reject: Settle } {
    let called = false;
    return pair(
      (value) => {
        if (called) return;
        called = true;
        this.#resolve(value);
      },
      (reason) => {
        if (called) return;
        called = true;
        this.#settle('rejected', reason);
      },
    );
  }

  #resolve(value: unknown): void {
    if (value === this) {
      this.#settle('rejected', new TypeError('Chaining cycle detected for promise #<Promise>'));
      return;
    }
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
      this.#settle('fulfilled', value);
      return;
    }
    let then: unknown;
    try {
      ({ then } = value as { readonly then?: unknown });
    } catch (error) {
      this.#settle('rejected', error);
      return;
    }
    if (typeof then !== 'function') {
      this.#settle('fulfilled', value);
      return;
    }
    this.#jobs.push(() => {
      const { resolve, reject } = this.#resolvers();
      try {
        then.call(value, resolve, reject);
      } catch (error) {
        reject(error);
      }
    });
  }

  #settle(state: 'fulfilled' | 'rejected', value: unknown): void {
    this.#state = state;
    this.#value = value;
    const reactions = this.#reactions;
    this.#reactions = undefined;
    if (reactions !== undefined) for (const reaction of reactions) this.#schedule(reaction);
  }

  #schedule(reaction: Reaction): void {
    this.#jobs.push(() => {
      const { derived, deferred } = reaction;
      const done = this.#state === 'fulfilled';
      const handler = done ? reaction.onFulfilled : reaction.onRejected;
      let value = this.#value;
      let good = done;
      if (typeof handler === 'function') {
        try {
          value = (handler as Handler)(value);
          good = true;
        } catch (error) {
          value = error;
          good = false;
        }
      }
      if (derived === undefined) (good ? deferred?.resolve : deferred?.reject)?.(value);
      else if (good) derived.#resolve(value);
      else derived.#settle('rejected', value);
    });
  }
}

function pair(resolve: Settle, reject: Settle) {
  return { resolve, reject };
}

/** The class of which `then` gives an instance. */
function speciesOf(promise: SteppedPromise): SteppedPromiseClass {
  const type = promise.constructor as unknown as SteppedPromiseClass;
  if (type === type.plain) return type;
  const species = (type as unknown as Record<symbol, unknown>)[Symbol.species];
  return (species ?? type.plain) as SteppedPromiseClass;
}

/** A new promise of that class with what settles it. */
export function deferredOf(type: SteppedPromiseClass): Deferred {
  let resolve: Settle | undefined;
  let reject: Settle | undefined;
  const promise = new type((first, second) => {
    resolve = first;
    reject = second;
  });
  if (typeof resolve !== 'function' || typeof reject !== 'function') {
    throw new TypeError('Promise resolve or reject function is not callable');
  }
  return { promise, resolve, reject };
}
