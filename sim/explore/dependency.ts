/**
 * Which steps of an execution had to come in the order in which they came.
 *
 * Two steps depend on each other if one task does both, if one made the other possible, or if both
 * touched something that one of them may have changed. Executions that differ only in the order of
 * independent steps are one class (a Mazurkiewicz trace). Invariant: the key of a class is exact:
 * read as a schedule it leads to an execution of that class, so two classes never share one. Known
 * limit: memory grows with the square of the steps, an eighth of a byte each.
 */
import { FIRST_DELIVERY, type Footprints, NOBODY } from '../kernel/footprints.ts';

const WORD_BITS = 32;

/** Code points of a class's key: ends of levels, tasks, deliveries by place, decisions. */
const LEVEL_END = '\0';
const FIRST_TASK = 2;
const FIRST_PLACE = 0x300;
const FIRST_DECISION = 0xf000;

/** One way in which a process can step, as it was seen to. */
export interface Sleeper {
  readonly process: number;
  readonly decisions: readonly number[];
  /** As in Footprints: resources times 2, plus 1 where the step may change it. */
  readonly touches: readonly number[];
}

export class Dependency {
  /** Whether steps that touch a resource depend on each other; false is the mistake of a test. */
  readonly #sees: (resource: number) => boolean;
  #log: Footprints | undefined = undefined;
  #size = 0;
  #words = 0;
  /** By step: a bit for every step that had to come before it. */
  #before = new Int32Array(0);
  /** By step, in `#direct`: what it follows directly, the last one on each way. */
  readonly #directEnd: number[] = [];
  readonly #direct: number[] = [];
  readonly #level: number[] = [];
  /** By process: its last step. By resource: the step that changed it last, those that looked. */
  readonly #lastOf = new Map<number, number>();
  readonly #changed = new Map<number, number>();
  readonly #looked = new Map<number, number[]>();

  constructor(sees: (resource: number) => boolean = () => true) {
    this.#sees = sees;
  }

  /** Works out the order of an execution; `log` must stay as it is while the answers are used. */
  read(log: Footprints): void {
    this.#log = log;
    this.#size = log.size;
    this.#words = Math.ceil(log.size / WORD_BITS);
    const room = this.#words * log.size;
    if (this.#before.length < room) this.#before = new Int32Array(room * 2);
    else this.#before.fill(0, 0, room);
    this.#direct.length = 0;
    this.#lastOf.clear();
    this.#changed.clear();
    this.#looked.clear();
    for (let at = 0; at < log.size; at++) this.#place(log, at);
  }

  /** What a step touched, as far as it counts. */
  touchesOf(log: Footprints, step: number): number[] {
    const from = step === 0 ? 0 : (log.touchesEnd[step - 1] as number);
    const touches = log.touches.slice(from, log.touchesEnd[step]);
    return touches.filter((touched) => this.#sees(touched >> 1));
  }

  /** Those of `sleepers` that would do the same after a step as before it, and it after them. */
  independentOf(log: Footprints, step: number, sleepers: readonly Sleeper[]): Sleeper[] {
    if (sleepers.length === 0) return [];
    const process = log.process[step];
    const changes = new Map<number, boolean>();
    for (const touched of this.touchesOf(log, step)) {
      const resource = touched >> 1;
      changes.set(resource, changes.get(resource) === true || (touched & 1) === 1);
    }
    return sleepers.filter(
      (sleeper) =>
        sleeper.process !== process &&
        !sleeper.touches.some((touched) => {
          const changed = changes.get(touched >> 1);
          return changed === true || (changed === false && (touched & 1) === 1);
        }),
    );
  }

  /** Whether step `earlier` had to come before step `later`. */
  isBefore(earlier: number, later: number): boolean {
    const word = this.#before[later * this.#words + (earlier >>> 5)] as number;
    return (word & (1 << (earlier & 31))) !== 0;
  }

  /**
   * The steps of others that `step` depends on with nothing in between, and that it could have come
   * before.
   */
  racesWith(step: number): number[] {
    const log = this.#log as Footprints;
    const races: number[] = [];
    if (log.quiet[step] === true) return races;
    const from = step === 0 ? 0 : (this.#directEnd[step - 1] as number);
    const to = this.#directEnd[step] as number;
    for (let i = from; i < to; i++) {
      const earlier = this.#direct[i] as number;
      if (log.process[earlier] === log.process[step] || log.enabler[step] === earlier) continue;
      let between = races.includes(earlier);
      for (let k = from; k < to && !between; k++) {
        between = this.isBefore(earlier, this.#direct[k] as number);
      }
      if (!between) races.push(earlier);
    }
    return races;
  }

  /**
   * Who may begin, before step `earlier`, what leads to `later` without it: the processes whose
   * first step among those that do not depend on `earlier`, up to `later`, depends on none of them.
   */
  initials(earlier: number, later: number): number[] {
    const log = this.#log as Footprints;
    const free: number[] = [];
    const initials: number[] = [];
    for (let at = earlier + 1; at <= later; at++) {
      if (at !== later && this.isBefore(earlier, at)) continue;
      if (!free.some((other) => this.isBefore(other, at))) {
        initials.push(log.process[at] as number);
      }
      free.push(at);
    }
    return initials;
  }

  /**
   * The class's key: its steps in levels, each as early as what it depends on allows, and within a
   * level by process; with what each step decided.
   */
  key(): string {
    const log = this.#log as Footprints;
    const levels: string[][] = [];
    for (let at = 0; at < this.#size; at++) {
      let step = processName(log, log.process[at] as number);
      const to = log.decisionsEnd[at] as number;
      for (let i = at === 0 ? 0 : (log.decisionsEnd[at - 1] as number); i < to; i++) {
        step += String.fromCharCode(FIRST_DECISION + (log.decisions[i] as number));
      }
      (levels[this.#level[at] as number] ??= []).push(step);
    }
    return levels.map((level) => level.sort().join('')).join(LEVEL_END);
  }

  #place(log: Footprints, at: number): void {
    const process = log.process[at] as number;
    this.#level[at] = 0;
    this.#follow(at, this.#lastOf.get(process));
    const enabler = log.enabler[at] as number;
    if (enabler !== NOBODY) this.#follow(at, enabler);
    const to = log.touchesEnd[at] as number;
    for (let i = at === 0 ? 0 : (log.touchesEnd[at - 1] as number); i < to; i++) {
      const touched = log.touches[i] as number;
      if (this.#sees(touched >> 1)) this.#meet(at, touched >> 1, (touched & 1) === 1);
    }
    this.#lastOf.set(process, at);
    this.#directEnd[at] = this.#direct.length;
  }

  #meet(at: number, resource: number, changes: boolean): void {
    const changed = this.#changed.get(resource);
    if (!changes) {
      this.#follow(at, changed);
      const looked = this.#looked.get(resource);
      if (looked === undefined) this.#looked.set(resource, [at]);
      else looked.push(at);
      return;
    }
    this.#follow(at, changed);
    for (const other of this.#looked.get(resource) ?? []) this.#follow(at, other);
    this.#changed.set(resource, at);
    this.#looked.delete(resource);
  }

  #follow(at: number, earlier: number | undefined): void {
    if (earlier === undefined || earlier === at) return;
    this.#direct.push(earlier);
    const words = this.#words;
    const to = at * words;
    const from = earlier * words;
    for (let i = 0; i < words; i++) {
      this.#before[to + i] = (this.#before[to + i] as number) | (this.#before[from + i] as number);
    }
    const place = to + (earlier >>> 5);
    this.#before[place] = (this.#before[place] as number) | (1 << (earlier & 31));
    const level = (this.#level[earlier] as number) + 1;
    if (level > (this.#level[at] as number)) this.#level[at] = level;
  }
}

/** Who a process is, whatever else happened: a task, or the nth delivery of one, of that one... */
export function processName(log: Footprints, process: number): string {
  if (process === NOBODY) return String.fromCharCode(FIRST_TASK + NOBODY);
  if (process < FIRST_DELIVERY) return String.fromCharCode(FIRST_TASK + process);
  const at = process - FIRST_DELIVERY;
  const place = String.fromCharCode(FIRST_PLACE + (log.nth[at] as number));
  return processName(log, log.parent[at] as number) + place;
}
