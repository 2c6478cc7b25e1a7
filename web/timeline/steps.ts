/** Stub. */
import type { TimelineIndex } from './index-builder.ts';
import type { Cursor } from './view-state.ts';

export function eventAfter(_index: TimelineIndex, _place: Cursor): Cursor | undefined {
  return undefined;
}
export function eventBefore(_index: TimelineIndex, _place: Cursor): Cursor | undefined {
  return undefined;
}
export function violationAfter(_index: TimelineIndex, _place: Cursor): Cursor | undefined {
  return undefined;
}
export function violationBefore(_index: TimelineIndex, _place: Cursor): Cursor | undefined {
  return undefined;
}
/** The first violation of the trace, where the playhead begins. */
export function firstViolation(_index: TimelineIndex): Cursor | undefined {
  return undefined;
}
