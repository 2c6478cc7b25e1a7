/** When a hold shared the resource: the stretches in which another hold lasted as well. */
import type { TimelineIndex } from './index-builder.ts';
import type { TimeRange } from './view-state.ts';

/**
 * The stretches of the hold in `row` of `lane` during which anybody else was inside, joined where
 * they touch. A hold that lasts ends at the trace's present end.
 */
export function overlapsOf(index: TimelineIndex, lane: number, row: number): TimeRange[] {
  const own = index.byLane[lane]?.holds;
  if (own === undefined) return [];
  const startUs = own.startUs(row);
  const endUs = Math.min(own.endUs(row), index.endUs);
  const found: TimeRange[] = [];
  index.byLane.forEach(({ holds }, other) => {
    const end = holds.endBefore(endUs);
    for (let at = holds.firstLasting(startUs); at < end; at++) {
      if (other === lane && at === row) continue;
      const from = Math.max(startUs, holds.startUs(at));
      const to = Math.min(endUs, holds.endUs(at));
      if (from < to) found.push({ startUs: from, endUs: to });
    }
  });
  return joined(found);
}

function joined(ranges: TimeRange[]): TimeRange[] {
  ranges.sort((one, other) => one.startUs - other.startUs);
  const out: TimeRange[] = [];
  for (const range of ranges) {
    const last = out.at(-1);
    if (last === undefined || range.startUs > last.endUs) out.push(range);
    else if (range.endUs > last.endUs) {
      out[out.length - 1] = { startUs: last.startUs, endUs: range.endUs };
    }
  }
  return out;
}
