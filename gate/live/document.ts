/** A live run as a JSON document: the fields of every run, and those of real time. */
import { formatCents, runDocument } from '../../sim/index.ts';
import type { LiveReport } from './report.ts';

/** The document; `digest` names the recording, which nothing reproduces. */
export function liveDocument(report: LiveReport): object {
  const { resumed } = report;
  return {
    ...runDocument(report),
    source: 'live',
    replayable: false,
    endpoint: report.endpoint,
    gateway: report.gateway,
    bridge: report.bridge,
    orders: { sent: report.trades, why: report.why },
    intervals: Object.fromEntries(
      report.intervals.map(({ name, asked, achieved }) => [name, { asked, achieved }]),
    ),
    ticksHeard: report.ticks ?? null,
    unreadableReplies: report.unreadable,
    resumed:
      resumed === undefined ? null : { ...resumed, realised: formatCents(resumed.realisedCents) },
  };
}
