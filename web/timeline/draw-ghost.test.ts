/** The run before is seen behind the present one, below it, or not at all, and hides nothing. */
import { describe, expect, it } from 'vitest';
import { EventKind } from '../../sim/index.ts';
import { sameLane } from './draw-ghost.ts';
import { drawTimeline } from './draw.ts';
import type { Ghost, Scene } from './frame.ts';
import type { TimelineIndex } from './index-builder.ts';
import { isScrolled, layOut, type Row } from './layout.ts';
import { FORCED, LIGHT } from './palette.ts';
import { eventsOfTurns, indexOf, type MadeEvent } from './testing/made-trace.ts';
import { recordingPen, type Stroke } from './testing/recording-pen.ts';
import { sceneOf } from './testing/scene.ts';
import { TimeMarks } from './time-marks.ts';

const hold = (lane: number, number: number, fromUs: number, toUs: number): MadeEvent[] => [
  { kind: EventKind.enter, lane, hold: number, timeUs: fromUs },
  { kind: EventKind.exit, lane, hold: number, timeUs: toUs },
];
const byTime = (events: MadeEvent[]): MadeEvent[] =>
  events.sort((one, other) => one.timeUs - other.timeUs);

/** Two at once, and then the same one after the other. */
const broken = indexOf(byTime([...hold(0, 1, 100, 500), ...hold(1, 2, 300, 700)]), 1_000);
const repaired = indexOf(byTime([...hold(0, 1, 100, 500), ...hold(1, 2, 500, 900)]), 1_000);

const ghostOf = (index: TimelineIndex, mode: Ghost['mode']): Ghost => {
  return { index, mode, laneNames: ['BTC before', 'ETH before', 'XAU before', 'EUR before'] };
};

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

function inRow(strokes: readonly Stroke[], { top, height }: Row): Stroke[] {
  return strokes.filter(({ at }) => {
    const y = at[1] as number;
    return y >= top && y <= top + height;
  });
}

describe('the ghost of the run before', () => {
  it('outlines its holds in dashes, in the colour of what they were, behind the present ones', () => {
    const scene = sceneOf(repaired, { ghost: ghostOf(broken, 'ghost') });
    const row = rowOf(scene, 'lane', 1);
    const strokes = inRow(strokesOf(scene), row);
    const outline = strokes.findIndex(
      ({ op, colour, dash }) => op === 'stroke' && colour === LIGHT.violated && dash.length > 0,
    );
    const solid = strokes.findIndex(
      ({ op, colour }) => op === 'fillRect' && colour === LIGHT.holding,
    );
    expect(strokes[outline]?.at).toEqual([396.5, row.top + 0.5, 795.5, row.top + row.height - 0.5]);
    expect(outline).toBeLessThan(solid);
    // The present hold keeps away from the outline's edges.
    const [, y = 0, , height = 0] = strokes[solid]?.at ?? [];
    expect(y).toBeGreaterThan(row.top + 2);
    expect(y + height).toBeLessThan(row.top + row.height - 2);
  });

  it('draws its most holders as a line that nothing of the present run reaches', () => {
    const scene = sceneOf(repaired, { ghost: ghostOf(broken, 'ghost') });
    const row = rowOf(scene, 'holders');
    const line = inRow(strokesOf(scene), row).find(({ dash }) => dash.length > 0);
    const ys = (line?.at ?? []).filter((_, place) => place % 2 === 1);
    expect(Math.min(...ys)).toBeLessThan(row.top + 8);
    const over = inRow(strokesOf(scene), row).filter(({ colour }) => colour === LIGHT.violated);
    expect(over).toEqual([]);
  });

  it('is a profile with notches where single holds are too narrow', () => {
    const many = (gapUs: number): TimelineIndex =>
      indexOf(
        eventsOfTurns(
          [0, 1].map(() =>
            Array.from({ length: 2_000 }, () => ({ restUs: gapUs, waitUs: 0, holdUs: 9 })),
          ),
        ),
      );
    const ghost = ghostOf(many(7), 'ghost');
    const scene = sceneOf(many(60), { ghost });
    const row = rowOf(scene, 'lane', 0);
    const strokes = inRow(strokesOf(scene), row);
    expect(strokes.some(({ op, colour }) => op === 'stroke' && colour === LIGHT.secondary)).toBe(
      true,
    );
    const notches = strokes.filter(({ op, at, colour }) => {
      return op === 'fillRect' && colour === LIGHT.violated && at[1] === row.top && at[3] === 2;
    });
    expect(notches.length).toBeGreaterThan(0);
  });

  it('keeps its form where the colours are not ours', () => {
    const scene = sceneOf(repaired, { ghost: ghostOf(broken, 'ghost'), palette: FORCED });
    const strokes = inRow(strokesOf(scene), rowOf(scene, 'lane', 1));
    expect(strokes.some(({ op, dash }) => op === 'stroke' && dash.length > 0)).toBe(true);
  });

  it('finds the lane of the same symbol, whatever its place', () => {
    expect(sameLane(broken, { kind: 'symbol', symbol: 2 })).toBe(2);
    expect(sameLane(broken, { kind: 'task', task: 2 })).toBe(-1);
    expect(sameLane(broken, undefined)).toBe(-1);
  });
});

describe('the run before, below', () => {
  it('has lanes of its own on the same axis, with its own names and violations', () => {
    const layout = layOut({ width: 1_096, lanes: 4, lanesBefore: 4, form: 'wide' });
    const scene = sceneOf(repaired, {
      layout,
      ghost: ghostOf(broken, 'beside'),
      words: { ...sceneOf(repaired).words, before: 'Before' },
    });
    const strokes = strokesOf(scene);
    const below = inRow(strokes, rowOf(scene, 'laneBefore', 1));
    expect(below.some(({ colour, op }) => op === 'fillRect' && colour === LIGHT.violated)).toBe(
      true,
    );
    const above = inRow(strokes, rowOf(scene, 'lane', 1));
    expect(above.some(({ colour }) => colour === LIGHT.violated)).toBe(false);
    const texts = strokes.filter(({ op }) => op === 'fillText').map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['Before', 'ETH before', 'ETHUSD.s']));
  });
});

describe('many lanes', () => {
  it('are drawn only as far as they are in sight', () => {
    const layout = layOut({ width: 1_096, lanes: 64, form: 'wide', heightMax: 500, scrolled: 300 });
    const laneNames = Array.from({ length: 64 }, (_, lane) => `lane ${lane}`);
    const strokes = strokesOf(sceneOf(repaired, { layout, laneNames }));
    const labels = strokes.filter(({ text }) => text.startsWith('lane '));
    const { lanes, rows } = layout;
    const seen = rows.filter(
      (row) =>
        isScrolled(row) && row.top < lanes.top + lanes.height && row.top + row.height > lanes.top,
    );
    expect(labels).toHaveLength(seen.length);
    expect(seen.length).toBeLessThan(40);
  });
});

describe('what a search has found', () => {
  it('stands below the minimap, in its place, and only while there is a search', () => {
    const found = new TimeMarks();
    found.add(250);
    const scene = sceneOf(repaired, { found });
    const row = rowOf(scene, 'minimap');
    const marks = (of: Scene): Stroke[] =>
      inRow(strokesOf(of), row).filter(
        ({ op, colour }) => op === 'fillRect' && colour === LIGHT.accent,
      );
    const [mark] = marks(scene);
    const [x = 0, , width = 0] = mark?.at ?? [];
    expect(x).toBeLessThanOrEqual(96 + 250);
    expect(x + width).toBeGreaterThan(96 + 250);
    expect(marks(sceneOf(repaired))).toEqual([]);
  });
});

describe('the pointer', () => {
  it('says its exact time on the ruler, inside the drawing', () => {
    for (const timeUs of [10, 999]) {
      const scene = sceneOf(repaired, { hover: { lane: 0, timeUs } });
      const label = strokesOf(scene).find(
        ({ text }) => text === `${(timeUs / 1_000).toFixed(3)} ms`,
      );
      expect(label?.at[0]).toBeGreaterThan(96);
      expect(label?.at[0]).toBeLessThan(96 + 1_000 - 40);
    }
  });
});
