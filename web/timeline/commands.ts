/**
 * The timeline by keyboard: physical keys to commands, and commands to changes of the view.
 *
 * Physical keys (`KeyboardEvent.code`), so that WASD lies where it should on every layout; the caps
 * are those of a US keyboard. KEYS is the only list: the keyboard, the help and its tests read it.
 * Inspecting, search and help are named here and done by the page.
 */
import { assertUnreachable } from '../../sim/index.ts';
import type { TimelineIndex } from './index-builder.ts';
import { eventAfter, eventBefore, violationAfter, violationBefore } from './steps.ts';
import {
  clearSelection,
  type Cursor,
  extendSelection,
  fit,
  goTo,
  pan,
  PAN_STEP,
  select,
  show,
  spanOf,
  type ViewState,
  zoom,
  ZOOM_STEP,
} from './view-state.ts';

/** What the view can do by itself. */
export type ViewCommand =
  | 'zoomIn'
  | 'zoomOut'
  | 'panLeft'
  | 'panRight'
  | 'fit'
  | 'nextEvent'
  | 'previousEvent'
  | 'firstEvent'
  | 'lastEvent'
  | 'nextViolation'
  | 'previousViolation'
  | 'selectFromHere'
  | 'selectToHere'
  | 'extendLeft'
  | 'extendRight'
  | 'clearSelection';

/** What a key asks for; `inspect`, `search` and `help` are the page's to do. */
export type TimelineCommand = ViewCommand | 'inspect' | 'search' | 'help';

/** A key with what it does, for the keyboard and for the help. */
export interface KeyBinding {
  /** As in `KeyboardEvent.code`. */
  readonly code: string;
  readonly shift: boolean;
  /** What stands on the keys that are pressed together. */
  readonly caps: readonly string[];
  readonly command: TimelineCommand;
}

/** The part of a KeyboardEvent that decides. */
export interface Key {
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** How far a key moves a side of the selection, as a share of the range. */
const EXTEND_STEP = 0.02;

const plain = (code: string, cap: string, command: TimelineCommand): KeyBinding => ({
  ...{ code, shift: false, caps: [cap], command },
});
const shifted = (code: string, cap: string, command: TimelineCommand): KeyBinding => ({
  ...{ code, shift: true, caps: ['Shift', cap], command },
});

/** Every key of the timeline, in the order of the help; a command may have several. */
export const KEYS: readonly KeyBinding[] = [
  plain('KeyA', 'A', 'panLeft'),
  plain('ArrowLeft', '\u2190', 'panLeft'),
  plain('KeyD', 'D', 'panRight'),
  plain('ArrowRight', '\u2192', 'panRight'),
  plain('KeyW', 'W', 'zoomIn'),
  plain('ArrowUp', '\u2191', 'zoomIn'),
  plain('KeyS', 'S', 'zoomOut'),
  plain('ArrowDown', '\u2193', 'zoomOut'),
  plain('KeyF', 'F', 'fit'),
  plain('Comma', ',', 'previousEvent'),
  plain('Period', '.', 'nextEvent'),
  plain('Home', 'Home', 'firstEvent'),
  plain('End', 'End', 'lastEvent'),
  shifted('KeyN', 'N', 'previousViolation'),
  plain('KeyN', 'N', 'nextViolation'),
  plain('Enter', 'Enter', 'inspect'),
  plain('BracketLeft', '[', 'selectFromHere'),
  plain('BracketRight', ']', 'selectToHere'),
  shifted('ArrowLeft', '\u2190', 'extendLeft'),
  shifted('ArrowRight', '\u2192', 'extendRight'),
  plain('Escape', 'Esc', 'clearSelection'),
  plain('Slash', '/', 'search'),
  shifted('Slash', '?', 'help'),
];

const BY_KEY: ReadonlyMap<string, TimelineCommand> = new Map(
  KEYS.map(({ code, shift, command }) => [keyOf(code, shift), command]),
);

function keyOf(code: string, shift: boolean): string {
  return shift ? `Shift ${code}` : code;
}

/** The command of a key, or undefined; keys with Ctrl, Alt or Meta belong to the browser. */
export function commandOfKey(key: Key): TimelineCommand | undefined {
  if (key.ctrlKey || key.metaKey || key.altKey) return undefined;
  return BY_KEY.get(keyOf(key.code, key.shiftKey));
}

/** Whether the view does a command by itself. */
export function isViewCommand(command: TimelineCommand): command is ViewCommand {
  return command !== 'inspect' && command !== 'search' && command !== 'help';
}

/** The view after a command; zooms about the playhead if it is in sight, else about the middle. */
export function applyCommand(
  view: ViewState,
  index: TimelineIndex,
  command: ViewCommand,
): ViewState {
  const span = spanOf(view.range);
  const { startUs, endUs } = view.selection ?? view.extent;
  switch (command) {
    case 'zoomIn':
      return zoom(view, focusOf(view), ZOOM_STEP);
    case 'zoomOut':
      return zoom(view, focusOf(view), 1 / ZOOM_STEP);
    case 'panLeft':
      return pan(view, -span * PAN_STEP);
    case 'panRight':
      return pan(view, span * PAN_STEP);
    case 'fit':
      return fit(view);
    case 'nextEvent':
      return moved(view, eventAfter(index, placeOf(view)));
    case 'previousEvent':
      return moved(view, eventBefore(index, placeOf(view)));
    case 'firstEvent':
      return moved(view, eventAfter(index, { seq: -1, timeUs: -1 }));
    case 'lastEvent':
      return moved(view, eventBefore(index, { seq: Infinity, timeUs: Infinity }));
    case 'nextViolation':
      return moved(view, violationAfter(index, placeOf(view)));
    case 'previousViolation':
      return moved(view, violationBefore(index, placeOf(view)));
    // A side without a counterpart reaches to the end of the trace.
    case 'selectFromHere':
      return select(view, endUs > focusOf(view) ? endUs : view.extent.endUs, focusOf(view));
    case 'selectToHere':
      return select(view, startUs < focusOf(view) ? startUs : view.extent.startUs, focusOf(view));
    case 'extendLeft':
      return extended(view, -span * EXTEND_STEP);
    case 'extendRight':
      return extended(view, span * EXTEND_STEP);
    case 'clearSelection':
      return clearSelection(view);
    default:
      return assertUnreachable(command);
  }
}

function moved(view: ViewState, to: Cursor | undefined): ViewState {
  return to === undefined ? view : goTo(view, to);
}

/** Extends the selection and keeps the side that moves in sight. */
function extended(view: ViewState, byUs: number): ViewState {
  const next = extendSelection(view, focusOf(view), byUs);
  const { selection, anchorUs, range } = next;
  if (selection === undefined) return next;
  const sideUs = selection.startUs === anchorUs ? selection.endUs : selection.startUs;
  if (sideUs >= range.startUs && sideUs <= range.endUs) return next;
  const outUs = sideUs < range.startUs ? sideUs - range.startUs : sideUs - range.endUs;
  return show(next, { startUs: range.startUs + outUs, endUs: range.endUs + outUs });
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
