/**
 * The reader's work on locks, kept where the browser allows: his own, what he changed of those that
 * ship, and those that came with links.
 *
 * Invariant: nothing is overwritten by a link or by another choice; each lock has a draft of its
 * own, and the way back is the code that it began with. Known limit: of links the last LINKS_MAX
 * are kept. What is read from the storage may be anything; what is no draft is left out.
 */
import {
  formatLockLink,
  LOCK_SCOPE,
  type OwnLock,
  parseLockLink,
  parseOwnLock,
} from '../../sim/index.ts';
import type { Memory } from '../state/preferences.svelte.ts';

const KEY = 'interlock.locks';
const LINKS_MAX = 10;
/** The reader's own lock. */
export const OWN = 'own';
const LINKED = 'link:';

/** Changed locks by their id; one that came with a link has that in its id. */
export class Drafts {
  readonly #memory: Memory | null;
  readonly #drafts = new Map<string, OwnLock>();

  constructor(memory: Memory | null) {
    this.#memory = memory;
    for (const [id, value] of read(memory)) {
      const lock = parseOwnLock(value);
      if (lock.kind === 'ok') this.#drafts.set(id, lock.value);
    }
  }

  get(id: string): OwnLock | undefined {
    return this.#drafts.get(id);
  }

  /** Keeps what a lock has become. */
  set(id: string, lock: OwnLock): void {
    this.#drafts.set(id, lock);
    this.#keep();
  }

  /** Forgets a draft. */
  delete(id: string): void {
    this.#drafts.delete(id);
    this.#keep();
  }

  /** Takes in what came with a link, unless it is there; gives its id. */
  receive(lock: OwnLock): string {
    const id = LINKED + textOf(lock);
    if (!this.#drafts.has(id)) this.#drafts.set(id, lock);
    for (const old of this.linked.slice(0, -LINKS_MAX)) this.#drafts.delete(old);
    this.#keep();
    return id;
  }

  /** Ids of the locks that came with links, oldest first. */
  get linked(): readonly string[] {
    return [...this.#drafts.keys()].filter(isLinked);
  }

  #keep(): void {
    try {
      this.#memory?.setItem(KEY, JSON.stringify([...this.#drafts]));
    } catch {
      // A full or forbidden storage keeps nothing; the page goes on with what it has.
    }
  }
}

/** Whether a lock came with a link. */
export function isLinked(id: string): boolean {
  return id.startsWith(LINKED);
}

/** The lock as it came with the link. */
export function linkedLock(id: string): OwnLock | undefined {
  const lock = parseLockLink(id.slice(LINKED.length));
  return lock.kind === 'ok' ? lock.value.lock : undefined;
}

/** A lock that is used as often as usual. */
export function usual(source: string): OwnLock {
  const { clients, rounds } = LOCK_SCOPE;
  return { source, language: 'ts', clients: clients.usual, rounds: rounds.usual };
}

/** The lock as a link without an address: it came with one, so it is short enough. */
function textOf(lock: OwnLock): string {
  const link = formatLockLink('', { lock });
  return link.kind === 'ok' ? link.value : '';
}

function read(memory: Memory | null): readonly (readonly [string, unknown])[] {
  try {
    const kept: unknown = JSON.parse(memory?.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is readonly [string, unknown] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}
