/**
 * pnl.ledger: the gateway's books equal a double-entry ledger of its own executions.
 *
 * Every `books` event is compared with the ledger as it stands then, a symbol or the whole account,
 * and must be equal to the cent. Where executions were printed, each may be off by half a cent. The
 * ledger's own trial balance must be zero.
 */
import { assert } from '../../base/assert.ts';
import { amountText, exactAmount, isWithin } from '../../base/figure.ts';
import { formatCents } from '../../base/format-cents.ts';
import { EventKind, type EventView, NONE } from '../../trace/event.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';

const OFF =
  'The books of {symbol} say {books}, its executions ({executions}) add up to {ledger}: {difference} apart.';
const NO_BOOKS =
  'The executions ({executions}) add up to {ledger}, and the gateway showed no books.';

class PnlLedger implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView, { ledger }: TraceBook): void {
    this.findings.examined += 1;
    const { symbol } = event;
    const account = symbol === NONE;
    const ours = account ? ledger.total : ledger.realised(symbol);
    if (event.value === ours) return;
    const executions = account ? ledger.posted : ledger.postings(symbol);
    const toleranceCents = this.#facts.printed ? (executions + 1) / 2 : 0;
    const exactOurs = exactAmount(ours, false);
    const exactBooks = exactAmount(event.value, false);
    if (isWithin(exactOurs, exactBooks, toleranceCents) || !this.findings.violated()) return;
    this.findings.show(
      OFF,
      {
        symbol: symbolName(this.#facts, symbol),
        books: amountText(exactBooks),
        ledger: amountText(exactOurs),
        difference: amountText(exactOurs.minus(exactBooks).abs()),
        executions,
      },
      [refOf(event)],
    );
  }

  finish(end: TraceEnd, { ledger }: TraceBook): Finding {
    const balance = ledger.trialBalance();
    assert(balance === 0, `expected a trial balance of zero, got ${balance}`);
    const text = formatCents(ledger.total);
    const executions = ledger.posted;
    if (this.findings.examined === 0 && executions > 0) {
      this.findings.leaveOpen(NO_BOOKS, { executions, ledger: text }, []);
    }
    return this.findings.finish(end, { ledger: text, executions });
  }
}

export const pnlLedger: Check = {
  id: 'pnl.ledger',
  claim: 'The gateway’s books equal the sum of its executions, a symbol and in all.',
  reads: [EventKind.books],
  needs: [EventKind.fill, EventKind.books],
  timed: false,
  start: (facts) => new PnlLedger(facts),
};
