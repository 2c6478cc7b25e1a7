/**
 * The runs that this browser remembers: what is kept of each, in which order, and how many.
 *
 * Invariant: a list is sorted, newest first, holds RUNS_MAX entries at most and each run once. What
 * is read from a storage may be anything; entries that are none are left out. Of a log nothing is
 * kept but its name, its size and what it came to.
 */
export const RUNS_MAX = 50;

export type RecentVerdict = 'passed' | 'violated' | 'inconclusive';

interface Kept {
  /** Milliseconds since 1970 when it was judged. */
  readonly atMs: number;
  readonly verdict: RecentVerdict;
  /** Ids of the checks that were violated. */
  readonly violated: readonly string[];
}

/** A run that can be repeated. */
export interface RecentRun extends Kept {
  readonly kind: 'run';
  /** The scenario as a link without an address: `#s1=...`. It is what the run is known by. */
  readonly link: string;
  readonly title: string;
  readonly seed: number;
  readonly digest: string;
}

/** A log that was judged; the reader has it, this list does not. */
export interface RecentLog extends Kept {
  readonly kind: 'log';
  readonly name: string;
  readonly bytes: number;
}

export type RecentEntry = RecentRun | RecentLog;

/** By what an entry is known: judging the same again replaces it. */
export function keyOf(entry: RecentEntry): string {
  return entry.kind === 'run' ? entry.link : `${entry.name} ${entry.bytes}`;
}

/** The list with `entries` in it; of the same run the newest stays. */
export function withEntries(
  list: readonly RecentEntry[],
  entries: readonly RecentEntry[],
): readonly RecentEntry[] {
  const newestFirst = [...entries, ...list].sort((x, y) => y.atMs - x.atMs);
  const byKey = new Map<string, RecentEntry>();
  for (const entry of newestFirst) {
    if (!byKey.has(keyOf(entry))) byKey.set(keyOf(entry), entry);
  }
  return [...byKey.values()].slice(0, RUNS_MAX);
}

/** The list without the entries of these keys. */
export function withoutKeys(
  list: readonly RecentEntry[],
  keys: ReadonlySet<string>,
): readonly RecentEntry[] {
  return list.filter((entry) => !keys.has(keyOf(entry)));
}

/** The list that a storage holds, as far as it is one. */
export function readEntries(stored: unknown): readonly RecentEntry[] {
  return Array.isArray(stored) ? withEntries([], stored.filter(isEntry)) : [];
}

function isEntry(value: unknown): value is RecentEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, atMs, verdict, violated, link, title, seed, digest, name, bytes } =
    value as Readonly<Record<string, unknown>>;
  if (typeof atMs !== 'number' || !Number.isFinite(atMs)) return false;
  if (verdict !== 'passed' && verdict !== 'violated' && verdict !== 'inconclusive') return false;
  if (!Array.isArray(violated) || !violated.every((id) => typeof id === 'string')) return false;
  const texts = kind === 'run' ? [link, title, digest] : [name];
  const numbers = kind === 'run' ? [seed] : [bytes];
  return (
    (kind === 'run' || kind === 'log') &&
    texts.every((text) => typeof text === 'string') &&
    numbers.every((number) => typeof number === 'number')
  );
}
