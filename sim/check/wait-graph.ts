/**
 * The wait-for graph: which tasks wait for what other tasks hold, read off the book of locks.
 *
 * Two kinds of holds belong to nobody and close no circle: one granted after its task gave up, of
 * which the task knows nothing, and one whose critical section the task has left, which it forgot
 * to give back. A lock that was given to several at once (a fault of its own) has several holders.
 */
import type { Holding, Holdings } from '../trace/holdings.ts';
import type { LockBook } from '../trace/lock-book.ts';

/** How the chain of holders behind a lock ends: nobody, each other, or somebody who could go on. */
export type ChainEnd = 'free' | 'circle' | 'kept';

/**
 * The circle that a wait closes: waits of tasks that each wait for what the next one holds, the
 * last for what the first holds. Empty if it closes none.
 */
export function circleOf(locks: LockBook, wait: Holding): readonly Holding[] {
  const path: Holding[] = [];
  return reaches(locks, wait, wait.task, new Set(), path) ? path : [];
}

/** Where the chain ends that begins with whoever holds the lock `object`. */
export function chainEnd(locks: LockBook, object: number): ChainEnd {
  const seen = new Set<number>();
  const open = [object];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const { held } = locks.of(next);
    if (held.size === 0) return 'free';
    for (let at = 0; at < held.size; at++) {
      const wait = waitWithin(locks, held, at);
      if (wait === undefined) return 'kept';
      open.push(wait.object);
    }
  }
  return 'circle';
}

/** What a holder waits for itself, within the critical section of what it holds. */
function waitWithin(locks: LockBook, held: Holdings, at: number): Holding | undefined {
  const holder = held.at(at) as Holding;
  if (!holder.asked || locks.leftLast(holder.task) === holder.hold) return undefined;
  return locks.waitOf(holder.task);
}

/** Follows the holders of what `wait` waits for until `target` is among them. */
function reaches(
  locks: LockBook,
  wait: Holding,
  target: number,
  seen: Set<number>,
  path: Holding[],
): boolean {
  path.push(wait);
  const { held } = locks.of(wait.object);
  for (let at = 0; at < held.size; at++) {
    const next = waitWithin(locks, held, at);
    if (next === undefined) continue;
    if (next.task === target) return true;
    if (seen.has(next.task)) continue;
    seen.add(next.task);
    if (reaches(locks, next, target, seen, path)) return true;
  }
  path.pop();
  return false;
}
