/**
 * A search through the executions of a subject, in slices of any size, part after part.
 *
 * Whoever drives it (a command, a worker of a page) advances it, shows its progress, cancels it,
 * and asks for the result at any time. Invariant: the result depends on subject and options alone,
 * not on the slices. "Proved" is said only of a search that covered every schedule, had something
 * to choose, saw no execution that was cut short, and found no violation.
 */
import { assert } from '../base/assert.ts';
import { Campaign } from './campaign.ts';
import { Distribution } from './distribution.ts';
import { conclude, type Harvest } from './harvest.ts';
import type { PartSearch, SearchTally } from './part-search.ts';
import type { Finding, SearchResult } from './search-result.ts';
import { DEFAULT_SEARCH, type SearchOptions, type Shard } from './settings.ts';
import type { Subject } from './subject.ts';

export interface Progress extends SearchTally {
  readonly findings: readonly Finding[];
  readonly done: boolean;
}

export class Search {
  readonly campaign: Campaign;
  readonly #shard: Shard;
  /** The search unparted, while it is not known whether that is enough. */
  #whole: PartSearch | undefined;
  /** The part at hand. */
  #part: PartSearch | undefined = undefined;
  #number: number | undefined = undefined;
  #parts: Distribution;
  /** Executions of the search unparted, which all shards do and none counts. */
  #inVain = 0;
  #isOver = false;

  constructor(subject: Subject, options: Partial<SearchOptions> = {}) {
    const { shard, ...settings } = { ...DEFAULT_SEARCH, ...options };
    this.campaign = new Campaign(subject, settings);
    this.#shard = shard;
    this.#whole = this.campaign.whole();
    // How many parts there are is not known while the search is tried whole.
    const parts = this.#whole === undefined ? this.campaign.parts : 0;
    this.#parts = new Distribution(this.campaign.heading, parts, shard);
  }

  /** Executes up to `budget` times; true while there is more to do. */
  advance(budget: number): boolean {
    let left = budget;
    while (left > 0 && !this.#isOver) {
      const part = this.#whole ?? this.#nextPart();
      if (part === undefined) break;
      left = part.advance(left);
      if (part.stop !== undefined) this.#finish(part);
    }
    return !this.#isOver;
  }

  /** Whether parts are being done that others could do. */
  get isParted(): boolean {
    return this.#whole === undefined && !this.#isOver;
  }

  /**
   * Leaves what is to be done to others, who take it from here; only of a search that is parted,
   * which this one then does not go on with.
   */
  handOver(): Distribution {
    assert(this.isParted, 'expected a search that is parted');
    if (this.#number !== undefined) this.#parts.giveBack(this.#number);
    this.#part = undefined;
    return this.#parts;
  }

  /** Ends the search; what it has found stays. */
  cancel(): void {
    this.#isOver = true;
  }

  progress(): Progress {
    const { schedules, cut, classes, steps } = this.#tally;
    return {
      // What was tried unparted is tried again in parts: it is not shown as lost.
      schedules: Math.max(schedules, this.#inVain),
      cut,
      classes,
      steps,
      findings: this.#parts.findings,
      done: this.#isOver,
    };
  }

  /** What has been done so far; final once `advance` has returned false. */
  harvest(): Harvest {
    const whole = this.#shard.index === 0 ? this.#whole : undefined;
    const part = whole ?? this.#part;
    return this.#parts.harvest(part === undefined ? [] : [part.result()]);
  }

  /** What has come of it so far. */
  result(): SearchResult {
    return conclude(this.harvest());
  }

  get #tally(): SearchTally {
    return addTallies(this.#parts.tally, (this.#whole ?? this.#part)?.tally);
  }

  /** The part to go on with; undefined, and the search over, if there is none. */
  #nextPart(): PartSearch | undefined {
    if (this.#part !== undefined) return this.#part;
    this.#number = this.#parts.take();
    this.#isOver = this.#number === undefined;
    if (this.#number !== undefined) {
      const executionsMax = this.#parts.executionsMaxOf(this.#number);
      this.#part = this.campaign.search(this.#number, executionsMax);
    }
    return this.#part;
  }

  #finish(part: PartSearch): void {
    const result = part.result();
    if (part !== this.#whole) {
      this.#parts.add(result);
      this.#part = undefined;
      this.#number = undefined;
      this.#isOver = this.#parts.isOver;
      return;
    }
    this.#whole = undefined;
    const { heading } = this.campaign;
    this.#isOver = this.campaign.isSettledBy(result);
    this.#parts = new Distribution(heading, this.#isOver ? 1 : this.campaign.parts, this.#shard);
    if (!this.#isOver) this.#inVain = result.schedules;
    else if (this.#shard.index === 0) this.#parts.add(result);
  }
}

/** Both together. */
export function addTallies(one: SearchTally, other: SearchTally | undefined): SearchTally {
  if (other === undefined) return one;
  const { classes } = other;
  return {
    schedules: one.schedules + other.schedules,
    cut: one.cut + other.cut,
    classes: classes === undefined ? one.classes : (one.classes ?? 0) + classes,
    steps: one.steps + other.steps,
  };
}
