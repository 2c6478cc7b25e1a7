/** What the lanes of a timeline are called: by their symbols, and a task without one by itself. */
import type { Session } from '../state/session.svelte.ts';
import type { TimelineIndex } from '../timeline/index.ts';

/** A name a lane, in the order of the index's lanes. */
export function laneNamesOf(
  { lanes }: TimelineIndex,
  { symbols, tasks }: Pick<Session, 'symbols' | 'tasks'>,
): readonly string[] {
  return lanes.map((lane) =>
    lane.kind === 'symbol'
      ? (symbols[lane.symbol] ?? `symbol ${lane.symbol}`)
      : (tasks[lane.task] ?? `task ${lane.task}`),
  );
}
