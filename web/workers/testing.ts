/** A worker for tests: it never answers, and dies when it is told to. */
export class MuteWorker extends EventTarget {
  terminated = false;
  /** What it was sent. */
  readonly heard: unknown[] = [];

  postMessage(message: unknown): void {
    this.heard.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }

  /** As the browser's type has it. */
  asWorker(): Worker {
    return this as unknown as Worker;
  }
}

/** The locks of a browser, as far as life lines use them: first come, first served. */
export class FakeLocks {
  /** The names that were asked for, in order, each once. */
  readonly names: string[] = [];
  readonly #queues = new Map<string, (() => void)[]>();

  /** Requests that wait for a lock. */
  get waiting(): number {
    const queues = [...this.#queues.values()];
    return queues.reduce((sum, queue) => sum + Math.max(0, queue.length - 1), 0);
  }

  request(name: string, ...rest: readonly unknown[]): Promise<unknown> {
    const work = rest.at(-1) as () => unknown;
    const { signal } = (rest.length > 1 ? rest[0] : {}) as { readonly signal?: AbortSignal };
    if (!this.names.includes(name)) this.names.push(name);
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(name) ?? [];
      const grant = (): void => void Promise.resolve(work()).then(resolve, reject);
      queue.push(grant);
      this.#queues.set(name, queue);
      if (queue.length === 1) grant();
      signal?.addEventListener('abort', () => {
        if (queue.indexOf(grant) <= 0) return;
        queue.splice(queue.indexOf(grant), 1);
        reject(new DOMException('given up', 'AbortError'));
      });
    });
  }

  /** The holder of every lock is gone: the next in line is granted it. */
  endHolder(): void {
    for (const queue of this.#queues.values()) {
      queue.shift();
      queue[0]?.();
    }
  }

  /** As the browser's type has it. */
  asLocks(): LockManager {
    return this as unknown as LockManager;
  }
}
