/**
 * What a pixel column says: shares of its time, and the greatest that was seen in it.
 *
 * Far away the figures come from the buckets' pyramid, close by from the rows themselves, so the
 * cost goes with the pixels. Invariant: a maximum over a column is never less than what is true at
 * any time in it; it may include up to a bucket (which is no wider than the column) beside it.
 */
import type { Buckets, MaxSeries, SumSeries } from './buckets.ts';
import type { TimelineIndex } from './index-builder.ts';
import { pendingWaits } from './pending-waits.ts';
import type { TimeMarks } from './time-marks.ts';
import { type TimeRange, spanOf } from './view-state.ts';

/** Which times stand in which columns. */
export interface Scale {
  readonly range: TimeRange;
  /** How many columns, at least 1. */
  readonly width: number;
  readonly columnUs: number;
}

/** One lane's columns: shares of time from 0 to 1, and 1 where it held beside another. */
export interface LaneColumns {
  readonly held: Float32Array;
  readonly waited: Float32Array;
  readonly violated: Uint8Array;
}

/** A scale of whole columns over a range. */
export function scaleOf(range: TimeRange, width: number): Scale {
  const columns = Math.max(1, Math.ceil(width));
  return { range, width: columns, columnUs: Math.max(spanOf(range), 1e-3) / columns };
}

/** Shares and violations of one lane. */
export function laneColumns(index: TimelineIndex, lane: number, scale: Scale): LaneColumns {
  const { width } = scale;
  const held = new Float32Array(width);
  const waited = new Float32Array(width);
  const violated = new Uint8Array(width);
  const one = index.byLane[lane];
  if (one === undefined) return { held, waited, violated };
  const level = index.buckets.levelFor(scale.columnUs);
  if (level >= 0) {
    sumColumns(index, one.held, level, scale, held);
    sumColumns(index, one.waited, level, scale, waited);
    maxColumns(index.buckets, one.violated, level, scale, violated);
    for (let at = 0; at < index.open.size; at++) {
      if (index.open.laneAt(at) !== lane) continue;
      addShare(scale, held, one.holds.startUs(index.open.rowAt(at)), index.endUs);
    }
  } else {
    rowColumns(index, lane, scale, held, waited);
    const holders = holdersColumns(index, scale);
    const end = one.holds.endBefore(scale.range.endUs);
    for (let row = one.holds.firstLasting(scale.range.startUs); row < end; row++) {
      if (!one.holds.isOverlapped(row)) continue;
      const from = columnOf(scale, one.holds.startUs(row));
      const to = columnOf(scale, Math.min(one.holds.endUs(row), index.endUs));
      for (let x = from; x <= to; x++) if ((holders[x] as number) > 1) violated[x] = 1;
    }
  }
  for (const wait of pendingWaits(index)) {
    // The buckets have what was granted; the rows have only what was entered.
    if (wait.lane !== lane || (level >= 0 && wait.grantUs !== undefined)) continue;
    addShare(scale, waited, wait.sinceUs, wait.grantUs ?? index.endUs);
  }
  return { held, waited, violated };
}

/** The most holders at once in each column. */
export function holdersColumns(index: TimelineIndex, scale: Scale): Uint8Array {
  const out = new Uint8Array(scale.width);
  const level = index.buckets.levelFor(scale.columnUs);
  if (level >= 0) {
    maxColumns(index.buckets, index.holdersMax, level, scale, out);
    return out;
  }
  const cover = new Int32Array(scale.width + 1);
  for (const { holds } of index.byLane) {
    const end = holds.endBefore(scale.range.endUs);
    for (let row = holds.firstLasting(scale.range.startUs); row < end; row++) {
      const endUs = Math.min(holds.endUs(row), index.endUs);
      note(scale, holds.startUs(row), endUs, holds.holders(row), out, cover);
    }
  }
  return settled(out, cover);
}

/** The most that stood in line at once in each column. */
export function queueColumns(index: TimelineIndex, scale: Scale): Uint8Array {
  const out = new Uint8Array(scale.width);
  const level = index.buckets.levelFor(scale.columnUs);
  if (level >= 0) {
    maxColumns(index.buckets, index.depthMax, level, scale, out);
    return out;
  }
  const cover = new Int32Array(scale.width + 1);
  const { startUs, endUs } = scale.range;
  for (const { holds, waits } of index.byLane) {
    const end = holds.endBefore(endUs);
    for (let row = holds.firstLasting(startUs); row < end; row++) {
      const depth = holds.depth(row);
      if (depth === 0) continue;
      note(scale, holds.requestUs(row), holds.grantUs(row), depth, out, cover);
    }
    for (let row = waits.firstUntil(startUs); row < waits.size; row++) {
      const depth = waits.depth(row);
      if (depth > 0) note(scale, waits.startUs(row), waits.endUs(row), depth, out, cover);
    }
  }
  for (const { sinceUs, depth, grantUs = index.endUs } of pendingWaits(index)) {
    if (depth > 0) note(scale, sinceUs, grantUs, depth, out, cover);
  }
  return settled(out, cover);
}

/** The share of each column that a reply was awaited in, and where the socket failed. */
export function socketColumns(
  index: TimelineIndex,
  scale: Scale,
): { readonly awaiting: Float32Array; readonly errors: Uint8Array } {
  const awaiting = new Float32Array(scale.width);
  const errors = new Uint8Array(scale.width);
  const { socket } = index;
  const { startUs, endUs } = scale.range;
  const level = index.buckets.levelFor(scale.columnUs);
  if (level >= 0) {
    sumColumns(index, index.awaiting, level, scale, awaiting);
    maxColumns(index.buckets, index.socketErrors, level, scale, errors);
    return { awaiting, errors };
  }
  for (let row = socket.firstLasting(startUs); row < socket.size; row++) {
    if (socket.startUs(row) >= endUs) break;
    addShare(scale, awaiting, socket.startUs(row), Math.min(socket.endUs(row), index.endUs));
  }
  for (let row = socket.firstError(startUs); row < socket.errors; row++) {
    if (socket.errorUs(row) >= endUs) break;
    errors[columnOf(scale, socket.errorUs(row))] = 1;
  }
  return { awaiting, errors };
}

/** The columns in which a time is marked; up to a bucket too wide where columns are narrower. */
export function markColumns({ buckets, series }: TimeMarks, scale: Scale): Uint8Array {
  const out = new Uint8Array(scale.width);
  maxColumns(buckets, series, Math.max(0, buckets.levelFor(scale.columnUs)), scale, out);
  return out;
}

/** The column that a time stands in, the nearest one for times out of sight. */
export function columnOf(scale: Scale, timeUs: number): number {
  const column = Math.floor((timeUs - scale.range.startUs) / scale.columnUs);
  return Math.min(Math.max(column, 0), scale.width - 1);
}

function rowColumns(
  index: TimelineIndex,
  lane: number,
  scale: Scale,
  held: Float32Array,
  waited: Float32Array,
): void {
  const one = index.byLane[lane];
  if (one === undefined) return;
  const { holds, waits } = one;
  const end = holds.endBefore(scale.range.endUs);
  for (let row = holds.firstLasting(scale.range.startUs); row < end; row++) {
    addShare(scale, held, holds.startUs(row), Math.min(holds.endUs(row), index.endUs));
    if (holds.depth(row) > 0) addShare(scale, waited, holds.requestUs(row), holds.grantUs(row));
  }
  for (let row = waits.firstUntil(scale.range.startUs); row < waits.size; row++) {
    addShare(scale, waited, waits.startUs(row), waits.endUs(row));
  }
}

/** Adds the part of a span that is in sight, as shares of the columns that it lies in. */
function addShare(scale: Scale, out: Float32Array, startUs: number, endUs: number): void {
  const { range, columnUs, width } = scale;
  const from = Math.max((startUs - range.startUs) / columnUs, 0);
  const to = Math.min((endUs - range.startUs) / columnUs, width);
  if (from >= to) return;
  const first = Math.floor(from);
  const last = Math.min(Math.floor(to), width - 1);
  if (first === last) {
    out[first] = (out[first] as number) + (to - from);
    return;
  }
  out[first] = (out[first] as number) + (first + 1 - from);
  for (let x = first + 1; x < last; x++) out[x] = (out[x] as number) + 1;
  out[last] = (out[last] as number) + (to - last);
}

function sumColumns(
  index: TimelineIndex,
  series: SumSeries,
  level: number,
  scale: Scale,
  out: Float32Array,
): void {
  const { buckets } = index;
  const values = series.level(level, buckets.version);
  const widthUs = buckets.widthUs * 2 ** level;
  const { startUs, endUs } = scale.range;
  const end = Math.min(values.length, Math.ceil(endUs / widthUs));
  for (let at = Math.floor(startUs / widthUs); at < end; at++) {
    const us = values[at] as number;
    if (us === 0 || index.endUs <= at * widthUs) continue;
    // A bucket is no wider than a column, so it lies in one or two of them.
    const from = (at * widthUs - startUs) / scale.columnUs;
    const filledUs = Math.min((at + 1) * widthUs, index.endUs) - at * widthUs;
    const to = from + filledUs / scale.columnUs;
    const first = Math.floor(from);
    const inFirst = Math.min((first + 1 - from) / (to - from), 1) * us;
    if (first >= 0 && first < scale.width) add(out, first, inFirst / scale.columnUs);
    if (first + 1 < scale.width) add(out, first + 1, (us - inFirst) / scale.columnUs);
  }
}

function maxColumns(
  buckets: Buckets,
  series: MaxSeries,
  level: number,
  scale: Scale,
  out: Uint8Array,
): void {
  const values = series.level(level, buckets.version);
  const widthUs = buckets.widthUs * 2 ** level;
  const { startUs, endUs } = scale.range;
  const end = Math.min(values.length, Math.ceil(endUs / widthUs));
  for (let at = Math.floor(startUs / widthUs); at < end; at++) {
    const value = values[at] as number;
    if (value === 0) continue;
    const first = columnOf(scale, at * widthUs);
    const last = columnOf(scale, (at + 1) * widthUs - 1e-6 * widthUs);
    for (let x = first; x <= last; x++) if ((out[x] as number) < value) out[x] = value;
  }
}

/** Notes a span whose beginning made `peak` of something; in between it counts as one. */
function note(
  scale: Scale,
  startUs: number,
  endUs: number,
  peak: number,
  out: Uint8Array,
  cover: Int32Array,
): void {
  const { range, columnUs, width } = scale;
  if (endUs < range.startUs || startUs >= range.endUs) return;
  if (startUs >= range.startUs) {
    const column = columnOf(scale, startUs);
    if ((out[column] as number) < peak) out[column] = peak;
  }
  // Counted at the left edge of every column that it covers; a step up inside one is a peak.
  const first = Math.max(0, Math.floor((startUs - range.startUs) / columnUs) + 1);
  const last = Math.min(width, Math.ceil((endUs - range.startUs) / columnUs));
  const from = startUs < range.startUs ? 0 : first;
  if (from >= last) return;
  cover[from] = (cover[from] as number) + 1;
  cover[last] = (cover[last] as number) - 1;
}

function settled(out: Uint8Array, cover: Int32Array): Uint8Array {
  let inside = 0;
  for (let x = 0; x < out.length; x++) {
    inside += cover[x] as number;
    if (inside > (out[x] as number)) out[x] = Math.min(inside, 255);
  }
  return out;
}

function add(out: Float32Array, column: number, value: number): void {
  out[column] = (out[column] as number) + value;
}
