/** What is inside an overlap, against a naive reading of the same events, and of known runs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind, LogCheck, runScenario, findEntry } from '../../sim/index.ts';
import escapingLog from '../../fixtures/logs/asyncio-escaping-lock.log?raw';
import { blastRadius, ordersIn } from './blast-radius.ts';
import { TimelineIndex } from './index-builder.ts';
import { anyTurns, eventsOfTurns, indexOf, type MadeEvent } from './testing/made-trace.ts';

/** The turns' events with an order in the middle of each hold, filled at once or a little later. */
function traded(turns: Parameters<typeof eventsOfTurns>[0]): MadeEvent[] {
  const events = eventsOfTurns(turns);
  const orders = events.flatMap((event): MadeEvent[] => {
    if (event.kind !== EventKind.enter) return [];
    const { lane, hold, timeUs } = event;
    return [
      { kind: EventKind.order, lane, hold, timeUs: timeUs + (hold % 7) },
      { kind: EventKind.fill, lane, hold, timeUs: timeUs + (hold % 11) * 40, value: hold * 3 - 50 },
    ];
  });
  return [...events, ...orders].sort((one, other) => one.timeUs - other.timeUs);
}

/** Who is inside after each event, by a plain reading. */
function insideAfter(events: readonly MadeEvent[]): number[] {
  const inside = new Set<number>();
  return events.map(({ kind, hold }) => {
    if (kind === EventKind.enter) inside.add(hold);
    if (kind === EventKind.exit) inside.delete(hold);
    return inside.size;
  });
}

describe('the blast radius of any trace', () => {
  it('is every order and fill that happened while more than one was inside', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const events = traded(turns);
        const inside = insideAfter(events);
        const index = indexOf(events);
        const radius = blastRadius(index);
        const fills = events.filter(({ kind }) => kind === EventKind.fill);
        const hit = events.filter(
          ({ kind }, at) =>
            (inside[at] ?? 0) > 1 && (kind === EventKind.fill || kind === EventKind.order),
        );
        const hitFills = hit.filter(({ kind }) => kind === EventKind.fill);
        const sum = (of: readonly MadeEvent[]): number =>
          of.reduce((cents, { value = 0 }) => cents + value, 0);
        expect(radius.all).toEqual({
          orders: fills.length,
          fills: fills.length,
          cents: sum(fills),
        });
        expect(radius.inside).toEqual({
          orders: new Set(hit.map(({ hold }) => hold)).size,
          fills: hitFills.length,
          cents: sum(hitFills),
        });
        const begun = inside.filter((now, at) => now > 1 && (inside[at - 1] ?? 0) < 2).length;
        expect(radius.overlaps).toBe(begun);
      }),
      { seed: 69, numRuns: 200 },
    );
  });

  it('adds up from its stretches, and finds the stretch of every event in one', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const events = traded(turns);
        const inside = insideAfter(events);
        const { overlaps } = indexOf(events);
        const stretches = Array.from({ length: overlaps.size }, (_, row) => overlaps.read(row));
        expect(stretches.reduce((sum, { fills }) => sum + fills, 0)).toBe(overlaps.inside.fills);
        expect(stretches.reduce((sum, { cents }) => sum + cents, 0)).toBe(overlaps.inside.cents);
        events.forEach((_, seq) => {
          const isInside = (inside[seq] ?? 0) > 1;
          const ends = (inside[seq - 1] ?? 0) > 1;
          expect(overlaps.at(seq) !== undefined).toBe(isInside || ends);
        });
        for (const stretch of stretches) {
          const { startSeq, endSeq = events.length - 1, most } = stretch;
          expect(most).toBe(Math.max(...inside.slice(startSeq, endSeq + 1)));
        }
      }),
      { seed: 70, numRuns: 200 },
    );
  });

  it('names the orders of a stretch', () => {
    const events: MadeEvent[] = [
      { kind: EventKind.order, lane: 0, hold: 4, timeUs: 0 },
      { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 1 },
      { kind: EventKind.enter, lane: 1, hold: 2, timeUs: 2 },
      { kind: EventKind.order, lane: 1, hold: 5, timeUs: 3 },
      { kind: EventKind.fill, lane: 0, hold: 4, timeUs: 3, value: 250 },
      { kind: EventKind.fill, lane: 1, hold: 5, timeUs: 3, value: -100 },
      { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 4 },
      { kind: EventKind.order, lane: 1, hold: 6, timeUs: 5 },
    ];
    const stretch = indexOf(events).overlaps.at(4);
    expect(stretch).toMatchObject({ orders: 2, fills: 2, cents: 150, most: 2, endUs: 4 });
    if (stretch === undefined) return;
    const trace = {
      size: events.length,
      read: (seq: number, view: object): boolean => {
        const event = events[seq];
        Object.assign(view, { kind: event?.kind, a: event?.hold });
        return event !== undefined;
      },
    };
    expect(ordersIn(trace, stretch, 10)).toEqual([5, 4]);
    expect(ordersIn(trace, stretch, 1)).toEqual([5]);
  });
});

describe('the blast radius of known traces', () => {
  it('of a real log whose lock escapes is all of its 69 trades', () => {
    const index = new TimelineIndex({ symbols: 0 });
    let seq = 0;
    const check = new LogCheck({ onEvent: (event) => index.step({ ...event, seq: seq++ }) });
    check.push(new TextEncoder().encode(escapingLog));
    const { pnl, elapsedUs } = check.finish(false);
    index.finish(elapsedUs);
    const { inside, all, overlapUs } = blastRadius(index);
    expect([inside.fills, all.fills]).toEqual([69, 69]);
    // Every line of the log is rounded to a cent.
    const roundingCents = 0.5 * (all.fills + 1);
    expect(Math.abs(inside.cents - Number(pnl?.ledgerTotal) * 100)).toBeLessThan(roundingCents);
    expect(overlapUs).toBeLessThanOrEqual(elapsedUs);
  });

  it('of a run whose lock excludes is nothing, of as many orders as there were', () => {
    const scenario = findEntry('reference')?.scenario;
    if (scenario === undefined) throw new Error('expected reference in the gallery');
    const index = new TimelineIndex({ symbols: scenario.symbols.length });
    const run = runScenario(scenario, { keepTrace: false, readers: [index.append] });
    index.finish(run.elapsedUs);
    const { overlaps, inside, all } = blastRadius(index);
    expect(overlaps).toBe(0);
    expect(inside).toEqual({ orders: 0, fills: 0, cents: 0 });
    expect(all.fills).toBe(run.trades);
  });
});
