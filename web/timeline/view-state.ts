/**
 * What part of the trace is looked at: a pure model that every input changes by the same few rules.
 *
 * Times are microseconds and may have fractions, pixels are the caller's affair. Invariants: the
 * range lies within the extent and is at least SPAN_US_MIN long, or as long as the extent where
 * that is shorter; nothing is changed in place.
 */

/** From `startUs` to before `endUs`. */
export interface TimeRange {
  readonly startUs: number;
  readonly endUs: number;
}

/** A place on the time axis that the keyboard stands at; `seq` tells events of one time apart. */
export interface Cursor {
  readonly seq: number;
  readonly timeUs: number;
}

export interface ViewState {
  /** The whole trace as far as it is known. */
  readonly extent: TimeRange;
  /** What is seen of it. */
  readonly range: TimeRange;
  /** What is selected for statistics. */
  readonly selection: TimeRange | undefined;
  /** Where selecting began: the side that stays when the selection is extended. */
  readonly anchorUs: number | undefined;
  /** The playhead. */
  readonly cursor: Cursor | undefined;
}

/** The closest look: 20 us over the whole width. */
export const SPAN_US_MIN = 20;

/** How much of the range a key or a wheel notch moves or zooms by. */
export const ZOOM_STEP = 1.25;
export const PAN_STEP = 0.1;

/** A view of everything. */
export function newView(extent: TimeRange): ViewState {
  const whole = ordered(extent.startUs, extent.endUs);
  const nothing = { selection: undefined, anchorUs: undefined, cursor: undefined };
  return { extent: whole, range: whole, ...nothing };
}

export function spanOf(range: TimeRange): number {
  return range.endUs - range.startUs;
}

/** Sees everything. */
export function fit(view: ViewState): ViewState {
  return { ...view, range: view.extent };
}

/** Sees `range`, moved and cut so that the view's invariants hold. */
export function show(view: ViewState, range: TimeRange): ViewState {
  return { ...view, range: within(view.extent, range) };
}

/**
 * Sees `1 / factor` of the present span, with `atUs` staying where it is on the screen as far as
 * the extent allows. A factor above 1 goes closer; it has to be positive.
 */
export function zoom(view: ViewState, atUs: number, factor: number): ViewState {
  const span = spanOf(view.range);
  const full = spanOf(view.extent);
  const wanted = clamp(span / factor, Math.min(SPAN_US_MIN, full), full);
  if (span === 0 || wanted === span) return view;
  const share = clamp((atUs - view.range.startUs) / span, 0, 1);
  const startUs = view.range.startUs + share * (span - wanted);
  return show(view, { startUs, endUs: startUs + wanted });
}

/** Moves the range by `byUs`, later if positive; stops at the ends of the extent. */
export function pan(view: ViewState, byUs: number): ViewState {
  const { startUs, endUs } = view.range;
  const by = clamp(byUs, view.extent.startUs - startUs, view.extent.endUs - endUs);
  return by === 0 ? view : show(view, { startUs: startUs + by, endUs: endUs + by });
}

/** The trace has grown: a view of everything stays one, any other keeps its range. */
export function grow(view: ViewState, extent: TimeRange): ViewState {
  const whole = ordered(extent.startUs, extent.endUs);
  const sawAll = view.range.startUs <= view.extent.startUs && view.range.endUs >= view.extent.endUs;
  const grown = { ...view, extent: whole };
  return sawAll ? fit(grown) : show(grown, view.range);
}

/**
 * The trace has grown while it is followed: its end stays in sight, with as much before it as is
 * seen now, but no more than `spanUsMax`.
 */
export function follow(view: ViewState, extent: TimeRange, spanUsMax: number): ViewState {
  const grown = grow(view, extent);
  const { endUs } = grown.extent;
  const span = Math.min(spanOf(grown.range), spanUsMax);
  return show(grown, { startUs: endUs - span, endUs });
}

/**
 * Selects from one time, which stays when the selection is extended, to another, in either order; a
 * selection without length is none.
 */
export function select(view: ViewState, fromUs: number, toUs: number): ViewState {
  const anchorUs = clamp(fromUs, view.extent.startUs, view.extent.endUs);
  const selection = ordered(anchorUs, clamp(toUs, view.extent.startUs, view.extent.endUs));
  return { ...view, anchorUs, selection: spanOf(selection) > 0 ? selection : undefined };
}

/** Moves the side of the selection that does not stay; with none, it begins at `originUs`. */
export function extendSelection(view: ViewState, originUs: number, byUs: number): ViewState {
  const { selection, anchorUs = originUs } = view;
  const sides = selection ?? { startUs: anchorUs, endUs: anchorUs };
  const movingUs = sides.startUs === anchorUs ? sides.endUs : sides.startUs;
  return select(view, anchorUs, movingUs + byUs);
}

export function clearSelection(view: ViewState): ViewState {
  return { ...view, selection: undefined, anchorUs: undefined };
}

/** Puts the playhead at an event and, where that is out of sight, moves the range around it. */
export function goTo(view: ViewState, cursor: Cursor): ViewState {
  const { startUs, endUs } = view.range;
  const moved = { ...view, cursor };
  if (cursor.timeUs >= startUs && cursor.timeUs <= endUs) return moved;
  const half = spanOf(view.range) / 2;
  return show(moved, { startUs: cursor.timeUs - half, endUs: cursor.timeUs + half });
}

/** The pixel of a time, from 0 at the range's start to `width` at its end. */
export function xOfTime(range: TimeRange, width: number, timeUs: number): number {
  const span = spanOf(range);
  return span === 0 ? 0 : ((timeUs - range.startUs) / span) * width;
}

/** The time under a pixel. */
export function timeOfX(range: TimeRange, width: number, x: number): number {
  return width === 0 ? range.startUs : range.startUs + (x / width) * spanOf(range);
}

function within(extent: TimeRange, range: TimeRange): TimeRange {
  const full = spanOf(extent);
  const span = clamp(spanOf(range), Math.min(SPAN_US_MIN, full), full);
  if (span === full) return extent;
  const startUs = clamp(range.startUs, extent.startUs, extent.endUs - span);
  return { startUs, endUs: Math.min(startUs + span, extent.endUs) };
}

function ordered(oneUs: number, otherUs: number): TimeRange {
  return oneUs <= otherUs ? { startUs: oneUs, endUs: otherUs } : { startUs: otherUs, endUs: oneUs };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
