/** The parts of a JSON document that a run and a log have in common. */
import type { CheckResult, LockStats, Reconciliation } from '../../sim/index.ts';

/** Checks with the fields that scripts rely on, and what each measured. */
export function checkDocuments(checks: readonly CheckResult[]): object[] {
  return checks.map((check) => ({
    id: check.id,
    verdict: check.verdict,
    required: check.required,
    examined: check.examined,
    count: check.count,
    evidence: check.evidence,
    measured: check.measured,
  }));
}

/** Lock figures; times in microseconds. */
export function lockDocument(lock: LockStats): object {
  return { ...lock };
}

/** The reconciliation; decimals as text, `perSymbol` the ledger's figure by name. */
export function pnlDocument(pnl: Reconciliation): object {
  return {
    perSymbol: Object.fromEntries(pnl.symbols.map((symbol) => [symbol.name, symbol.ledger])),
    ledgerTotal: pnl.ledgerTotal,
    aggregatorTotal: pnl.aggregatorTotal,
    difference: pnl.difference,
    symbols: pnl.symbols,
    partedAt: pnl.partedAt ?? null,
    missing: pnl.missing,
    missingCount: pnl.missingCount,
  };
}
