/** Stepping visits every event once, in order, both ways; and every violation. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind } from '../../sim/index.ts';
import { applyCommand, commandOfKey, type Key } from './commands.ts';
import {
  eventAfter,
  eventBefore,
  firstViolation,
  violationAfter,
  violationBefore,
} from './steps.ts';
import { anyTurns, eventsOfTurns, indexOf } from './testing/made-trace.ts';
import { type Cursor, newView } from './view-state.ts';

const SEED = { seed: 77, numRuns: 150 };
const VISITED: readonly EventKind[] = [EventKind.request, EventKind.enter, EventKind.exit];

/** Walks from one end until there is nothing more; more than `max` steps are a circle. */
function walk(from: Cursor, step: (place: Cursor) => Cursor | undefined, max: number): number[] {
  const seen: number[] = [];
  for (let place = step(from); place !== undefined; place = step(place)) {
    seen.push(place.seq);
    if (seen.length > max) throw new Error(`expected at most ${max} steps`);
  }
  return seen;
}

describe('stepping', () => {
  it('visits every event of any trace in order, forwards and backwards', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const events = eventsOfTurns(turns);
        const index = indexOf(events);
        const all = events.flatMap(({ kind }, seq) => (VISITED.includes(kind) ? [seq] : []));
        const start = { seq: -1, timeUs: -1 };
        const end = { seq: Infinity, timeUs: index.endUs };
        expect(walk(start, (place) => eventAfter(index, place), all.length)).toEqual(all);
        expect(walk(end, (place) => eventBefore(index, place), all.length)).toEqual(
          [...all].reverse(),
        );
      }),
      SEED,
    );
  });

  it('visits every violation of any trace in order, forwards and backwards', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const events = eventsOfTurns(turns);
        const index = indexOf(events);
        let inside = 0;
        const all = events.flatMap(({ kind }, seq) => {
          if (kind === EventKind.exit) inside -= 1;
          if (kind !== EventKind.enter) return [];
          inside += 1;
          return inside > 1 ? [seq] : [];
        });
        const start = { seq: -1, timeUs: -1 };
        const end = { seq: Infinity, timeUs: index.endUs };
        expect(walk(start, (place) => violationAfter(index, place), all.length)).toEqual(all);
        expect(walk(end, (place) => violationBefore(index, place), all.length)).toEqual(
          [...all].reverse(),
        );
        expect(firstViolation(index)?.seq).toBe(all[0]);
        expect(index.violations).toBe(all.length);
      }),
      SEED,
    );
  });

  it('finds an error of the socket, which is a violation and an event', () => {
    const index = indexOf([
      { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 5 },
      { kind: EventKind.socketError, lane: 0, hold: 0, timeUs: 7 },
      { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 9 },
    ]);
    expect(firstViolation(index)).toEqual({ seq: 1, timeUs: 7 });
    expect(eventAfter(index, { seq: 0, timeUs: 5 })).toEqual({ seq: 1, timeUs: 7 });
    expect(eventBefore(index, { seq: 2, timeUs: 9 })).toEqual({ seq: 1, timeUs: 7 });
  });
});

describe('the keyboard', () => {
  const key = (code: string, more: Partial<Key> = {}): Key => ({
    code,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  });

  it('goes by physical keys and leaves the browser its own', () => {
    expect(commandOfKey(key('KeyW'))).toBe('zoomIn');
    expect(commandOfKey(key('KeyN', { shiftKey: true }))).toBe('previousViolation');
    expect(commandOfKey(key('Slash', { shiftKey: true }))).toBe('help');
    expect(commandOfKey(key('KeyF', { ctrlKey: true }))).toBeUndefined();
    expect(commandOfKey(key('KeyQ'))).toBeUndefined();
  });

  it('zooms about the playhead, pans by a tenth, fits, and steps into sight', () => {
    const index = indexOf(
      eventsOfTurns([Array.from({ length: 50 }, () => ({ restUs: 500, waitUs: 0, holdUs: 500 }))]),
    );
    const all = newView(index.extent());
    const at = applyCommand(all, index, 'nextEvent');
    expect(at.cursor).toEqual({ seq: 0, timeUs: 500 });
    let view = at;
    for (let times = 0; times < 12; times++) view = applyCommand(view, index, 'zoomIn');
    expect(view.range.startUs).toBeLessThanOrEqual(500);
    expect(view.range.endUs).toBeGreaterThanOrEqual(500);
    const moved = applyCommand(view, index, 'panRight');
    expect(moved.range.startUs).toBeGreaterThan(view.range.startUs);
    expect(applyCommand(moved, index, 'panLeft').range.startUs).toBeCloseTo(view.range.startUs, 6);
    for (let times = 0; times < 20; times++) view = applyCommand(view, index, 'nextEvent');
    const { cursor, range } = view;
    expect(cursor?.timeUs).toBeGreaterThan(500);
    expect(cursor?.timeUs).toBeLessThanOrEqual(range.endUs);
    expect(applyCommand(view, index, 'fit').range).toEqual(index.extent());
    expect(applyCommand(view, index, 'nextViolation')).toBe(view);
  });
});
