/**
 * Brings fills to the aggregator, under the aggregator's own lock where it has one.
 *
 * Invariant: the lock is held from before the figures are read until they are written, and is given
 * back in every case.
 */
import type { TaskBody, TaskRef } from '../kernel/task.ts';
import { type Hold, type Lock, waitFor } from '../locks/contract.ts';
import { EventKind, ObjectId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Aggregator } from './aggregator.ts';
import type { Executed } from './order-desk.ts';

export class Scorekeeper {
  readonly #aggregator: Aggregator;
  readonly #lock: Lock | undefined;
  readonly #recorder: Recorder;
  /** True where booking never suspends, so that a plain call will do. */
  readonly immediate: boolean;

  constructor(aggregator: Aggregator, lock: Lock | undefined, recorder: Recorder) {
    this.#aggregator = aggregator;
    this.#lock = lock;
    this.#recorder = recorder;
    this.immediate = lock === undefined && !aggregator.splits;
  }

  /** Books what a signal came to, in one step; only where `immediate`. */
  book(self: TaskRef, symbol: number, executed: Executed): void {
    if (this.#note(symbol, executed)) this.#aggregator.write(self.id, symbol);
  }

  /** Takes the aggregator's lock ahead of `bookHolding`; undefined where it has none. */
  *enter(self: TaskRef): TaskBody<Hold | undefined> {
    const lock = this.#lock;
    if (lock === undefined) return undefined;
    const hold = lock.request(self);
    if (hold.state === 'waiting') yield* waitFor(lock, hold);
    this.#stamp(EventKind.enter, self, hold);
    return hold;
  }

  /** Gives the aggregator's lock back. */
  leave(self: TaskRef, hold: Hold): void {
    this.#stamp(EventKind.exit, self, hold);
    this.#lock?.release(hold, self);
  }

  /**
   * Books what a signal came to, under `held` or under a hold taken for it, and gives that back.
   */
  *bookHolding(
    self: TaskRef,
    symbol: number,
    executed: Executed,
    held: Hold | undefined,
  ): TaskBody {
    if (this.#note(symbol, executed)) yield* this.#write(self, symbol, held);
    else if (held !== undefined) this.leave(self, held);
  }

  /** A symbol is done: its last snapshot, where the aggregator takes one. */
  *finish(self: TaskRef, symbol: number): TaskBody {
    if (this.#aggregator.noteDone(symbol)) yield* this.#write(self, symbol, undefined);
  }

  /** True if the aggregator is to be written now. */
  #note(symbol: number, executed: Executed): boolean {
    const { order, profit } = executed;
    const due = order !== 0 && this.#aggregator.noteFill(symbol, order, profit);
    return this.#aggregator.noteSignal(symbol) || due;
  }

  *#write(self: TaskRef, symbol: number, held: Hold | undefined): TaskBody {
    const hold = held ?? (yield* this.enter(self));
    if (this.#aggregator.splits) yield* this.#aggregator.writeSplit(self.id, symbol);
    else this.#aggregator.write(self.id, symbol);
    if (hold !== undefined) this.leave(self, hold);
  }

  #stamp(kind: EventKind, self: TaskRef, hold: Hold): void {
    this.#recorder.stamp(kind, self.id, self.symbol, ObjectId.aggregator, hold.hold, 0, 0);
  }
}
