/**
 * What lowered code calls in place of `async`, `await` and `for await`: generators driven on
 * promises of ours.
 *
 * The code comes as generator functions in which each `await` is a `yield`. Invariant: every await
 * and return takes as many jobs as the language says (a test compares random programs with the
 * engine's own). Known limit: an async generator yields nothing of another (`yield*`).
 */
import {
  deferredOf,
  reactTo,
  SteppedPromise,
  type SteppedPromiseClass,
} from './stepped-promise.ts';

type Args = ArrayLike<unknown>;
type Body = (...args: never[]) => Generator<unknown, unknown>;

/** What an async generator's body yields: something to wait for, or something to give. */
type Yielded =
  | { readonly kind: 'await'; readonly value: unknown }
  | { readonly kind: 'give'; readonly value: unknown };

/** How a generator is resumed. */
type Resumption = 'next' | 'throw' | 'return';

interface Request {
  readonly how: Resumption;
  readonly value: unknown;
  readonly resolve: (value?: unknown) => void;
  readonly reject: (reason?: unknown) => void;
}

type Wait = (
  value: unknown,
  onValue: (value: unknown) => void,
  onError: (reason: unknown) => void,
) => void;

/** A `for await` loop on its way. */
interface Iteration {
  /** Whether it was given a value that it has not done with. */
  isOpen: boolean;
  hasFailed: boolean;
  next(): unknown;
  /** Asks the iterator to end; what comes of that counts only where nothing failed before. */
  close(): unknown;
}

export class Lowered {
  readonly #type: SteppedPromiseClass;

  constructor(type: SteppedPromiseClass) {
    this.#type = type;
  }

  /** Calls an async function whose body is `body`. */
  readonly run = (self: unknown, args: Args, body: Body): SteppedPromise => {
    const { promise, resolve, reject } = deferredOf(this.#type);
    let generator: Generator<unknown, unknown>;
    const step = (how: 'next' | 'throw', value: unknown): void => {
      let result: IteratorResult<unknown, unknown>;
      try {
        result = how === 'next' ? generator.next(value) : generator.throw(value);
      } catch (error) {
        reject(error);
        return;
      }
      if (result.done === true) resolve(result.value);
      else this.#wait(result.value, onValue, onError);
    };
    const onValue = (value: unknown): void => step('next', value);
    const onError = (reason: unknown): void => step('throw', reason);
    try {
      generator = Reflect.apply(body, self, args) as Generator<unknown, unknown>;
    } catch (error) {
      reject(error);
      return promise;
    }
    step('next', undefined);
    return promise;
  };

  /** Calls an async generator function whose body is `body`. */
  readonly generate = (self: unknown, args: Args, body: Body): object => {
    const generator = Reflect.apply(body, self, args) as Generator<Yielded, unknown>;
    const queue = new Requests(this.#type, generator, this.#wait);
    const ask = (how: Resumption) => (value?: unknown) => queue.ask(how, value);
    return {
      next: ask('next'),
      throw: ask('throw'),
      return: ask('return'),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };

  /** Begins a `for await` over what is asynchronous, or else over an ordinary iterable. */
  readonly iterate = (iterable: unknown): Iteration => {
    const source = iterable as Readonly<Record<symbol, (() => Iterator<unknown>) | undefined>>;
    const asynchronous = source[Symbol.asyncIterator];
    const iterator =
      asynchronous === undefined
        ? (source[Symbol.iterator] as () => Iterator<unknown>).call(source)
        : asynchronous.call(source);
    const settled = (result: unknown): unknown => {
      if (asynchronous !== undefined) return result;
      const { done, value } = result as IteratorYieldResult<unknown>;
      return this.#type.resolve(value).then((inner: unknown) => ({ done, value: inner }));
    };
    return {
      isOpen: false,
      hasFailed: false,
      next: () => settled(iterator.next()),
      close() {
        try {
          const result: unknown = iterator.return?.();
          return result === undefined || !this.hasFailed ? result : quiet(result);
        } catch (error) {
          if (!this.hasFailed) throw error;
          return undefined;
        }
      },
    };
  };

  /** Goes on with what `value` comes to, as `await` does. */
  readonly #wait: Wait = (value, onValue, onError) => {
    let promise: SteppedPromise;
    try {
      promise = SteppedPromise.resolve.call(this.#type, value);
    } catch (error) {
      onError(error);
      return;
    }
    reactTo(promise, onValue, onError);
  };
}

/** Nobody hears of a loop's second failure. */
function quiet(result: unknown): unknown {
  const { then } = result as { readonly then?: unknown };
  if (typeof then !== 'function') return result;
  return { then: (done: (value?: unknown) => void) => void then.call(result, done, () => done()) };
}

/** What an async generator was asked for: one request at a time, in order. */
class Requests {
  readonly #type: SteppedPromiseClass;
  readonly #generator: Generator<Yielded, unknown>;
  readonly #wait: Wait;
  readonly #requests: Request[] = [];
  #state: 'fresh' | 'resting' | 'running' | 'over' = 'fresh';

  constructor(type: SteppedPromiseClass, generator: Generator<Yielded, unknown>, wait: Wait) {
    this.#type = type;
    this.#generator = generator;
    this.#wait = wait;
  }

  ask(how: Resumption, value: unknown): SteppedPromise {
    const { promise, resolve, reject } = deferredOf(this.#type);
    this.#requests.push({ how, value, resolve, reject });
    if (this.#state !== 'running') this.#serve();
    return promise;
  }

  #serve(): void {
    const [request] = this.#requests;
    if (request === undefined) return;
    const { how, value } = request;
    if (this.#state === 'fresh' && how !== 'next') this.#state = 'over';
    const isOver = this.#state === 'over';
    this.#state = 'running';
    if (how === 'return') {
      this.#wait(
        value,
        (inner) => (isOver ? this.#answer(true, inner) : this.#step('return', inner)),
        (reason) => (isOver ? this.#fail(reason) : this.#step('throw', reason)),
      );
    } else if (!isOver) this.#step(how, value);
    else if (how === 'throw') this.#fail(value);
    else this.#answer(true, undefined);
  }

  #step(how: Resumption, value: unknown): void {
    let result: IteratorResult<Yielded, unknown>;
    try {
      result = this.#generator[how](value);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (result.done === true) {
      this.#answer(true, result.value);
      return;
    }
    const { kind, value: inner } = result.value;
    const onError = (reason: unknown): void => this.#step('throw', reason);
    if (kind === 'await') this.#wait(inner, (came) => this.#step('next', came), onError);
    else this.#wait(inner, (came) => this.#answer(false, came), onError);
  }

  #answer(done: boolean, value: unknown): void {
    this.#state = done ? 'over' : 'resting';
    this.#requests.shift()?.resolve({ value, done });
    this.#serve();
  }

  #fail(reason: unknown): void {
    this.#state = 'over';
    this.#requests.shift()?.reject(reason);
    this.#serve();
  }
}
