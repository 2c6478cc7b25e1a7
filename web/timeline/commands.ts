/**
 * The timeline by keyboard: physical keys to commands, and commands to changes of the view.
 *
 * Physical keys (`KeyboardEvent.code`), so that WASD lies where it should on every layout. Search
 * and help are named here and done by the page.
 */
import type { TimelineIndex } from './index-builder.ts';
import { eventAfter, eventBefore, violationAfter, violationBefore } from './steps.ts';
import {
  clearSelection,
  type Cursor,
  fit,
  goTo,
  pan,
  PAN_STEP,
  spanOf,
  type ViewState,
  zoom,
  ZOOM_STEP,
} from './view-state.ts';

export type ViewCommand =
  | 'zoomIn'
  | 'zoomOut'
  | 'panLeft'
  | 'panRight'
  | 'fit'
  | 'nextEvent'
  | 'previousEvent'
  | 'nextViolation'
  | 'previousViolation'
  | 'clearSelection';

/** What a key asks for; `search` and `help` are the page's to do. */
export type TimelineCommand = ViewCommand | 'search' | 'help';

/** The part of a KeyboardEvent that decides. */
export interface Key {
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const PLAIN: Readonly<Record<string, TimelineCommand | undefined>> = {
  KeyW: 'zoomIn',
  ArrowUp: 'zoomIn',
  KeyS: 'zoomOut',
  ArrowDown: 'zoomOut',
  KeyA: 'panLeft',
  ArrowLeft: 'panLeft',
  KeyD: 'panRight',
  ArrowRight: 'panRight',
  KeyF: 'fit',
  Period: 'nextEvent',
  Comma: 'previousEvent',
  KeyN: 'nextViolation',
  Escape: 'clearSelection',
  Slash: 'search',
};

const SHIFTED: Readonly<Record<string, TimelineCommand | undefined>> = {
  KeyN: 'previousViolation',
  Slash: 'help',
};

/** The command of a key, or undefined; keys with Ctrl, Alt or Meta belong to the browser. */
export function commandOfKey(key: Key): TimelineCommand | undefined {
  if (key.ctrlKey || key.metaKey || key.altKey) return undefined;
  return key.shiftKey ? SHIFTED[key.code] : PLAIN[key.code];
}

/** The view after a command; zooms about the playhead if it is in sight, else about the middle. */
export function applyCommand(
  view: ViewState,
  index: TimelineIndex,
  command: ViewCommand,
): ViewState {
  const step = spanOf(view.range) * PAN_STEP;
  switch (command) {
    case 'zoomIn':
      return zoom(view, focusOf(view), ZOOM_STEP);
    case 'zoomOut':
      return zoom(view, focusOf(view), 1 / ZOOM_STEP);
    case 'panLeft':
      return pan(view, -step);
    case 'panRight':
      return pan(view, step);
    case 'fit':
      return fit(view);
    case 'nextEvent':
      return moved(view, eventAfter(index, placeOf(view)));
    case 'previousEvent':
      return moved(view, eventBefore(index, placeOf(view)));
    case 'nextViolation':
      return moved(view, violationAfter(index, placeOf(view)));
    case 'previousViolation':
      return moved(view, violationBefore(index, placeOf(view)));
    case 'clearSelection':
      return clearSelection(view);
  }
}

function moved(view: ViewState, to: Cursor | undefined): ViewState {
  return to === undefined ? view : goTo(view, to);
}

/** Where stepping begins: the playhead, else before the first event in sight. */
function placeOf(view: ViewState): Cursor {
  return view.cursor ?? { seq: -1, timeUs: view.range.startUs };
}

function focusOf({ cursor, range }: ViewState): number {
  const seen =
    cursor !== undefined && cursor.timeUs >= range.startUs && cursor.timeUs <= range.endUs;
  return seen ? cursor.timeUs : (range.startUs + range.endUs) / 2;
}
