/**
 * What each step of a run did to what others can see: who stepped, who enabled it, what it touched.
 *
 * Two steps that touch nothing in common (reads of the same thing aside) may change places without
 * anybody noticing, so an explorer needs to see one order of them only. Invariant: whatever two
 * tasks share is touched before it is used; the kernel does so for tasks, deliveries and the end of
 * the run, whoever composes a world for all else. Time is shared too, unless it is causal: a step
 * then sees the latest due time among those steps that it could know of, which every order of the
 * others leaves as it is. Known limit: a delivery has its number from the order in which it was
 * set off, so it means the same only after the same steps; its parent and place say who it is.
 */
import type { Clock } from './clock.ts';

/** Tasks have the numbers below, deliveries those from there on. */
export const FIRST_DELIVERY = 256;

/** No step, no process. */
export const NOBODY = -1;

/** Resources that there is room for at first. */
const ROOM_START = 4_096;

/** Steps are counted over all runs up to there, and then anew; a run is far shorter. */
const STAMP_MAX = 0x3fff_ffff;

export class Footprints {
  /** Steps so far; the columns below are as long, and used again by the next run. */
  size = 0;
  /** By step: who stepped. */
  readonly process: number[] = [];
  /** By step: the step that made it possible, or NOBODY for one that was possible all along. */
  readonly enabler: number[] = [];
  /** By step: where its touches end in `touches`, and its decisions in `decisions`. */
  readonly touchesEnd: number[] = [];
  readonly decisionsEnd: number[] = [];
  /** By step: whether it was possible only because nobody else could step. */
  readonly quiet: boolean[] = [];
  /** Resources times 2, plus 1 where the step may have changed it. */
  readonly touches: number[] = [];
  /** What `choose` returned. */
  readonly decisions: number[] = [];
  /**
   * In threes: a step, somebody else who can not step after it, and the step from which on that one
   * could have but for the first. Is that the later of the two, it would have been soon.
   */
  readonly disabled: number[] = [];
  touchCount = 0;
  decisionCount = 0;
  disabledCount = 0;
  /** By delivery, from FIRST_DELIVERY on: who set it off, and how many it had set off before. */
  readonly parent: number[] = [];
  readonly nth: number[] = [];
  readonly #resources = new Map<string, number>();
  #named = 0;
  /** By resource: the last step, of all runs, that touched it, and that changed it. */
  #touchedAt = new Int32Array(ROOM_START);
  #changedAt = new Int32Array(ROOM_START);
  /** By resource: the run in which its times hold; of its last change, and of its last use. */
  #timedIn = new Int32Array(ROOM_START);
  #changedUs = new Float64Array(ROOM_START);
  #usedUs = new Float64Array(ROOM_START);
  #clock: Clock = { nowUs: 0 };
  #run = 0;
  #stamp = 0;
  #current = NOBODY;

  /** The number of the step that runs now, or NOBODY. */
  get current(): number {
    return this.#current;
  }

  /** Forgets the last run; `clock` is the new one's. */
  start(clock: Clock): void {
    this.#clock = clock;
    this.#run += 1;
    if (this.#stamp > STAMP_MAX) {
      this.#stamp = 0;
      this.#touchedAt.fill(0);
      this.#changedAt.fill(0);
    }
    this.#current = NOBODY;
    this.size = 0;
    this.touchCount = 0;
    this.decisionCount = 0;
    this.disabledCount = 0;
  }

  /** The number of whatever has that name. */
  resource(name: string): number {
    const known = this.#resources.get(name);
    if (known !== undefined) return known;
    return this.row(name, 1);
  }

  /**
   * The number of the first of `size` resources with that name; each next one is 2 higher. The same
   * size each time.
   */
  row(name: string, size: number): number {
    const known = this.#resources.get(name);
    if (known !== undefined) return known;
    const first = this.#named * 2 + 1;
    this.#named += size;
    this.#resources.set(name, first);
    return first;
  }

  /** `parent` (or NOBODY, before the first step) sets off its `nth` delivery, counted from 0. */
  setOff(delivery: number, parent: number, nth: number): void {
    this.parent[delivery - FIRST_DELIVERY] = parent;
    this.nth[delivery - FIRST_DELIVERY] = nth;
  }

  /** A step begins, due at `dueUs`; the clock is causal from here on. */
  begin(process: number, enabler: number, dueUs: number): void {
    const at = this.size;
    this.process[at] = process;
    this.enabler[at] = enabler;
    this.quiet[at] = false;
    this.size = at + 1;
    this.#current = at;
    this.#stamp += 1;
    this.#clock.nowUs = dueUs;
    this.touch(process * 2);
  }

  /** The step is over. */
  end(): void {
    const at = this.#current;
    const nowUs = this.#clock.nowUs;
    const from = at === 0 ? 0 : (this.touchesEnd[at - 1] as number);
    for (let i = from; i < this.touchCount; i++) {
      const touched = this.touches[i] as number;
      const resource = touched >> 1;
      if ((touched & 1) === 1) this.#changedUs[resource] = nowUs;
      if ((this.#usedUs[resource] as number) < nowUs) this.#usedUs[resource] = nowUs;
    }
    this.touchesEnd[at] = this.touchCount;
    this.decisionsEnd[at] = this.decisionCount;
    this.#current = NOBODY;
  }

  /** The present step may change a resource. Nothing happens outside of steps. */
  touch(resource: number): void {
    if (this.#current === NOBODY || this.#changedAt[resource] === this.#stamp) return;
    if (resource >= this.#changedAt.length) this.#grow(resource);
    this.#changedAt[resource] = this.#stamp;
    this.#touchedAt[resource] = this.#stamp;
    this.touches[this.touchCount++] = resource * 2 + 1;
    this.#catchUp(resource, this.#usedUs);
  }

  /** The present step looks at a resource and leaves it as it is. */
  look(resource: number): void {
    if (this.#current === NOBODY || this.#touchedAt[resource] === this.#stamp) return;
    if (resource >= this.#touchedAt.length) this.#grow(resource);
    this.#touchedAt[resource] = this.#stamp;
    this.touches[this.touchCount++] = resource * 2;
    this.#catchUp(resource, this.#changedUs);
  }

  /** The present step was possible because nobody else could step: so all else came before. */
  settle(resource: number): void {
    this.touch(resource);
    this.quiet[this.#current] = true;
  }

  /** The present step decided something by `choose`. */
  decided(pick: number): void {
    this.decisions[this.decisionCount++] = pick;
  }

  /** The present step took from `process` what it could have done, unless it had made it so. */
  disable(process: number, enabler: number): void {
    if (enabler !== this.#current) this.forestall(this.#current, process, enabler);
  }

  /** Step `earlier` is why `process` can not step, which could have from step `since` on. */
  forestall(earlier: number, process: number, since: number): void {
    if (earlier === NOBODY) return;
    this.disabled[this.disabledCount++] = earlier;
    this.disabled[this.disabledCount++] = process;
    this.disabled[this.disabledCount++] = since;
  }

  /** What a step was, whoever stepped before: deliveries are told by what they touched alone. */
  signature(step: number): string {
    const process = this.process[step] as number;
    const from = step === 0 ? 0 : (this.touchesEnd[step - 1] as number);
    // Those with a name have odd numbers; the others are tasks and deliveries themselves.
    const touches = this.touches
      .slice(from, this.touchesEnd[step])
      .filter((touched) => ((touched >> 1) & 1) === 1);
    return `${Math.min(process, FIRST_DELIVERY)}:${touches.join()}`;
  }

  /** Whoever meets what another left behind is at least as late as it was. */
  #catchUp(resource: number, column: Float64Array): void {
    if (this.#timedIn[resource] !== this.#run) {
      this.#timedIn[resource] = this.#run;
      this.#changedUs[resource] = 0;
      this.#usedUs[resource] = 0;
      return;
    }
    const us = column[resource] as number;
    if (us > this.#clock.nowUs) this.#clock.nowUs = us;
  }

  #grow(resource: number): void {
    const room = 2 * resource;
    this.#touchedAt = longer(this.#touchedAt, new Int32Array(room));
    this.#changedAt = longer(this.#changedAt, new Int32Array(room));
    this.#timedIn = longer(this.#timedIn, new Int32Array(room));
    this.#changedUs = longer(this.#changedUs, new Float64Array(room));
    this.#usedUs = longer(this.#usedUs, new Float64Array(room));
  }
}

function longer<T extends Int32Array | Float64Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}
