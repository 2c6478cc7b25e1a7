/**
 * The browser's locks for tests: exclusive, in order of arrival, granted in a later turn, withdrawn
 * by a signal.
 */
import type { WebLocks } from '../browser-lock.ts';

type Work = () => unknown;

interface Waiter {
  readonly work: Work;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class FakeWebLocks implements WebLocks {
  readonly #queues = new Map<string, Waiter[]>();

  readonly request = ((name: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const work = rest.at(-1) as Work;
    const { signal } = (rest.length > 1 ? rest[0] : {}) as { readonly signal?: AbortSignal };
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(name) ?? [];
      const waiter = { work, resolve, reject };
      queue.push(waiter);
      this.#queues.set(name, queue);
      if (queue.length === 1) this.#grant(queue);
      signal?.addEventListener('abort', () => {
        const at = queue.indexOf(waiter);
        if (at <= 0) return;
        queue.splice(at, 1);
        reject(new DOMException('withdrawn', 'AbortError'));
      });
    });
  }) as WebLocks['request'];

  /** Lets the first of a queue in, and the next one once that has given back. */
  #grant(queue: Waiter[]): void {
    const [first] = queue;
    if (first === undefined) return;
    queueMicrotask(() => {
      Promise.resolve(first.work())
        .then(first.resolve, first.reject)
        .finally(() => {
          queue.shift();
          this.#grant(queue);
        });
    });
  }
}

/** Lets everybody in at once, as no browser does. */
export class OpenWebLocks implements WebLocks {
  readonly request = ((_name: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const work = rest.at(-1) as Work;
    return Promise.resolve().then(() => work());
  }) as WebLocks['request'];
}
