/**
 * A hash of the class that an execution is of, for counting how many classes were met.
 *
 * A step's hash is of who steps, what it decides, and the hashes of the steps that it follows on
 * any way, as in `Dependency`; that of the class is the sum over its steps. Invariant: executions
 * of one class have one hash, because whatever is put in another order follows the same. Known
 * limit: two lanes of 32 bits, so that two classes among 262,144 share a hash with a probability of
 * 2e-9; the count is then one too low. No verdict rests on it, and no proof: those have exact keys.
 */
import { FIRST_DELIVERY, type Footprints, NOBODY } from '../kernel/footprints.ts';

/** Resources, and steps, that there is room for at first. */
const ROOM_START = 2_048;
/** Steps are counted over all executions up to there, and then anew. */
const STEPS_MAX = 0x3fff_ffff;
const GOLDEN = 0x9e37_79b9 | 0;
const SILVER = 0x7f4a_7c15;
/** The names of NOBODY and of all tasks. */
const TASKS_LOW = Int32Array.from({ length: FIRST_DELIVERY + 1 }, (_, at) =>
  mixLow(Math.imul(at + 1, GOLDEN)),
);
const TASKS_HIGH = Int32Array.from({ length: FIRST_DELIVERY + 1 }, (_, at) =>
  mixHigh(Math.imul(at + 1, SILVER)),
);

export class ClassHash {
  /** By resource: when it was changed last, in steps of all executions, and looked at last. */
  #changedAt = new Int32Array(ROOM_START).fill(NOBODY);
  #lookedAt = new Int32Array(ROOM_START).fill(NOBODY);
  /** By resource: the sum of the hashes of those that looked since its last change. */
  #lookedLow = new Int32Array(ROOM_START);
  #lookedHigh = new Int32Array(ROOM_START);
  /** By step of the present execution. */
  #stepLow = new Int32Array(ROOM_START);
  #stepHigh = new Int32Array(ROOM_START);
  /** What the present step looks at. */
  readonly #looks: number[] = [];
  /** The steps of all executions before. */
  #before = 0;
  #low = 0;
  #high = 0;

  /** One half of the hash that was read last, a whole number of 32 bits. */
  get low(): number {
    return this.#low;
  }

  /** The other half. */
  get high(): number {
    return this.#high;
  }

  /** Takes in an execution. */
  read(log: Footprints): void {
    const { size } = log;
    this.#begin(size);
    let low = size;
    let high = size;
    for (let at = 0; at < size; at++) {
      this.#readStep(log, at);
      low = (low + this.#low) | 0;
      high = (high + this.#high) | 0;
    }
    this.#before += size;
    this.#low = mixLow(low);
    this.#high = mixHigh(high);
  }

  #readStep(log: Footprints, at: number): void {
    const { touches } = log;
    const before = this.#before;
    const now = before + at;
    let changedAt = this.#changedAt;
    let lookedAt = this.#lookedAt;
    const stepLow = this.#stepLow;
    const stepHigh = this.#stepHigh;
    const looks = this.#looks;
    let looked = 0;
    this.#name(log, log.process[at] as number);
    let low = this.#low;
    let high = this.#high;
    const enabler = log.enabler[at] as number;
    if (enabler !== NOBODY) {
      low = (low + (stepLow[enabler] as number)) | 0;
      high = (high + (stepHigh[enabler] as number)) | 0;
    }
    const to = log.touchesEnd[at] as number;
    for (let i = at === 0 ? 0 : (log.touchesEnd[at - 1] as number); i < to; i++) {
      const touched = touches[i] as number;
      const resource = touched >> 1;
      if (resource >= changedAt.length) {
        this.#grow(resource);
        changedAt = this.#changedAt;
        lookedAt = this.#lookedAt;
      }
      const changed = (changedAt[resource] as number) - before;
      if (changed >= 0) {
        low = (low + (stepLow[changed] as number)) | 0;
        high = (high + (stepHigh[changed] as number)) | 0;
      }
      if ((touched & 1) === 0) {
        looks[looked++] = resource;
        continue;
      }
      const since = lookedAt[resource] as number;
      if (since >= before && since > changed + before) {
        low = (low + (this.#lookedLow[resource] as number)) | 0;
        high = (high + (this.#lookedHigh[resource] as number)) | 0;
      }
      changedAt[resource] = now;
    }
    low = mixLow(low);
    high = mixHigh(high);
    const decided = log.decisionsEnd[at] as number;
    for (let i = at === 0 ? 0 : (log.decisionsEnd[at - 1] as number); i < decided; i++) {
      const pick = (log.decisions[i] as number) + 1;
      low = mixLow((low + Math.imul(pick, GOLDEN)) | 0);
      high = mixHigh((high + Math.imul(pick, SILVER)) | 0);
    }
    stepLow[at] = low;
    stepHigh[at] = high;
    for (let i = 0; i < looked; i++) this.#look(looks[i] as number, now, low, high);
    this.#low = low;
    this.#high = high;
  }

  #look(resource: number, now: number, low: number, high: number): void {
    const since = this.#lookedAt[resource] as number;
    const goesOn = since >= this.#before && since > (this.#changedAt[resource] as number);
    this.#lookedLow[resource] = goesOn ? (this.#lookedLow[resource] as number) + low : low;
    this.#lookedHigh[resource] = goesOn ? (this.#lookedHigh[resource] as number) + high : high;
    this.#lookedAt[resource] = now;
  }

  /** Who a process is, whatever else happened, as in `processName`. */
  #name(log: Footprints, process: number): void {
    if (process < FIRST_DELIVERY) {
      this.#low = TASKS_LOW[process + 1] as number;
      this.#high = TASKS_HIGH[process + 1] as number;
      return;
    }
    const at = process - FIRST_DELIVERY;
    this.#name(log, log.parent[at] as number);
    const nth = (log.nth[at] as number) + 1;
    this.#low = mixLow((this.#low + Math.imul(nth, SILVER)) | 0);
    this.#high = mixHigh((this.#high + Math.imul(nth, GOLDEN)) | 0);
  }

  #begin(size: number): void {
    if (this.#before + size > STEPS_MAX) {
      this.#before = 0;
      this.#changedAt.fill(NOBODY);
      this.#lookedAt.fill(NOBODY);
    }
    if (size <= this.#stepLow.length) return;
    this.#stepLow = new Int32Array(2 * size);
    this.#stepHigh = new Int32Array(2 * size);
  }

  #grow(resource: number): void {
    const room = 2 * resource;
    this.#changedAt = longer(this.#changedAt, room);
    this.#lookedAt = longer(this.#lookedAt, room);
    this.#lookedLow = longer(this.#lookedLow, room);
    this.#lookedHigh = longer(this.#lookedHigh, room);
  }
}

function longer(old: Int32Array<ArrayBuffer>, room: number): Int32Array<ArrayBuffer> {
  const fresh = new Int32Array(room).fill(NOBODY);
  fresh.set(old);
  return fresh;
}

/** The finalizer of MurmurHash3 (Austin Appleby, public domain). */
function mixLow(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return h ^ (h >>> 16);
}

/** Another permutation of the same form (Chris Wellons, hash-prospector). */
function mixHigh(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x7feb_352d);
  h = Math.imul(h ^ (h >>> 15), 0x846c_a68b);
  return h ^ (h >>> 16);
}
