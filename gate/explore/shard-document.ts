/**
 * What a shard leaves behind for those who put shards together: what was searched, how, and what
 * came of each part.
 */
import type { ExploreReport } from '../report/explore-report.ts';

/** A document of another format is of another version of the lab, whose parts may be others. */
export const SHARD_FORMAT = 'interlock.shard.2';

/** The field `shard` of an exploration's document. */
export function shardDocument(report: ExploreReport): object {
  const { named, bounds, harvest, searchMs, words } = report;
  const { name, source, shows, scenario } = named;
  return {
    format: SHARD_FORMAT,
    name,
    source,
    shows: shows ?? null,
    scenario,
    bounds,
    searchMs,
    words,
    harvest,
  };
}
