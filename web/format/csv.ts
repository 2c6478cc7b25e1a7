/** Tables as comma-separated values (RFC 4180), every amount with all its digits. */
import type { Reconciliation } from '../../sim/index.ts';

/** The reconciliation, a row a symbol and one for the total; a log records no exposure. */
export function reconciliationCsv(pnl: Reconciliation, isLog: boolean): string {
  const rows = [
    ['symbol', 'ledger', 'aggregator', 'difference', 'trades', 'wins', 'exposure_bp'],
    ...pnl.symbols.map((row) => [
      row.name,
      row.ledger,
      row.aggregator,
      row.difference,
      String(row.trades),
      String(row.wins),
      isLog ? '' : String(row.exposureBp),
    ]),
    ['total', pnl.ledgerTotal, pnl.aggregatorTotal, pnl.difference, '', '', ''],
  ];
  return csvRows(rows);
}

/** Rows of text, each ended. */
export function csvRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

/** A field; one that a spreadsheet would take for a formula gets an apostrophe. */
export function csvField(value: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
