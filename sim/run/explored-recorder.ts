/**
 * The recorder of an explored run: notes which steps stamp events whose order a check can tell.
 *
 * Two steps may change places only if no verdict changes with them, so events of one group below
 * are kept in order: those that a check compares with each other. What one task or symbol says of
 * itself alone is in order anyway. Each step has a later time than the one before, by a microsecond
 * at least: what happens in one step is one moment, what takes two steps is not, whatever the
 * causal clock says. Known limit: a check that reads further kinds has to be considered here; the
 * tests that compare orders of one class would show it.
 */
import { assert } from '../base/assert.ts';
import type { Footprints } from '../kernel/footprints.ts';
import { EventKind, type EventView, ReplyStatus } from '../trace/event.ts';
import { Recorder, type RecorderOptions } from '../trace/recorder.ts';
import { newView } from '../trace/segment.ts';

/** What an event may carry in a column. */
const COLUMN = 256;

export class ExploredRecorder extends Recorder {
  readonly #footprints: Footprints;
  readonly #locks: number;
  readonly #rules: number;
  readonly #fills: number;
  readonly #faults: number;
  /** Rows of resources, by object or by symbol. */
  readonly #inside: number;
  readonly #sockets: number;
  readonly #orders: number;
  readonly #figures: number;
  readonly #view = newView();
  readonly #step: ((event: EventView) => void) | undefined;
  #told = 0;
  #lastUs = 0;
  #lastStep = -1;

  /** With `step`, events are told one by one instead, in one view, and none is recorded. */
  constructor(options: RecorderOptions, footprints: Footprints, step?: (event: EventView) => void) {
    super(options);
    this.#step = step;
    this.#footprints = footprints;
    this.#locks = footprints.resource('told.locks');
    this.#rules = footprints.resource('told.rules');
    this.#fills = footprints.resource('told.fills');
    this.#faults = footprints.resource('told.faults');
    this.#inside = footprints.row('told.inside', COLUMN);
    this.#sockets = footprints.row('told.socket', COLUMN);
    this.#orders = footprints.row('told.orders', COLUMN);
    this.#figures = footprints.row('told.figure', COLUMN);
  }

  override get size(): number {
    return this.#step === undefined ? super.size : this.#told;
  }

  /** Forgets everything; only for a recorder that tells events one by one. */
  restart(): void {
    assert(this.#step !== undefined, 'expected a recorder that records nothing');
    this.nowUs = 0;
    this.#told = 0;
    this.#lastUs = 0;
    this.#lastStep = -1;
  }

  override stamp(
    kind: EventKind,
    task: number,
    symbol: number,
    object: number,
    a: number,
    b: number,
    value: number,
  ): void {
    this.#touch(kind, symbol, object, b);
    const causalUs = this.nowUs;
    const timeUs = this.#timeOf(causalUs);
    if (this.#step === undefined) {
      this.nowUs = timeUs;
      super.stamp(kind, task, symbol, object, a, b, value);
      this.nowUs = causalUs;
      return;
    }
    const view = this.#view;
    view.kind = kind;
    view.seq = this.#told++;
    view.timeUs = timeUs;
    view.task = task;
    view.symbol = symbol;
    view.object = object;
    view.a = a;
    view.b = b;
    view.value = value;
    this.#step(view);
  }

  /** The latest time that was stamped, in microseconds. */
  get lastUs(): number {
    return this.#lastUs;
  }

  #timeOf(causalUs: number): number {
    const step = this.#footprints.size;
    const earliestUs = step === this.#lastStep ? this.#lastUs : this.#lastUs + 1;
    this.#lastStep = step;
    this.#lastUs = Math.max(causalUs, earliestUs);
    return this.#lastUs;
  }

  #touch(kind: EventKind, symbol: number, object: number, b: number): void {
    const log = this.#footprints;
    switch (kind) {
      case EventKind.request:
      case EventKind.grant:
      case EventKind.release:
      case EventKind.timeout:
      case EventKind.cancel:
        log.touch(this.#locks);
        return;
      case EventKind.enter:
      case EventKind.exit:
        log.touch(this.#inside + 2 * object);
        return;
      case EventKind.receive:
        if (b === ReplyStatus.filled) log.touch(this.#rules);
        log.touch(this.#sockets + 2 * object);
        return;
      case EventKind.send:
      case EventKind.socketError:
      case EventKind.socketOpen:
      case EventKind.socketClose:
        log.touch(this.#sockets + 2 * object);
        return;
      case EventKind.order:
      case EventKind.reject:
      case EventKind.resolve:
        log.touch(this.#rules);
        log.touch(this.#orders + 2 * symbol);
        return;
      case EventKind.settle:
      case EventKind.unknown:
        log.touch(this.#orders + 2 * symbol);
        return;
      case EventKind.fill:
        log.touch(this.#fills);
        log.touch(this.#orders + 2 * symbol);
        return;
      case EventKind.books:
        log.touch(this.#fills);
        return;
      case EventKind.metrics:
        log.touch(this.#figures + 2 * symbol);
        return;
      case EventKind.breaker:
      case EventKind.guardian:
      case EventKind.drawdown:
        log.touch(this.#rules);
        return;
      case EventKind.fault:
        log.touch(this.#faults);
        return;
      case EventKind.signal:
      case EventKind.total:
      case EventKind.end:
        // A symbol's own affair, and the last words, which come after all steps.
        return;
    }
  }
}
