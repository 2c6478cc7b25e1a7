/**
 * Where the bound of a walk through everything falls among its parts.
 *
 * It is spent part after part, in the order of their numbers, as one machine would that does them
 * one by one. Invariant: the more parts are in, the less is left for those after them, never more;
 * so whoever does a part may begin before all that come before it are in. Known limit: such a part
 * may go on past what is left for it in the end, and then is done again up to there; parts after it
 * were done in vain.
 */
import type { PartResult } from './search-result.ts';
import { type SearchSettings, walksAll } from './settings.ts';

/** The part in which the bound falls. */
export interface Border {
  readonly part: number;
  /** Executions that those before it have left for it, at least 1. */
  readonly executionsMax: number;
}

/** Executions in all parts together; the parts of a strategy that draws are bounded as they are. */
export function boundOf({ strategy, schedulesMax }: SearchSettings): number {
  return walksAll(strategy) ? schedulesMax : Infinity;
}

/** The border among parts in the order of their numbers; undefined while there is room for more. */
export function borderOf(
  settings: SearchSettings,
  parts: Iterable<PartResult>,
): Border | undefined {
  let left = boundOf(settings);
  for (const { part, executions } of parts) {
    if (executions >= left) return { part, executionsMax: left };
    left -= executions;
  }
  return undefined;
}
