/** What is drawn, read from the strokes: form and colour of each meaning, at every zoom. */
import { describe, expect, it } from 'vitest';
import { EventKind, findEntry, runScenario } from '../../sim/index.ts';
import { tickStep, tickText } from './draw-ruler.ts';
import { drawTimeline } from './draw.ts';
import type { Scene } from './frame.ts';
import { TimelineIndex } from './index-builder.ts';
import { layOut, type Row } from './layout.ts';
import { DARK, FORCED, LIGHT } from './palette.ts';
import { eventsOfTurns, indexOf, type MadeEvent } from './testing/made-trace.ts';
import { recordingPen, type Stroke } from './testing/recording-pen.ts';
import { sceneOf } from './testing/scene.ts';
import { newView, show } from './view-state.ts';

const overlap: MadeEvent[] = [
  { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 200 },
  { kind: EventKind.enter, lane: 1, hold: 2, timeUs: 400 },
  { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 600 },
  { kind: EventKind.exit, lane: 1, hold: 2, timeUs: 700 },
];

function strokesOf(scene: Scene): Stroke[] {
  const { pen, strokes } = recordingPen();
  drawTimeline(pen, scene);
  return strokes;
}

function rowOf(scene: Scene, kind: Row['kind'], lane = -1): Row {
  const row = scene.layout.rows.find((one) => one.kind === kind && one.lane === lane);
  if (row === undefined) throw new Error(`expected a row ${kind}`);
  return row;
}

/** The strokes that lie within a row, by the height of their first point. */
function inRow(strokes: readonly Stroke[], row: Row): Stroke[] {
  return strokes.filter(({ at }) => {
    const y = at[1] as number;
    return y >= row.top && y <= row.top + row.height;
  });
}

describe('a lane', () => {
  it('shows a hold over the full height, solid, in its place', () => {
    const scene = sceneOf(indexOf(overlap, 1_000));
    const row = rowOf(scene, 'lane', 0);
    const bars = inRow(strokesOf(scene), row).filter(
      ({ op, colour }) => op === 'fillRect' && colour === LIGHT.holding,
    );
    expect(bars.map(({ at }) => at)).toEqual([[96 + 200, row.top + 1, 400, row.height - 2]]);
  });

  it('shows a wait in a third of the height, as lines', () => {
    const scene = sceneOf(indexOf(eventsOfTurns([[{ restUs: 100, waitUs: 300, holdUs: 600 }]])));
    const row = rowOf(scene, 'lane', 0);
    const waits = inRow(strokesOf(scene), row).filter(({ colour }) => colour === LIGHT.waiting);
    expect(waits.map(({ op }) => op)).toEqual(['stroke']);
    const ys = (waits[0]?.at ?? []).filter((_, place) => place % 2 === 1);
    expect(Math.min(...ys)).toBeGreaterThanOrEqual(row.top + ((row.height - 2) * 2) / 3);
    expect(ys.length).toBeGreaterThan(40);
  });

  it('shows an overlap by crosshatch and diamond, in both lanes for as long as it was', () => {
    const scene = sceneOf(indexOf(overlap, 1_000));
    const strokes = strokesOf(scene);
    for (const lane of [0, 1]) {
      const row = rowOf(scene, 'lane', lane);
      const bad = inRow(strokes, row).filter(({ colour }) => colour === LIGHT.violated);
      const tint = bad.find(({ op }) => op === 'fillRect');
      expect(tint?.at).toEqual([96 + 400, row.top + 1, 200, row.height - 2]);
      expect(bad.some(({ op, at }) => op === 'stroke' && at.length > 100)).toBe(true);
      expect(bad.filter(({ op }) => op === 'fill').length).toBe(lane);
    }
  });

  it.each([1, 3, 30, 300, 3_000])('still shows it when %i seconds are seen', (seconds) => {
    const scene = sceneOf(indexOf(overlap, seconds * 1_000_000));
    const strokes = strokesOf(scene);
    for (const lane of [0, 1]) {
      const bad = inRow(strokes, rowOf(scene, 'lane', lane));
      expect(bad.some(({ colour }) => colour === LIGHT.violated)).toBe(true);
    }
    for (const kind of ['holders', 'minimap'] as const) {
      const strip = inRow(strokes, rowOf(scene, kind));
      expect(strip.some(({ colour }) => colour === LIGHT.violated)).toBe(true);
    }
  });

  it('still shows it as columns, among thousands of holds', () => {
    const clean = Array.from({ length: 5_000 }, () => ({ restUs: 50, waitUs: 0, holdUs: 50 }));
    const events = eventsOfTurns([clean]);
    const twice = { kind: EventKind.enter, lane: 1, hold: 9_999, timeUs: 250_075 };
    const all = [...events, twice, { ...twice, kind: EventKind.exit, timeUs: 250_090 }];
    all.sort((one, other) => one.timeUs - other.timeUs);
    const scene = sceneOf(indexOf(all));
    const bad = inRow(strokesOf(scene), rowOf(scene, 'lane', 0)).filter(
      ({ colour }) => colour === LIGHT.violated,
    );
    expect(bad.map(({ op }) => op)).toContain('fillRect');
    expect(bad.map(({ op }) => op)).toContain('fill');
  });

  it('shows no violation where there is none', () => {
    const turns = Array.from({ length: 200 }, () => ({ restUs: 5, waitUs: 5, holdUs: 5 }));
    const strokes = strokesOf(sceneOf(indexOf(eventsOfTurns([turns]))));
    expect(strokes.filter(({ colour }) => colour === LIGHT.violated)).toEqual([]);
  });
});

describe('a hand-over', () => {
  const events = [
    { kind: EventKind.request, lane: 0, hold: 1, timeUs: 0 },
    { kind: EventKind.grant, lane: 0, hold: 1, timeUs: 0 },
    { kind: EventKind.enter, lane: 0, hold: 1, timeUs: 0 },
    { kind: EventKind.request, lane: 2, hold: 2, timeUs: 100 },
    { kind: EventKind.exit, lane: 0, hold: 1, timeUs: 500 },
    { kind: EventKind.grant, lane: 2, hold: 2, timeUs: 500 },
    { kind: EventKind.enter, lane: 2, hold: 2, timeUs: 500 },
    { kind: EventKind.exit, lane: 2, hold: 2, timeUs: 900 },
  ];

  it('joins the lane that let go to the lane that was let in, close by', () => {
    const scene = sceneOf(indexOf(events, 1_000));
    const lines = strokesOf(scene).filter(({ colour }) => colour === LIGHT.handover);
    const middle = (lane: number): number => {
      const row = rowOf(scene, 'lane', lane);
      return row.top + row.height / 2;
    };
    expect(lines[0]?.at.slice(0, 4)).toEqual([596, middle(0), 596, middle(2)]);
  });

  it('is left out where holds are narrow', () => {
    const many = Array.from({ length: 100 }, (_, round) =>
      events.map((event) => ({
        ...event,
        hold: event.hold + round * 2,
        timeUs: event.timeUs + round * 1_000,
      })),
    ).flat();
    const lines = strokesOf(sceneOf(indexOf(many))).filter(
      ({ colour }) => colour === LIGHT.handover,
    );
    expect(lines.flatMap(({ at }) => at)).toEqual([]);
  });
});

describe('the strips', () => {
  it('draw the line at 1, and only what is above it as a violation', () => {
    const scene = sceneOf(indexOf(overlap, 1_000));
    const row = rowOf(scene, 'holders');
    const strip = inRow(strokesOf(scene), row);
    const unit = (row.height - 6) / 2;
    const line = strip.find(({ op, colour }) => op === 'stroke' && colour === LIGHT.text);
    expect(line?.at[1]).toBe(Math.round(row.top + row.height - unit) - 0.5);
    const over = strip.find(({ op, colour }) => op === 'fillRect' && colour === LIGHT.violated);
    expect(over?.at).toEqual([96 + 400, row.top + 6, 200, unit]);
  });

  it('say what a log does not record', () => {
    const texts = strokesOf(sceneOf(indexOf(overlap, 1_000))).filter(
      ({ text }) => text === 'not recorded',
    );
    expect(texts).toHaveLength(3);
  });

  it('draw ledger and aggregator, and shade the gap', () => {
    const name = 'snapshot-gap';
    const scenario = findEntry(name)?.scenario;
    if (scenario === undefined) throw new Error(`expected ${name} in the gallery`);
    const index = new TimelineIndex({ symbols: scenario.symbols.length });
    index.finish(runScenario(scenario, { keepTrace: false, readers: [index.append] }).elapsedUs);
    const scene = sceneOf(index);
    const lane = inRow(strokesOf(scene), rowOf(scene, 'pnl'));
    expect(lane.some(({ op, dash }) => op === 'stroke' && dash.length === 2)).toBe(true);
    expect(lane.filter(({ colour }) => colour === LIGHT.handover).length).toBeGreaterThan(50);
  });
});

describe('the whole drawing', () => {
  const busy = indexOf(
    eventsOfTurns(
      [30, 31, 32].map((holdUs) =>
        Array.from({ length: 40 }, () => ({ restUs: 20, waitUs: 9, holdUs })),
      ),
    ),
  );
  const view = show(newView(busy.extent()), { startUs: 100.5, endUs: 900.25 });
  const cursor = { seq: 5, timeUs: 400 };
  const full = {
    view: { ...view, cursor, selection: { startUs: 200, endUs: 300 } },
    hover: { lane: 1, timeUs: 450 },
    marks: [150, 151, 600],
  };

  it.each([
    ['light', LIGHT, 'wide', 1],
    ['dark', DARK, 'compact', 1.5],
    ['forced', FORCED, 'narrow', 2],
  ] as const)('in %s colours has only finite numbers and colours of the palette', (...given) => {
    const [, palette, form, ratio] = given;
    const layout = layOut({ width: 390, lanes: 4, form });
    const { pen, strokes, ratio: drawn } = recordingPen();
    drawTimeline(pen, sceneOf(busy, { ...full, palette, layout, ratio }));
    expect(drawn()).toBe(ratio);
    const colours = new Set<string | boolean>(Object.values(palette));
    for (const stroke of strokes) {
      expect(stroke.at.every((number) => Number.isFinite(number))).toBe(true);
      expect(colours.has(stroke.colour)).toBe(true);
      if (stroke.op === 'fillRect')
        expect(Math.min(...stroke.at.slice(2))).toBeGreaterThanOrEqual(0);
    }
    expect(strokes.length).toBeGreaterThan(30);
  });

  it('puts an edge round holds where the colours are not ours', () => {
    const edges = strokesOf(sceneOf(busy, { ...full, palette: FORCED })).filter(
      ({ op }) => op === 'strokeRect',
    );
    expect(edges.length).toBeGreaterThan(10);
  });

  it('of an empty trace, or a plot without width, is no error', () => {
    expect(strokesOf(sceneOf(new TimelineIndex({ symbols: 0 }))).length).toBeGreaterThan(0);
    const layout = layOut({ width: 0, lanes: 4, form: 'wide' });
    expect(strokesOf(sceneOf(busy, { layout })).length).toBeGreaterThan(0);
  });

  it('costs pixels and not holds', () => {
    const strokes = (holds: number): number => {
      const lane = Array.from({ length: holds }, () => ({ restUs: 9, waitUs: 5, holdUs: 9 }));
      return strokesOf(sceneOf(indexOf(eventsOfTurns([lane])))).length;
    };
    expect(strokes(60_000)).toBeLessThan(1.5 * strokes(3_000));
  });
});

describe('the ruler', () => {
  it.each([
    [1, 1],
    [3, 5],
    [84, 100],
    [100, 100],
    [101, 200],
    [6_000_000, 10_000_000],
  ])('steps of at least %i us are %i us', (us, step) => {
    expect(tickStep(us)).toBe(step);
  });

  it('says times with the digits that tell two ticks apart', () => {
    expect(tickText(12_500, 500)).toBe('12.5 ms');
    expect(tickText(12_000, 2_000)).toBe('12 ms');
    expect(tickText(12_340, 20)).toBe('12.34 ms');
    expect(tickText(12_345, 5)).toBe('12.345 ms');
    expect(tickText(61_002_000, 2_000)).toBe('61.002 s');
    expect(tickText(90_000_000, 10_000_000)).toBe('90 s');
  });
});
