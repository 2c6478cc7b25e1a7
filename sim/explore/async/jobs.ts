/**
 * The queue of microtasks of a world whose promises are ours.
 *
 * Invariant: `run` ends when no job is left, and nothing but a job, a timer or a client makes a new
 * one; so rest is known, not guessed: there is no number of ticks to wait for. A queue that never
 * empties is cut off at a limit and says so.
 */

export type Job = () => void;

export class Jobs {
  #queue: Job[] = [];

  /** Forgets whatever is left of an execution. */
  clear(): void {
    if (this.#queue.length > 0) this.#queue = [];
  }

  /** How many jobs wait; 0 is rest. */
  get size(): number {
    return this.#queue.length;
  }

  push(job: Job): void {
    this.#queue.push(job);
  }

  /** Runs jobs, those that they make too, until none is left; false if `max` did not suffice. */
  run(max: number): boolean {
    const queue = this.#queue;
    let at = 0;
    while (at < queue.length) {
      if (at === max) {
        this.#queue = [];
        return false;
      }
      (queue[at++] as Job)();
    }
    queue.length = 0;
    return true;
  }
}
