/** The intervals of all symbols together, as one line: what was asked, what was achieved. */
import { US_PER_MS } from '../../../sim/index.ts';
import type { Interval } from '../../live/contract.ts';

/** In milliseconds, as text; undefined where no symbol made two signals. */
export interface Overall {
  readonly asked: string;
  readonly achieved: string;
}

export function overallIntervals(intervals: readonly Interval[]): Overall | undefined {
  const made = intervals.flatMap(({ achievedUs }) =>
    achievedUs === undefined ? [] : [achievedUs],
  );
  if (made.length === 0) return undefined;
  const least = Math.min(...intervals.map(({ askedUs: [from] }) => from));
  const most = Math.max(...intervals.map(({ askedUs: [, to] }) => to));
  const min = Math.min(...made.map((one) => one.min));
  const max = Math.max(...made.map((one) => one.max));
  return {
    asked: `${compactMs(least)}–${compactMs(most)}`,
    achieved: `${compactMs(min)}–${compactMs(max)}`,
  };
}

/** Microseconds as milliseconds with at most one place: nobody asks for more of an interval. */
export function compactMs(us: number): string {
  return String(Math.round((us / US_PER_MS) * 10) / 10);
}
