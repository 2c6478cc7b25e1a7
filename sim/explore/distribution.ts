/**
 * Hands out the parts of a search, takes in what comes of them, and knows when that is enough.
 *
 * Invariant: what is said in the end depends on the parts alone: not on who did which, in what
 * order they came in, or how often one was given back. A part that comes in twice counts once.
 */
import { borderOf, boundOf } from './bound.ts';
import { ClassSet } from './class-set.ts';
import { findingsOf, type Harvest, isDecisive } from './harvest.ts';
import type { SearchTally } from './part-search.ts';
import type { Finding, Heading, PartResult } from './search-result.ts';
import type { Shard } from './settings.ts';

export class Distribution {
  readonly #heading: Heading;
  readonly #partCount: number;
  readonly #shard: Shard;
  readonly #results = new Map<number, PartResult>();
  /** Given back: to be handed out before any other, the lowest first. */
  readonly #again: number[] = [];
  #next: number;
  /** The lowest part after which nothing is of interest. */
  #last = Infinity;
  #schedules = 0;
  #cut = 0;
  #classes: number | undefined = undefined;
  readonly #met = new ClassSet();
  #steps = 0;

  /** The parts that belong to a shard, out of `partCount`. */
  constructor(heading: Heading, partCount: number, shard: Shard) {
    this.#heading = heading;
    this.#partCount = partCount;
    this.#shard = shard;
    this.#next = shard.index;
  }

  /** The lowest part that nobody has; undefined if there is none of interest. */
  take(): number | undefined {
    const again = this.#again.shift();
    if (again !== undefined && this.isOfInterest(again)) return again;
    const part = this.#next;
    if (part >= this.#partCount || !this.isOfInterest(part)) return undefined;
    this.#next += this.#shard.count;
    return part;
  }

  /** Whoever had the part will not do it. */
  giveBack(part: number): void {
    this.#again.push(part);
    this.#again.sort((x, y) => x - y);
  }

  /** Takes in what came of a part. */
  add(result: PartResult): void {
    if (this.#results.has(result.part)) return;
    this.#results.set(result.part, result);
    this.#schedules += result.schedules;
    this.#cut += result.cut;
    this.#steps += result.steps;
    if (result.classes !== undefined) this.#classes = (this.#classes ?? 0) + result.classes;
    if (result.met !== undefined) {
      this.#met.addAll(result.met.hashes);
      this.#classes = this.#met.size;
    }
    if (isDecisive(result)) this.#last = Math.min(this.#last, result.part);
    const border = borderOf(this.#heading.settings, this.#known());
    if (border !== undefined) this.#last = Math.min(this.#last, border.part);
  }

  /** Executions that a part may take at most, as far as is known; more parts only make it less. */
  executionsMaxOf(part: number): number {
    let left = boundOf(this.#heading.settings);
    for (const before of this.#known()) {
      if (before.part >= part) break;
      left -= before.executions;
    }
    return Math.max(0, left);
  }

  /** Whether what comes of the part may change what is said. */
  isOfInterest(part: number): boolean {
    return part <= this.#last;
  }

  /** Whether all parts of interest are in. */
  get isOver(): boolean {
    const { index, count } = this.#shard;
    for (let part = index; part < this.#partCount && part <= this.#last; part += count) {
      if (!this.#results.has(part)) return false;
    }
    return true;
  }

  /** What has been counted so far, of parts that are in. */
  get tally(): SearchTally {
    return {
      schedules: this.#schedules,
      cut: this.#cut,
      classes: this.#classes,
      steps: this.#steps,
    };
  }

  /** What has been found so far, in parts that are in. */
  get findings(): readonly Finding[] {
    return findingsOf([...this.#known()]);
  }

  /** What is in, with `unfinished` parts as far as they came. */
  harvest(unfinished: readonly PartResult[] = []): Harvest {
    const { index, count } = this.#shard;
    const parts = [...this.#known(), ...unfinished.filter(({ part }) => !this.#results.has(part))]
      .filter(({ part }) => this.isOfInterest(part))
      .sort((x, y) => x.part - y.part);
    return {
      heading: this.#heading,
      shards: { count, done: [index] },
      partCount: this.#partCount,
      parts,
    };
  }

  /** The parts that are in, in the order of their numbers. */
  *#known(): Iterable<PartResult> {
    const { index, count } = this.#shard;
    for (let part = index; part < this.#partCount; part += count) {
      const result = this.#results.get(part);
      if (result !== undefined) yield result;
    }
  }
}
