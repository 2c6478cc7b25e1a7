/**
 * The class that a world's code finds under the name `Promise`: of our promises, with the static
 * methods that combine several.
 */
import type { Jobs } from './jobs.ts';
import { deferredOf, SteppedPromise, type SteppedPromiseClass } from './stepped-promise.ts';

type Settle = (value: unknown) => void;

/** What one of several promises came to, and what is settled by all of them. */
interface Joint {
  readonly values: unknown[];
  resolve(): void;
  readonly reject: Settle;
}

/** What becomes of the value or reason of one of several. */
type Place = (joint: Joint, put: Settle) => readonly [Settle, Settle];

/** A promise class whose reactions go to `jobs`. */
export function promiseClass(jobs: Jobs): SteppedPromiseClass & typeof SteppedPromise {
  class World extends SteppedPromise {
    static override readonly jobs = jobs;
    static override readonly plain: unknown = World;

    static all(iterable: Iterable<unknown>): SteppedPromise {
      return combined(this, iterable, ({ reject }, put) => [put, reject]);
    }

    static allSettled(iterable: Iterable<unknown>): SteppedPromise {
      return combined(this, iterable, (_, put) => [
        (value) => put({ status: 'fulfilled', value }),
        (reason) => put({ status: 'rejected', reason }),
      ]);
    }

    static any(iterable: Iterable<unknown>): SteppedPromise {
      return anyOf(this, iterable);
    }

    static race(iterable: Iterable<unknown>): SteppedPromise {
      const { promise, resolve, reject } = deferredOf(this);
      try {
        for (const each of iterable) this.resolve(each).then(resolve, reject);
      } catch (error) {
        reject(error);
      }
      return promise;
    }
  }
  Object.defineProperty(World, 'name', { value: 'Promise' });
  return World;
}

/** Settled once all are, with a list of what each put into its place. */
function combined(
  type: SteppedPromiseClass,
  iterable: Iterable<unknown>,
  place: Place,
): SteppedPromise {
  const { promise, resolve, reject } = deferredOf(type);
  gather(
    type,
    iterable,
    {
      values: [],
      resolve() {
        resolve(this.values);
      },
      reject,
    },
    place,
  );
  return promise;
}

/** Fulfilled with the first that is; rejected with all reasons if none is. */
function anyOf(type: SteppedPromiseClass, iterable: Iterable<unknown>): SteppedPromise {
  const { promise, resolve, reject } = deferredOf(type);
  const joint: Joint = {
    values: [],
    resolve() {
      reject(new AggregateError(this.values, 'All promises were rejected'));
    },
    reject,
  };
  gather(type, iterable, joint, (_, put) => [resolve, put]);
  return promise;
}

function gather(
  type: SteppedPromiseClass,
  iterable: Iterable<unknown>,
  joint: Joint,
  place: Place,
): void {
  // One more than there are, so that the last to come never finds the list unfinished.
  let left = 1;
  const come = (): void => {
    left -= 1;
    if (left === 0) joint.resolve();
  };
  try {
    let at = 0;
    for (const each of iterable) {
      const index = at++;
      joint.values[index] = undefined;
      left += 1;
      let called = false;
      const put = (value: unknown): void => {
        if (called) return;
        called = true;
        joint.values[index] = value;
        come();
      };
      type.resolve(each).then(...place(joint, put));
    }
    come();
  } catch (error) {
    joint.reject(error);
  }
}
