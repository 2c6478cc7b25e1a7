/**
 * Makes a violating schedule 1-minimal: no choice can be taken out of it, and no pick lowered.
 *
 * First halves and quarters are taken out (delta debugging, Zeller and Hildebrandt 2002), then
 * single choices, then picks are lowered, until nothing helps. What is left after taking something
 * out is whatever the run then followed: a choice that no longer fits is left at the default. A
 * 1-minimal schedule may still be long, so the rest of the effort goes into finding a short one
 * anew.
 */
import type { Choices } from './choices.ts';
import type { Choice, Schedule } from './schedule.ts';

/** What a schedule came to when it was followed as far as it fits. */
export interface Followed {
  /** What was really followed. */
  readonly schedule: Schedule;
  readonly choices: Choices;
  /** Whether the check is violated that this is about. */
  readonly violates: boolean;
}

/** Follows a schedule; yields once a replay, so that whoever drives it can stop. */
export type Follow = (schedule: Schedule) => Generator<void, Followed, void>;

export class ScheduleShrink {
  readonly #follow: Follow;
  #best: Followed;
  #minimal = false;

  /** `start` violates. */
  constructor(start: Followed, follow: Follow) {
    this.#best = start;
    this.#follow = follow;
  }

  /** The smallest that violates so far. */
  get best(): Followed {
    return this.#best;
  }

  /** Whether it was tried that `best` is 1-minimal. */
  get minimal(): boolean {
    return this.#minimal;
  }

  /**
   * Makes it 1-minimal; then looks, for as long as it is driven, for one or two choices instead.
   */
  *run(): Generator<void, void, void> {
    yield* this.#withoutChunks();
    yield* this.#withoutSingles();
    while (yield* this.#withLowerPicks()) yield* this.#withoutSingles();
    this.#minimal = true;
    if (this.#best.schedule.length > 1) yield* this.#ofFewChoices();
  }

  /** Takes out halves, quarters, eighths, the end of the schedule first. */
  *#withoutChunks(): Generator<void, void, void> {
    let size = this.#best.schedule.length >> 1;
    while (size > 1) {
      let to = this.#best.schedule.length;
      while (to > 0) {
        const from = Math.max(0, to - size);
        yield* this.#try(without(this.#best.schedule, from, to));
        to = Math.min(from, this.#best.schedule.length);
      }
      size = Math.min(size, this.#best.schedule.length) >> 1;
    }
  }

  /** Takes out one choice at a time until none can go. */
  *#withoutSingles(): Generator<void, void, void> {
    for (let at = this.#best.schedule.length - 1; at >= 0; at--) {
      const smaller = yield* this.#try(without(this.#best.schedule, at, at + 1));
      if (smaller) at = this.#best.schedule.length;
    }
  }

  /** Lowers picks, each to the lowest that violates; true if any could be. */
  *#withLowerPicks(): Generator<void, boolean, void> {
    let lowered = false;
    for (let at = 0; at < this.#best.schedule.length; at++) {
      for (let pick = 1; pick < (this.#best.schedule[at]?.pick ?? 0); pick++) {
        const { schedule } = this.#best;
        const changed = schedule.map((choice, n) => (n === at ? { ...choice, pick } : choice));
        lowered = (yield* this.#try(changed)) || lowered;
      }
    }
    return lowered;
  }

  /**
   * Tries the default schedule, then every one with one choice off it, then with two. What comes
   * before the first that violates, all that is smaller, does not: so that one is 1-minimal.
   */
  *#ofFewChoices(): Generator<void, void, void> {
    const none = yield* this.#follow([]);
    if (none.violates) {
      this.#best = none;
      return;
    }
    const singles: Followed[] = [];
    for (const choice of choicesAfter(none)) {
      const single = yield* this.#follow([choice]);
      if (single.violates) {
        this.#best = single;
        return;
      }
      singles.push(single);
    }
    if (this.#best.schedule.length === 2) return;
    for (const single of singles) {
      for (const choice of choicesAfter(single)) {
        if (yield* this.#try([...single.schedule, choice])) return;
      }
    }
  }

  /** Takes a schedule for the best one if it violates. */
  *#try(schedule: Schedule): Generator<void, boolean, void> {
    const followed = yield* this.#follow(schedule);
    if (followed.violates) this.#best = followed;
    return followed.violates;
  }
}

/** Every choice that could be made after those that a run made off its default. */
function choicesAfter({ schedule, choices }: Followed): Choice[] {
  const from = (schedule.at(-1)?.at ?? -1) + 1;
  return choices.widths
    .slice(from)
    .flatMap((width, n) =>
      Array.from({ length: width - 1 }, (_, pick) => ({ at: from + n, pick: pick + 1 })),
    );
}

function without(schedule: Schedule, from: number, to: number): Schedule {
  return schedule.filter((_, at) => at < from || at >= to);
}
