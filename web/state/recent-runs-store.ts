/**
 * Where recent runs are kept: the browser's database, or memory where there is none to be had.
 *
 * Invariant: `change` reads and writes in one transaction, so that two tabs never lose each
 * other's entries.
 */
import { createStore, get, update } from 'idb-keyval';

/** A store of values by name. Both calls reject where the browser refuses. */
export interface RecentStore {
  read(name: string): Promise<unknown>;
  change(name: string, next: (old: unknown) => unknown): Promise<void>;
}

/** The browser's database; a browser that has none is told by the first call. */
export function databaseStore(): RecentStore {
  const store = createStore('interlock', 'recent');
  return {
    // Some browsers throw at the very mention of the database, others reject.
    read: async (name) => get<unknown>(name, store),
    change: async (name, next) => update<unknown>(name, next, store),
  };
}

/** Memory of this page: lasts as long as it does. */
export function memoryStore(): RecentStore {
  const values = new Map<string, unknown>();
  return {
    read: (name) => Promise.resolve(values.get(name)),
    change: (name, next) => {
      values.set(name, next(values.get(name)));
      return Promise.resolve();
    },
  };
}
