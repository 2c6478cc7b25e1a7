/**
 * One direction of a connection: messages under way, in order of arrival.
 *
 * Invariant: messages arrive in the order in which they set out, as TCP has it, unless a fault lets
 * one overtake the one before it. Only the first has a timer, so no schedule can reorder what a
 * connection would not. A message that takes no time and meets nobody arrives within the step that
 * sent it.
 */
import type { Driver } from '../kernel/task.ts';
import { FaultKind } from '../trace/event.ts';
import type { Message } from './contract.ts';
import type { Direction, Faults } from './faults.ts';

/** A message with the id by which the requesting socket knows request and reply. */
export interface Envelope<M extends Message> {
  readonly id: number;
  readonly message: M;
}

interface UnderWay<M extends Message> extends Envelope<M> {
  /** When it would arrive if nothing were before it. */
  readonly dueUs: number;
}

export class Lane<M extends Message> {
  readonly #driver: Driver;
  readonly #faults: Faults;
  readonly #direction: Direction;
  readonly #arrive: (id: number, message: M) => void;
  readonly #underWay: UnderWay<M>[] = [];
  #cancel: (() => void) | undefined = undefined;

  constructor(
    driver: Driver,
    faults: Faults,
    direction: Direction,
    arrive: (id: number, message: M) => void,
  ) {
    this.#driver = driver;
    this.#faults = faults;
    this.#direction = direction;
    this.#arrive = arrive;
  }

  /** How many messages are under way. */
  get size(): number {
    return this.#underWay.length;
  }

  /**
   * Sends a message on its way; how often it arrives: 0 if a fault drops it, 2 if one doubles it.
   */
  put(id: number, message: M): number {
    const { delayUs, dropped, duplicated, overtakes } = this.#faults.draw(this.#direction, message);
    if (dropped) return 0;
    if (duplicated) this.#faults.stamp(FaultKind.duplicate, this.#direction, message, 0);
    if (delayUs === 0 && this.#underWay.length === 0) {
      this.#arrive(id, message);
      if (duplicated) this.#arrive(id, message);
      return duplicated ? 2 : 1;
    }
    const dueUs = this.#driver.nowUs + delayUs;
    if (overtakes && this.#underWay.length > 0) this.#overtake({ id, message, dueUs });
    else this.#append({ id, message, dueUs });
    if (duplicated) this.#append({ id, message, dueUs });
    return duplicated ? 2 : 1;
  }

  /** The connection is broken: nothing that is under way arrives. */
  clear(): void {
    this.#underWay.length = 0;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #append(item: UnderWay<M>): void {
    this.#underWay.push(item);
    if (this.#underWay.length === 1) this.#setTimer(item);
  }

  #overtake(item: UnderWay<M>): void {
    const underWay = this.#underWay;
    const overtaken = underWay.pop();
    if (overtaken === undefined) return;
    underWay.push(item, overtaken);
    if (underWay.length === 2) this.#setTimer(item);
    this.#faults.stamp(FaultKind.reorder, this.#direction, item.message, overtaken.message.request);
  }

  #setTimer(first: UnderWay<M>): void {
    this.#cancel?.();
    const us = Math.max(0, first.dueUs - this.#driver.nowUs);
    this.#cancel = this.#driver.after(us, () => this.#land());
  }

  #land(): void {
    const item = this.#underWay.shift();
    if (item === undefined) return;
    this.#cancel = undefined;
    const next = this.#underWay[0];
    if (next !== undefined) this.#setTimer(next);
    this.#arrive(item.id, item.message);
  }
}
