/** What a live run has to tell: what every run has but a schedule, and what real time adds. */
import type { FeedCounts, Resumed } from '../../bridge/index.ts';
import type { RunReport } from '../report/report.ts';
import type { Intervals } from './intervals.ts';

export interface LiveReport extends Omit<RunReport, 'schedule' | 'story'> {
  /** Where requests went. */
  readonly endpoint: string;
  readonly gateway: 'reference' | 'own';
  /** Whether a bridge stood between. */
  readonly bridge: boolean;
  /** Whether orders were sent, and if not, why. */
  readonly trades: boolean;
  readonly why: readonly string[];
  readonly intervals: readonly Intervals[];
  readonly ticks: FeedCounts | undefined;
  readonly unreadable: { readonly count: number; readonly first: string | undefined };
  /** What an earlier run had left. */
  readonly resumed: Resumed | undefined;
}
