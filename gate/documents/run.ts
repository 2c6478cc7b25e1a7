/** A run as a JSON document: the fields of the contract first, then what else is worth having. */
import { acceptanceTable } from '../../sim/index.ts';
import type { RunReport } from '../report/report.ts';
import { checkDocuments, lockDocument, pnlDocument } from './checks.ts';

/** The document: the same whenever the run is repeated, so without durations and directories. */
export function runDocument(report: RunReport): object {
  const { result } = report;
  return {
    verdict: report.verdict,
    checks: checkDocuments(result.checks),
    digest: result.digest,
    lock: lockDocument(result.lock),
    ticks: result.ticks,
    trades: result.trades,
    pnl: pnlDocument(result.pnl),
    name: report.name,
    title: result.scenario.title,
    seed: result.scenario.seed,
    complete: result.complete,
    cancelled: report.cancelled,
    progress: report.progress ?? null,
    reservations: report.reservations,
    acceptance: acceptanceTable(result),
    elapsedUs: result.elapsedUs,
    events: result.events,
    steps: result.steps,
    url: report.url,
    promisedDigest: report.promised ?? null,
    expected: report.expected ?? null,
    scenario: result.scenario,
  };
}
