/**
 * How the page notices that a worker is gone without a word: a lock that only its end can free.
 *
 * A worker that closes itself, or whose process is taken away, raises no event. So it holds a Web
 * Lock for as long as it lives and says the lock's name; the page asks for the same lock, and is
 * granted it when nobody is left to hold it. A worker that is only busy still holds: no heartbeat
 * has to be answered. Invariant: the name is said only once the lock is held, so that the page is
 * never the first to ask. Known limit: where a page is served without TLS and not from loopback
 * there are no locks; there, and until the worker has said its name, a call's deadline decides.
 */

/** What a worker says once it holds its lock. */
export interface Alive {
  readonly kind: 'alive';
  readonly lock: string;
}

/** What is needed of `navigator.locks`. */
export type LifeLocks = Pick<LockManager, 'request'>;

/** The locks of this page or worker; undefined where the browser has none to give. */
export function lifeLocks(): LifeLocks | undefined {
  const { navigator: given } = globalThis as { readonly navigator?: { locks?: LockManager } };
  return given?.locks;
}

/** Holds a lock until the end of this worker, and says so by `tell`. */
export function holdLifeLine(
  tell: (alive: Alive) => void,
  locks: LifeLocks | undefined = lifeLocks(),
): void {
  if (locks === undefined) return;
  // The name needs no more than to be nobody else's, in any tab.
  const lock = `interlock worker ${crypto.randomUUID()}`;
  const held = locks.request(lock, () => {
    tell({ kind: 'alive', lock });
    return new Promise<never>(() => undefined);
  });
  // Refused, as in a sandboxed frame: then there is no line, and deadlines decide.
  held.catch(() => undefined);
}

/**
 * Calls `onGone` once the worker that says its name through `worker` is gone; returns what ends the
 * watch.
 */
export function watchLifeLine(
  worker: EventTarget,
  onGone: () => void,
  locks: LifeLocks | undefined = lifeLocks(),
): () => void {
  const watch = new AbortController();
  const { signal } = watch;
  const hear = (event: Event): void => {
    const said: unknown = (event as MessageEvent<unknown>).data;
    if (!isAlive(said)) return;
    const granted = locks?.request(said.lock, { signal }, () => {
      if (!signal.aborted) onGone();
    });
    granted?.catch(() => undefined);
  };
  worker.addEventListener('message', hear, { signal });
  return () => watch.abort();
}

function isAlive(said: unknown): said is Alive {
  return typeof said === 'object' && said !== null && 'kind' in said && said.kind === 'alive';
}
