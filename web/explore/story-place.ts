/** Where in a story the playhead stands, and where the next step and the one before are. */
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
