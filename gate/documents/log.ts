/**
 * The judgement of a log as a JSON document, with the same fields as a run where both have them.
 */
import type { LogReport } from '../report/report.ts';
import { checkDocuments, lockDocument, pnlDocument } from './checks.ts';

/** The document. A log has no digest and no ticks: those are null, never a made-up figure. */
export function logDocument(report: LogReport): object {
  const { result } = report;
  const { pnl } = result;
  return {
    verdict: report.verdict,
    checks: checkDocuments(result.checks),
    digest: null,
    lock: lockDocument(result.lock),
    ticks: null,
    trades: pnl === undefined ? null : pnl.symbols.reduce((sum, each) => sum + each.trades, 0),
    pnl: pnl === undefined ? null : pnlDocument(pnl),
    name: report.name,
    cancelled: report.cancelled,
    progress: report.progress ?? null,
    reservations: report.reservations,
    lines: result.lines,
    bytes: result.bytes,
    events: result.events,
    elapsedUs: result.elapsedUs,
    symbols: result.symbolNames,
    notes: result.notes,
    expected: report.expected ?? null,
    tookMs: report.tookMs,
  };
}
