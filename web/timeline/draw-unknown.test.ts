/** What nobody knows is seen at every zoom, in every palette, and hides what lies below it. */
import { describe, expect, it, test } from 'vitest';
import { unknownOf } from './draw-unknown.ts';
import { drawTimeline } from './draw.ts';
import type { Scene } from './frame.ts';
import { DARK, FORCED, LIGHT } from './palette.ts';
import { eventsOfTurns, indexOf } from './testing/made-trace.ts';
import { recordingPen, type Stroke } from './testing/recording-pen.ts';
import { sceneOf } from './testing/scene.ts';
import { follow, newView, show, spanOf } from './view-state.ts';

const index = indexOf(eventsOfTurns([[{ restUs: 100, waitUs: 0, holdUs: 100 }]]), 1_000);
const unknown = unknownOf([{ startUs: 400, endUs: 600 }]);

function strokesOf(scene: Scene): Stroke[] {
  const { pen, strokes } = recordingPen();
  drawTimeline(pen, scene);
  return strokes;
}

/** What the stretch adds to the picture. */
const added = (more: Partial<Scene> = {}): Stroke[] => {
  const known = strokesOf(sceneOf(index, more)).map((stroke) => JSON.stringify(stroke));
  const all = strokesOf(sceneOf(index, { ...more, unknown }));
  return all.filter((stroke) => !known.includes(JSON.stringify(stroke)));
};

describe('an unknown stretch', () => {
  it('is veiled in its place, over every row below the ruler, and on the minimap', () => {
    const veils = added().filter(({ op }) => op === 'fillRect');
    expect(veils.map(({ at }) => [at[0], at[2]])).toEqual([
      [96 + 400, 200],
      [96 + 400, 200],
    ]);
    const [minimap, axis] = veils;
    const { rows } = sceneOf(index).layout;
    expect(axis?.at[1]).toBe(rows[0]?.height);
    expect(minimap?.at[1]).toBe(rows.at(-1)?.top);
  });

  it.each([LIGHT, DARK, FORCED])(
    'has falling lines and dashed edges, and a sign in words',
    (palette) => {
      const strokes = added({ palette });
      const hatch = strokes.filter(({ op, dash }) => op === 'stroke' && dash.length === 0);
      for (const { at, colour } of hatch) {
        expect(colour).toBe(palette.secondary);
        expect(at.length).toBeGreaterThan(40);
        for (let i = 0; i < at.length; i += 4) {
          expect((at[i + 3] as number) - (at[i + 1] as number)).toBeGreaterThan(0);
        }
      }
      expect(hatch).toHaveLength(2);
      expect(strokes.filter(({ dash }) => dash.length > 0)).toHaveLength(2);
      expect(strokes.filter(({ text }) => text === '?')).toHaveLength(1);
    },
  );

  it('is seen however far away, and not drawn where it is out of sight', () => {
    const long = newView({ startUs: 0, endUs: 100_000_000 });
    const [veil] = added({ view: long }).filter(({ op }) => op === 'fillRect');
    expect(veil?.at[2]).toBe(3);
    const view = show(newView(index.extent()), { startUs: 700, endUs: 900 });
    expect(added({ view }).filter(({ op }) => op === 'fillRect')).toHaveLength(1);
  });
});

test('following keeps the end in sight, with at most so much before it', () => {
  let view = newView({ startUs: 0, endUs: 1_000 });
  view = follow(view, { startUs: 0, endUs: 3_000 }, 2_000);
  expect(view.range).toEqual({ startUs: 1_000, endUs: 3_000 });
  view = follow(show(view, { startUs: 1_500, endUs: 2_000 }), { startUs: 0, endUs: 4_000 }, 2_000);
  expect(view.range).toEqual({ startUs: 3_500, endUs: 4_000 });
  expect(
    spanOf(follow(newView({ startUs: 0, endUs: 0 }), { startUs: 0, endUs: 800 }, 2_000).range),
  ).toBe(800);
});
