/**
 * pnl.total: the aggregator's last word on its total equals the sum of what was realised.
 *
 * Of a run, the sum is the ledger's and equality is exact unless the scenario allows a tolerance; a
 * float is taken at its exact binary value. Of a log, the sum is that of the final figures a symbol
 * (or of the one final sum), each printed to cents, so rounding may add up to half a cent for each
 * addend and half a cent for the total. The reference's own threshold of 0.001 is measured beside
 * it. A run that got stuck or was cut short has not come to its last word: a difference is
 * inconclusive then.
 */
import { amountText, exactAmount, isWithin } from '../../base/figure.ts';
import { formatCents } from '../../base/format-cents.ts';
import { Decimal } from '../../base/money.ts';
import { EventKind, type EventRef, type EventView, NONE, RunEnd } from '../../trace/event.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf } from '../names.ts';

const OFF =
  'The aggregator ends at {aggregator}, the ledger at {ledger}: {difference} apart, where {tolerance} ' +
  'is allowed.';
const OFF_LINE =
  'The aggregator prints {aggregator} in line {line}, but the final figures of the symbols add up to ' +
  '{ledger}: {difference} apart, where rounding explains {tolerance}.';
const NO_TOTAL = 'The aggregator never stated its total, so nothing can be compared with {ledger}.';
const NOT_DONE =
  'The trace ended before the aggregator was done: it stands at {aggregator}, the ledger at {ledger}.';
const NO_SUM = 'The log prints a total and no final figures to compare it with.';

const REFERENCE_THRESHOLD = '0.001';

class PnlTotal implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();
  /** A log's final figures by symbol, and of the whole account. */
  readonly #books: number[] = [];
  #accountBooks: number | undefined;
  /** As it was stated: cents, or a float in dollars. */
  #total: number | undefined;
  #inDollars = false;
  #totalAt: EventRef = { seq: 0, timeUs: 0 };
  #runEnd: number = RunEnd.done;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView): void {
    const kind = event.kind;
    if (kind === EventKind.total) {
      this.findings.examined += 1;
      this.#total = event.value;
      this.#inDollars = event.b === 1;
      this.#totalAt = refOf(event);
    } else if (kind === EventKind.end) this.#runEnd = event.b;
    else if (!this.#facts.printed) return;
    else if (event.symbol === NONE) this.#accountBooks = event.value;
    else this.#books[event.symbol] = event.value;
  }

  finish(end: TraceEnd, { ledger: executions }: TraceBook): Finding {
    const findings = this.findings;
    const { printed } = this.#facts;
    const stated = this.#total;
    const whole = !printed && !this.#inDollars && Number.isSafeInteger(stated);
    if (stated !== undefined && whole) return this.#finishInCents(end, executions.total, stated);
    const addends = this.#books.filter((figure) => figure !== undefined);
    const known = !printed || addends.length > 0 || this.#accountBooks !== undefined;
    const ledger = exactAmount(printed ? this.#sum(addends) : executions.total, false);
    if (stated === undefined) {
      if (executions.posted > 0) {
        findings.leaveOpen(NO_TOTAL, { ledger: amountText(ledger) }, []);
      }
      return findings.finish(end);
    }
    const total = exactAmount(stated, this.#inDollars);
    if (!known) {
      findings.leaveOpen(NO_SUM, {}, [this.#totalAt]);
      return findings.finish(end, { aggregator: amountText(total) });
    }
    const toleranceCents = printed
      ? (Math.max(1, addends.length) + 1) / 2
      : this.#facts.thresholds.toleranceCents;
    const difference = ledger.minus(total);
    const measured = {
      ledger: amountText(ledger),
      aggregator: amountText(total),
      difference: amountText(difference),
      tolerance: amountText(new Decimal(toleranceCents).div(100)),
      referenceThreshold: REFERENCE_THRESHOLD,
      withinReference: difference.abs().lt(REFERENCE_THRESHOLD) ? 'yes' : 'no',
    };
    if (!isWithin(ledger, total, toleranceCents)) {
      const line = printed ? { line: this.#totalAt.seq } : {};
      const values = { ...measured, difference: amountText(difference.abs()), ...line };
      this.#off(values, end.complete && this.#runEnd !== RunEnd.stuck);
    }
    return findings.finish(end, measured);
  }

  /** The usual case: a run and an aggregator that count whole cents, compared without decimals. */
  #finishInCents(end: TraceEnd, ledger: number, total: number): Finding {
    const { toleranceCents } = this.#facts.thresholds;
    const difference = ledger - total;
    const measured = {
      ledger: formatCents(ledger),
      aggregator: formatCents(total),
      difference: formatCents(difference),
      tolerance: formatCents(toleranceCents),
      referenceThreshold: REFERENCE_THRESHOLD,
      withinReference: difference === 0 ? 'yes' : 'no',
    };
    if (Math.abs(difference) > toleranceCents) {
      const values = { ...measured, difference: formatCents(Math.abs(difference)) };
      this.#off(values, end.complete && this.#runEnd !== RunEnd.stuck);
    }
    return this.findings.finish(end, measured);
  }

  #off(values: Readonly<Record<string, string | number>>, last: boolean): void {
    const at = [this.#totalAt];
    if (!last) this.findings.leaveOpen(NOT_DONE, values, at);
    else if (this.findings.violated()) {
      this.findings.show(this.#facts.printed ? OFF_LINE : OFF, values, at);
    }
  }

  /** What a log's final figures add up to, in cents. */
  #sum(addends: readonly number[]): number {
    if (addends.length === 0) return this.#accountBooks ?? 0;
    return addends.reduce((sum, figure) => sum + figure, 0);
  }
}

export const pnlTotal: Check = {
  id: 'pnl.total',
  claim: 'The aggregated profit equals the sum of what every symbol realised.',
  reads: [EventKind.total, EventKind.books, EventKind.end],
  needs: [EventKind.total, EventKind.books],
  timed: false,
  start: (facts) => new PnlTotal(facts),
};
