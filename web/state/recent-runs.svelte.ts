/**
 * The list of recent runs as the page shows it, and the work that a returning reader gets back.
 *
 * Invariant: nothing here rejects. A database that refuses is replaced by memory for as long as the
 * page lasts, and `isKept` says so.
 */
import {
  keyOf,
  readEntries,
  type RecentEntry,
  type RecentLog,
  type RecentRun,
  withEntries,
  withoutKeys,
} from './recent-runs.ts';
import { databaseStore, memoryStore, type RecentStore } from './recent-runs-store.ts';

const RUNS = 'runs';
const LAST_WORK = 'last-work';

/** What was judged, without the time. */
export type Judged = Omit<RecentRun, 'atMs'> | Omit<RecentLog, 'atMs'>;

export class RecentRuns {
  /** Newest first. */
  entries: readonly RecentEntry[] = $state.raw([]);
  /** False until the list was read for the first time. */
  isRead = $state(false);
  /** Whether the list outlives the page. */
  isKept = $state(true);
  /** What was deleted last and can be put back. */
  removed: readonly RecentEntry[] = $state.raw([]);
  readonly #nowMs: () => number;
  #store: RecentStore;

  constructor(store: RecentStore = databaseStore(), nowMs: () => number = Date.now) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  /** Reads the list anew: another tab may have changed it. */
  async refresh(): Promise<void> {
    this.entries = readEntries(await this.#read(RUNS));
    this.isRead = true;
  }

  /** Takes in what has just been judged. */
  async remember(judged: Judged): Promise<void> {
    const entry: RecentEntry = { ...judged, atMs: this.#nowMs() };
    await this.#change((list) => withEntries(list, [entry]));
  }

  /** Deletes one, or all of what is listed; `undo` puts them back. */
  async remove(entries: readonly RecentEntry[]): Promise<void> {
    this.removed = entries;
    const keys = new Set(entries.map(keyOf));
    await this.#change((list) => withoutKeys(list, keys));
  }

  async undo(): Promise<void> {
    const back = this.removed;
    this.removed = [];
    await this.#change((list) => withEntries(list, back));
  }

  /** The list is closed: what was deleted is gone. */
  forgetRemoved(): void {
    this.removed = [];
  }

  /** The link, without an address, of what the reader worked on last. */
  async lastWork(): Promise<string | undefined> {
    const link = await this.#read(LAST_WORK);
    return typeof link === 'string' ? link : undefined;
  }

  async keepLastWork(link: string): Promise<void> {
    await this.#write(LAST_WORK, () => link);
  }

  async #change(next: (list: readonly RecentEntry[]) => readonly RecentEntry[]): Promise<void> {
    await this.#write(RUNS, (stored) => {
      this.entries = next(readEntries(stored));
      return this.entries;
    });
    this.isRead = true;
  }

  async #read(name: string): Promise<unknown> {
    try {
      return await this.#store.read(name);
    } catch {
      this.#fallBack();
      return this.#store.read(name);
    }
  }

  async #write(name: string, next: (old: unknown) => unknown): Promise<void> {
    try {
      await this.#store.change(name, next);
    } catch {
      const { entries } = this;
      this.#fallBack();
      await this.#store.change(RUNS, () => entries);
      // It may have been made already; making it twice changes nothing.
      await this.#store.change(name, next);
    }
  }

  #fallBack(): void {
    this.isKept = false;
    this.#store = memoryStore();
  }
}
