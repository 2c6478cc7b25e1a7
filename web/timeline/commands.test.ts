/** Every command has a key and every key one meaning; a selection follows the keys that make it. */
import { describe, expect, it } from 'vitest';
import { EventKind } from '../../sim/index.ts';
import { HELP as HELP_EN } from '../shell/help-en.ts';
import { HELP as HELP_ZH } from '../shell/help-zh.ts';
import { applyCommand, commandOfKey, isViewCommand, KEYS, type ViewCommand } from './commands.ts';
import { indexOf } from './testing/made-trace.ts';
import { newView, show, type ViewState } from './view-state.ts';

const press = (code: string, shiftKey = false): ReturnType<typeof commandOfKey> =>
  commandOfKey({ code, shiftKey, ctrlKey: false, metaKey: false, altKey: false });

describe('the table of keys', () => {
  it('gives every key one command, says every command in both languages, and has them all', () => {
    const pressed = KEYS.map(({ code, shift }) => `${code} ${String(shift)}`);
    expect(new Set(pressed).size).toBe(KEYS.length);
    for (const { code, shift, command, caps } of KEYS) {
      expect(press(code, shift)).toBe(command);
      expect(HELP_EN.timelineKeys[command].length).toBeGreaterThan(1);
      expect(HELP_ZH.timelineKeys[command].length).toBeGreaterThan(1);
      expect(caps.at(-1)?.length).toBeGreaterThan(0);
    }
    expect(new Set(KEYS.map(({ command }) => command))).toEqual(
      new Set(Object.keys(HELP_EN.timelineKeys)),
    );
  });

  it('leaves keys with Ctrl, Alt or Meta to the browser, and unknown keys alone', () => {
    for (const held of ['ctrlKey', 'altKey', 'metaKey']) {
      const key = { code: 'KeyF', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
      expect(commandOfKey({ ...key, [held]: true })).toBeUndefined();
    }
    expect(press('KeyQ')).toBeUndefined();
    expect(press('KeyF', true)).toBeUndefined();
  });
});

describe('commands', () => {
  const index = indexOf(
    [
      { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 200 },
      { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 400 },
      { kind: EventKind.enter, lane: 1, hold: 2, timeUs: 600 },
      { kind: EventKind.exit, lane: 1, hold: 2, timeUs: 800 },
    ],
    1_000,
  );
  const start: ViewState = { ...newView(index.extent()), cursor: { seq: 1, timeUs: 400 } };
  const after = (view: ViewState, ...commands: ViewCommand[]): ViewState =>
    commands.reduce((now, command) => applyCommand(now, index, command), view);

  it('go to the first and the last event', () => {
    expect(after(start, 'lastEvent').cursor).toEqual({ seq: 3, timeUs: 800 });
    expect(after(start, 'lastEvent', 'firstEvent').cursor).toEqual({ seq: 0, timeUs: 200 });
  });

  it('select from the playhead on, and up to it', () => {
    const from = after(start, 'selectFromHere');
    expect(from.selection).toEqual({ startUs: 400, endUs: 1_000 });
    const both = after(from, 'lastEvent', 'selectToHere');
    expect(both.selection).toEqual({ startUs: 400, endUs: 800 });
    expect(after(start, 'selectToHere').selection).toEqual({ startUs: 0, endUs: 400 });
    expect(after(both, 'clearSelection').selection).toBeUndefined();
  });

  it('begin anew where the playhead is beyond the other side', () => {
    const both = after(start, 'selectToHere', 'lastEvent', 'selectFromHere');
    expect(both.selection).toEqual({ startUs: 800, endUs: 1_000 });
  });

  it('extend from the playhead, and over it to the other side', () => {
    const later = after(start, 'extendRight', 'extendRight');
    expect(later.selection).toEqual({ startUs: 400, endUs: 440 });
    const back = after(later, 'extendLeft', 'extendLeft', 'extendLeft');
    expect(back.selection).toEqual({ startUs: 380, endUs: 400 });
    expect(after(back, 'extendRight', 'extendRight').selection).toEqual({
      startUs: 400,
      endUs: 420,
    });
  });

  it('keep the side that moves in sight', () => {
    const close = show(start, { startUs: 390, endUs: 410 });
    const wide = Array.from({ length: 60 }, (): ViewCommand => 'extendRight');
    const { selection, range } = after(close, ...wide);
    expect(selection?.endUs).toBeLessThanOrEqual(range.endUs + 1e-6);
    expect(selection?.startUs).toBe(400);
  });

  it('tell those of the view from those of the page', () => {
    expect(KEYS.filter(({ command }) => !isViewCommand(command)).map(({ code }) => code)).toEqual([
      'Enter',
      'Slash',
      'Slash',
    ]);
  });
});
