/**
 * From event to event and from violation to violation, in the order of the trace.
 *
 * Events are requests, enters and exits of the watched resource and the socket's errors; violations
 * are holds that began beside another, and the socket's errors. Known limit: where holds of one
 * lane overlap each other, an event further than 64 holds from its place in time may be passed
 * over.
 */
import { firstRow } from './paged.ts';
import { type HoldTable, NO_SEQ } from './hold-table.ts';
import type { TimelineIndex } from './index-builder.ts';
import type { Cursor } from './view-state.ts';

/** The first event behind `place`, or undefined. */
export function eventAfter(index: TimelineIndex, place: Cursor): Cursor | undefined {
  const best = new Nearest(place, 1);
  for (const lane of index.byLane) offerEvents(best, lane.holds, place);
  offerErrors(best, index, place);
  return best.found;
}

/** The last event before `place`, or undefined. */
export function eventBefore(index: TimelineIndex, place: Cursor): Cursor | undefined {
  const best = new Nearest(place, -1);
  for (const lane of index.byLane) offerEvents(best, lane.holds, place);
  offerErrors(best, index, place);
  return best.found;
}

/** The first violation behind `place`, or undefined. */
export function violationAfter(index: TimelineIndex, place: Cursor): Cursor | undefined {
  const best = new Nearest(place, 1);
  for (const { holds } of index.byLane) {
    const row = holds.violationFrom(rowBehind(holds, place));
    if (row < holds.size) best.offer(holds.enterSeq(row), holds.startUs(row));
  }
  offerErrors(best, index, place);
  return best.found;
}

/** The last violation before `place`, or undefined. */
export function violationBefore(index: TimelineIndex, place: Cursor): Cursor | undefined {
  const best = new Nearest(place, -1);
  for (const { holds } of index.byLane) {
    const behind = rowBehind(holds, place);
    const row = holds.violationBefore(behind);
    if (row < 0) continue;
    // `place` may be a violation itself: then it is the one before that.
    const other = isAt(holds, row, place) ? holds.violationBefore(row) : row;
    if (other >= 0) best.offer(holds.enterSeq(other), holds.startUs(other));
  }
  offerErrors(best, index, place);
  return best.found;
}

/** The first violation of the trace, where the playhead begins; undefined if there is none. */
export function firstViolation(index: TimelineIndex): Cursor | undefined {
  return violationAfter(index, { seq: -1, timeUs: -1 });
}

/** Keeps the nearest place on one side of where we stand. */
class Nearest {
  found: Cursor | undefined = undefined;
  readonly #from: Cursor;
  readonly #side: 1 | -1;

  constructor(from: Cursor, side: 1 | -1) {
    this.#from = from;
    this.#side = side;
  }

  offer(seq: number, timeUs: number): void {
    if (order(seq, timeUs, this.#from) * this.#side <= 0) return;
    if (this.found === undefined || order(seq, timeUs, this.found) * this.#side < 0) {
      this.found = { seq, timeUs };
    }
  }
}

/** By time, then by sequence number, so that a place without an event has an order too. */
function order(seq: number, timeUs: number, place: Cursor): number {
  return timeUs === place.timeUs ? seq - place.seq : timeUs - place.timeUs;
}

/** The first row that began behind `place`. */
function rowBehind(holds: HoldTable, place: Cursor): number {
  return firstRow(
    0,
    holds.size,
    (row) => order(holds.enterSeq(row), holds.startUs(row), place) > 0,
  );
}

function isAt(holds: HoldTable, row: number, place: Cursor): boolean {
  return holds.enterSeq(row) === place.seq && holds.startUs(row) === place.timeUs;
}

function offerEvents(best: Nearest, holds: HoldTable, place: Cursor): void {
  const { from, to } = holds.around(rowBehind(holds, place));
  for (let row = from; row < to; row++) {
    best.offer(holds.enterSeq(row), holds.startUs(row));
    if (holds.exitSeq(row) !== NO_SEQ) best.offer(holds.exitSeq(row), holds.endUs(row));
    if (holds.requestSeq(row) !== NO_SEQ) best.offer(holds.requestSeq(row), holds.requestUs(row));
  }
}

function offerErrors(best: Nearest, index: TimelineIndex, place: Cursor): void {
  const { socket } = index;
  const behind = firstRow(
    0,
    socket.errors,
    (row) => order(socket.errorSeq(row), socket.errorUs(row), place) > 0,
  );
  for (let row = Math.max(0, behind - 2); row < Math.min(socket.errors, behind + 1); row++) {
    best.offer(socket.errorSeq(row), socket.errorUs(row));
  }
}
