/**
 * The choices of one execution, as they were asked and answered, and an oracle that writes them
 * down.
 *
 * Choices are numbered from 0 in the order in which they were asked; answer 0 is the default.
 * Flat columns, because executions come by the hundred thousand a second.
 */
import { assert } from '../base/assert.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';

/** Whether a choice was about who goes next, or about something else: a delivery order, a fault. */
export type ChoiceKind = 'next' | 'choose';

export class Choices {
  /** The answers, by number of the choice. */
  readonly picks: number[] = [];
  /** How many possibilities there were, at least 2. */
  readonly widths: number[] = [];
  /** Of a choice about who goes next: below 0; of another: what it was about, or below 0. */
  readonly abouts: number[] = [];
  /** Where the processes of each choice end in `#processes`; none for a `choose`. */
  readonly #ends: number[] = [];
  readonly #processes: number[] = [];

  get size(): number {
    return this.picks.length;
  }

  kind(at: number): ChoiceKind {
    return this.#from(at) === this.#ends[at] ? 'choose' : 'next';
  }

  /**
   * Who could have gone next, in the order of the possibilities: ids of tasks, and of deliveries
   * from FIRST_DELIVERY on; empty for a `choose`.
   */
  processes(at: number): readonly number[] {
    return this.#processes.slice(this.#from(at), this.#ends[at]);
  }

  /** How many choices were about who goes next. */
  get nextCount(): number {
    let count = 0;
    for (let at = 0; at < this.size; at++) if (this.#from(at) !== this.#ends[at]) count += 1;
    return count;
  }

  /** How many tasks and deliveries could have gone next at one time or another. */
  get processCount(): number {
    const seen: boolean[] = [];
    let count = 0;
    for (const process of this.#processes) {
      if (seen[process] === true) continue;
      seen[process] = true;
      count += 1;
    }
    return count;
  }

  /** The number of the first choice that was not the same question in `other`, or undefined. */
  firstDifference(other: Choices): number | undefined {
    const length = Math.max(this.size, other.size);
    for (let at = 0; at < length; at++) {
      if (this.widths[at] !== other.widths[at] || this.#ends[at] !== other.#ends[at]) return at;
      for (let i = this.#from(at); i < (this.#ends[at] as number); i++) {
        if (this.#processes[i] !== other.#processes[i]) return at;
      }
    }
    return undefined;
  }

  noteNext(options: readonly Option[], pick: number): void {
    this.picks.push(pick);
    this.widths.push(options.length);
    this.abouts.push(-1);
    for (let i = 0; i < options.length; i++) this.#processes.push((options[i] as Option).process);
    this.#ends.push(this.#processes.length);
  }

  noteChoose(count: number, about: number, pick: number): void {
    this.picks.push(pick);
    this.widths.push(count);
    this.abouts.push(about);
    this.#ends.push(this.#processes.length);
  }

  #from(at: number): number {
    return at === 0 ? 0 : (this.#ends[at - 1] as number);
  }
}

/** Asks another oracle and writes down what it answered. */
export class NotingOracle implements Oracle {
  readonly choices = new Choices();
  readonly #oracle: Oracle;

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  chooseNext(options: readonly Option[]): number {
    const pick = this.#oracle.chooseNext(options);
    if (pick >= 0) this.choices.noteNext(options, pick);
    return pick;
  }

  choose(count: number, about: number): number {
    const pick = this.#oracle.choose(count, about);
    this.choices.noteChoose(count, about, pick);
    return pick;
  }
}

/** Asks another oracle and notes how many events there were by then. */
export class PlacingOracle implements Oracle {
  /** By number of the choice. */
  readonly seqs: number[] = [];
  readonly #oracle: Oracle;
  readonly #events: () => number;

  constructor(oracle: Oracle, events: () => number) {
    this.#oracle = oracle;
    this.#events = events;
  }

  chooseNext(options: readonly Option[]): number {
    this.seqs.push(this.#events());
    return this.#oracle.chooseNext(options);
  }

  choose(count: number, about: number): number {
    this.seqs.push(this.#events());
    return this.#oracle.choose(count, about);
  }
}

/** What of a list of answers did not fit: choice `at` had `width` possibilities, not that many. */
export interface Misfit {
  readonly at: number;
  readonly pick: number;
  readonly width: number;
}

/**
 * Gives the listed answers, and the default to every choice after them. An answer out of range is
 * noted in `misfit`, and the default is taken from there on.
 */
export class ReplayOracle implements Oracle {
  readonly #picks: readonly number[];
  #at = 0;
  misfit: Misfit | undefined = undefined;

  constructor(picks: readonly number[]) {
    this.#picks = picks;
  }

  chooseNext(options: readonly Option[]): number {
    return this.#next(options.length);
  }

  choose(count: number): number {
    return this.#next(count);
  }

  #next(width: number): number {
    const at = this.#at++;
    const pick = this.#picks[at] ?? 0;
    if (pick === 0 || this.misfit !== undefined) return 0;
    assert(Number.isInteger(pick), 'expected whole numbers as answers');
    if (pick > 0 && pick < width) return pick;
    this.misfit = { at, pick, width };
    return 0;
  }
}
