/**
 * Every class of executions once: dynamic partial-order reduction with sleep sets.
 *
 * After an execution, each pair of steps in a race (they depend on each other, with nothing in
 * between, and could have come the other way round) asks for one more first step at the place of
 * the earlier one, unless one that leads there is tried already (source sets: Abdulla, Aronis,
 * Jonsson, Sagonas, POPL 2014). What was tried at a place sleeps in what is tried there later,
 * until somebody does what depends on it (Godefroid 1996): so no class is completed twice. An
 * execution in which all are asleep is cut off; it could have shown nothing new. Steps may decide
 * something besides (a fault); every decision of a step is tried, and sleeps by itself. A tree can
 * be parted: down to a depth everybody is tried, whatever follows, and each place there with all
 * that sleeps in it is the root of a tree of its own. Invariant: what is missing from the tree at
 * the end is only what is of a class that was completed, in this part or an earlier one.
 */
import { assert } from '../base/assert.ts';
import { type Footprints, NOBODY } from '../kernel/footprints.ts';
import { type Option, type Oracle, STOP } from '../kernel/oracle.ts';
import type { Dependency, Sleeper } from './dependency.ts';

interface Decision {
  pick: number;
  readonly width: number;
}

/** The place before one step of the present execution. */
interface Place {
  /** Who can step here, the default first. */
  readonly enabled: readonly number[];
  /** Who steps here in the present execution, and what it decides. */
  process: number;
  decisions: Decision[];
  /** Asleep since before, and what was tried here. */
  readonly asleep: Sleeper[];
  /** Who is tried here, in the order in which it was asked for; the first of them at once. */
  readonly wanted: number[];
  /** How many of those have been begun. */
  begun: number;
  /** Whether any of them did what was not asleep. */
  awake: boolean;
}

export interface ReductionLimits {
  /**
   * If above 0: in so many first places everybody is tried who does not sleep, and executions end
   * behind them.
   */
  readonly partDepth: number;
  /** From there on nothing is tried but the default. */
  readonly depthMax: number;
}

const NO_LIMITS: ReductionLimits = { partDepth: 0, depthMax: Infinity };

/** The places that lead to one part of a tree, with what sleeps there. Means nothing elsewhere. */
export type Root = readonly Place[];

export class Reduction implements Oracle {
  readonly #log: Footprints;
  readonly #dependency: Dependency;
  readonly #limits: ReductionLimits;
  readonly #places: Place[];
  /** How many places are as before: the execution follows them. */
  #kept = 0;
  /** How many decisions the present step has taken. */
  #decided = 0;
  #decidedAt = NOBODY;
  /** The first step that shows nothing new, or Infinity. */
  #cutAt = Infinity;
  #strayed = false;
  #bounded = false;
  #possible = 0;
  #tried = 0;
  /** How many places are the way to the root: nothing more is tried there. */
  readonly #floor: number;

  /** `log` is filled by each execution; a `root` comes from a tree with that log. */
  constructor(
    log: Footprints,
    dependency: Dependency,
    limits: ReductionLimits = NO_LIMITS,
    root: Root = [],
  ) {
    this.#log = log;
    this.#dependency = dependency;
    this.#limits = limits;
    this.#places = root.map(copyOf);
    this.#floor = root.length;
    this.#kept = root.length;
  }

  /** Whether the subject did something else under the same choices: then nothing here holds. */
  get strayed(): boolean {
    return this.#strayed;
  }

  /** Whether an execution went on past `depthMax`: then something may be missing. */
  get bounded(): boolean {
    return this.#bounded;
  }

  /** At the places that were left: who could have stepped there, and who was tried. */
  get branches(): { readonly possible: number; readonly tried: number } {
    return { possible: this.#possible, tried: this.#tried };
  }

  /** The way to the part that the present execution came to; undefined if it was cut before. */
  get root(): Root | undefined {
    const { partDepth } = this.#limits;
    return this.#cutAt < partDepth ? undefined : this.#places.slice(0, partDepth).map(copyOf);
  }

  chooseNext(options: readonly Option[]): number {
    const at = this.#log.size;
    if (at < this.#kept) return this.#follow(at, options);
    this.#catchUp(at);
    if (this.#cutAt !== Infinity) return STOP;
    const { partDepth, depthMax } = this.#limits;
    if (partDepth > 0 && at >= partDepth) return STOP;
    if (at >= depthMax) {
      this.#bounded = true;
      return 0;
    }
    const place = this.#open(options.map(({ process }) => process));
    const process =
      place.enabled.find((each) => !place.asleep.some((sleeper) => sleeper.process === each)) ??
      place.enabled.find((each) => !sleeps(place, each, []));
    if (process === undefined) {
      this.#places.pop();
      this.#cutAt = at;
      return STOP;
    }
    this.#start(place, process);
    return place.enabled.indexOf(process);
  }

  choose(count: number): number {
    const at = this.#log.current;
    assert(at !== NOBODY, 'expected decisions within steps only');
    if (at >= this.#limits.depthMax) {
      this.#bounded = true;
      return 0;
    }
    if (at !== this.#decidedAt) {
      this.#decidedAt = at;
      this.#decided = 0;
    }
    if (at >= this.#places.length) {
      this.#catchUp(at);
      if (this.#cutAt !== Infinity) return 0;
      this.#openForced(at);
    }
    const { decisions } = this.#places[at] as Place;
    const known = decisions[this.#decided];
    this.#decided += 1;
    if (known === undefined) {
      decisions.push({ pick: 0, width: count });
      return 0;
    }
    this.#strayed ||= known.width !== count;
    return this.#strayed ? 0 : known.pick;
  }

  /** Takes in the execution that has ended; true if it was whole, false if it was cut off. */
  finish(): boolean {
    const log = this.#log;
    this.#catchUp(log.size);
    this.#dependency.read(log);
    const from = Math.max(0, this.#kept - 1);
    const to = Math.min(log.size, this.#cutAt);
    for (let at = from; at < to; at++) {
      for (const earlier of this.#dependency.racesWith(at)) {
        this.#want(earlier, this.#dependency.initials(earlier, at), log.process[at] as number);
      }
    }
    for (let i = 0; i < log.disabledCount; i += 3) {
      const step = log.disabled[i] as number;
      const since = log.disabled[i + 2] as number;
      if (step < to && since < to) this.#forestalled(step, log.disabled[i + 1] as number, since);
    }
    return this.#cutAt === Infinity;
  }

  /** Turns to the next execution; false if there is none. */
  advance(): boolean {
    this.#cutAt = Infinity;
    this.#decidedAt = NOBODY;
    for (let at = this.#places.length - 1; at >= this.#floor; at--) {
      const place = this.#places[at] as Place;
      this.#sleep(place, at);
      if (raise(place.decisions) || this.#next(place)) {
        this.#kept = at + 1;
        return true;
      }
      this.#possible += place.enabled.length;
      this.#tried += place.begun;
      this.#places.pop();
    }
    return false;
  }

  /** Leaves the places below the parts untried: whoever has the part tries them. */
  skipPart(): void {
    const { partDepth } = this.#limits;
    if (this.#places.length > partDepth) this.#places.length = partDepth;
  }

  #follow(at: number, options: readonly Option[]): number {
    const { process, enabled } = this.#places[at] as Place;
    const pick = options.findIndex((option) => option.process === process);
    this.#strayed ||= pick < 0 || options.length !== enabled.length;
    return this.#strayed ? STOP : pick;
  }

  /** Opens a place for every step before `at`, and sees whether one of them showed nothing new. */
  #catchUp(at: number): void {
    const from = Math.max(0, this.#kept - 1);
    for (let step = from; step < at && this.#cutAt === Infinity; step++) {
      if (step >= this.#places.length) this.#openForced(step);
      const place = this.#places[step] as Place;
      const decided = place.decisions.map(({ pick }) => pick);
      if (sleeps(place, place.process, decided)) this.#cutAt = step;
      else place.awake = true;
    }
    // The place of the step itself stays: it may have more to try.
    if (this.#cutAt + 1 < this.#places.length) this.#places.length = this.#cutAt + 1;
  }

  /** The place of a step that nobody was asked about, because nobody else could step. */
  #openForced(step: number): void {
    const process = this.#log.process[step] as number;
    this.#start(this.#open([process]), process);
  }

  #open(enabled: readonly number[]): Place {
    const last = this.#places.length - 1;
    const before = this.#places[last];
    const asleep =
      before === undefined ? [] : this.#dependency.independentOf(this.#log, last, before.asleep);
    const place: Place = {
      enabled,
      process: NOBODY,
      decisions: [],
      asleep,
      wanted: [],
      begun: 0,
      awake: false,
    };
    this.#places.push(place);
    return place;
  }

  #start(place: Place, process: number): void {
    place.process = process;
    place.wanted.push(process);
    place.begun = 1;
    if (this.#places.length > this.#limits.partDepth) return;
    for (const other of place.enabled) if (other !== process) place.wanted.push(other);
  }

  #next(place: Place): boolean {
    for (;;) {
      if (place.begun === place.wanted.length) {
        // All that was tried turned out to sleep, decision by decision: somebody has to be awake.
        const other = place.awake
          ? undefined
          : place.enabled.find((each) => !place.wanted.includes(each));
        if (other === undefined) return false;
        place.wanted.push(other);
      }
      const process = place.wanted[place.begun] as number;
      place.begun += 1;
      if (sleeps(place, process, [])) continue;
      place.process = process;
      place.decisions = [];
      return true;
    }
  }

  /**
   * Somebody could not step because of `step`, but from step `since` on could have: a race with
   * what did not come to be. If it sleeps at the place, what begins with it is done; what leads to
   * it by way of something that depends on it is not.
   */
  #forestalled(step: number, process: number, since: number): void {
    const dependency = this.#dependency;
    if (since > step) {
      if (!dependency.isBefore(step, since)) {
        this.#want(step, dependency.initials(step, since), process);
      }
      return;
    }
    if (since === step) return;
    this.#want(step, [process], process);
    const place = this.#places[step] as Place;
    const sleepers = place.asleep.filter((sleeper) => sleeper.process === process);
    if (sleepers.length === 0) return;
    const to = Math.min(this.#log.size, this.#cutAt);
    for (let at = step + 1; at < to; at++) {
      if (dependency.isBefore(step, at)) continue;
      if (dependency.independentOf(this.#log, at, sleepers).length === sleepers.length) continue;
      this.#want(step, dependency.initials(step, at), this.#log.process[at] as number);
    }
  }

  /** Asks that one of `initials` is tried before `step`, `rather` if it is among them. */
  #want(step: number, initials: readonly number[], rather: number): void {
    if (step >= this.#limits.depthMax || step < this.#floor) return;
    const place = this.#places[step] as Place;
    const led = initials.some((each) => place.wanted.includes(each) || sleeps(place, each, []));
    if (led) return;
    const able = initials.filter((each) => place.enabled.includes(each));
    assert(able.length > 0, 'expected that a race can begin with somebody who can step');
    place.wanted.push(able.includes(rather) ? rather : (able[0] as number));
  }

  /** What was just tried at a place sleeps there from now on. */
  #sleep(place: Place, step: number): void {
    const decisions = place.decisions.map(({ pick }) => pick);
    if (sleeps(place, place.process, decisions)) return;
    const touches = this.#dependency.touchesOf(this.#log, step);
    place.asleep.push({ process: place.process, decisions, touches });
  }
}

function copyOf(place: Place): Place {
  const { asleep, wanted, decisions } = place;
  const decided = decisions.map((decision) => ({ ...decision }));
  return { ...place, asleep: [...asleep], wanted: [...wanted], decisions: decided };
}

function sleeps(place: Place, process: number, decisions: readonly number[]): boolean {
  return place.asleep.some(
    (each) =>
      each.process === process &&
      each.decisions.length === decisions.length &&
      each.decisions.every((pick, at) => pick === decisions[at]),
  );
}

/** Raises the last decision that can be raised, and forgets those after it; false if none can. */
function raise(decisions: Decision[]): boolean {
  while (decisions.length > 0) {
    const last = decisions[decisions.length - 1] as Decision;
    if (last.pick + 1 < last.width) {
      last.pick += 1;
      return true;
    }
    decisions.pop();
  }
  return false;
}
