/** Where a story begins, where in it the playhead stands, and where its neighbours are. */
import type { StoryStep } from '../../sim/index.ts';

type Steps = readonly Pick<StoryStep, 'at'>[];

/** The number of the last step that has begun at event `seq`; -1 before the first. */
export function stepAt(steps: Steps, seq: number | undefined): number {
  return seq === undefined ? -1 : steps.findLastIndex(({ at }) => at.seq <= seq);
}

/** The step to go to, one on or back; undefined at either end. */
export function stepFrom(steps: Steps, seq: number | undefined, way: 1 | -1): number | undefined {
  const to = stepAt(steps, seq) + way;
  return to >= 0 && to < steps.length ? to : undefined;
}

/** The first step's event, and a span of time with all steps in it. */
export interface Opening {
  readonly seq: number;
  readonly range: { readonly startUs: number; readonly endUs: number };
}

/** What is left around a story, as a share of its span, and at least. */
const MARGIN = 0.15;
const MARGIN_US = 100;

/** Where to look when a story opens; undefined where it has no steps. */
export function openingOf(steps: Steps): Opening | undefined {
  const first = steps[0]?.at;
  const last = steps.at(-1)?.at;
  if (first === undefined || last === undefined) return undefined;
  const margin = Math.max(MARGIN_US, (last.timeUs - first.timeUs) * MARGIN);
  return {
    seq: first.seq,
    range: { startUs: first.timeUs - margin, endUs: last.timeUs + margin },
  };
}
