/**
 * risk.close-allowed: no risk rule refuses an order that reduces a position.
 *
 * A refusal by the gateway is none of a rule. An order that a rule refuses need not have been asked
 * for, so occasions are the reducing orders that were, and those refused besides.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView, OrderEffect, RejectReason } from '../../trace/event.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';

const REFUSED =
  '{rule} refused order {order} of {symbol} at {ms} ms, which would have reduced a position.';

class RiskCloseAllowed implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView, book: TraceBook): void {
    if (event.kind === EventKind.order) {
      if (event.b === OrderEffect.reduce) this.findings.examined += 1;
      return;
    }
    const reason = event.b >>> 1;
    if ((event.b & 1) === 0 || reason === RejectReason.gateway) return;
    if (!book.orders.wasAsked(event.a)) this.findings.examined += 1;
    if (!this.findings.violated()) return;
    const symbol = symbolName(this.#facts, event.symbol);
    const values = { rule: ruleName(reason), order: event.a, symbol, ms: formatMs(event.timeUs) };
    this.findings.show(REFUSED, values, [refOf(event)]);
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end);
  }
}

function ruleName(reason: number): string {
  if (reason === RejectReason.exposure) return 'The exposure limit';
  if (reason === RejectReason.breaker) return 'The breaker';
  if (reason === RejectReason.drawdown) return 'The drawdown rule';
  return reason === RejectReason.guardian ? 'The guardian' : `Rule ${reason}`;
}

export const riskCloseAllowed: Check = {
  id: 'risk.close-allowed',
  claim: 'Orders that reduce a position pass every risk rule.',
  reads: [EventKind.order, EventKind.reject],
  needs: [EventKind.order, EventKind.reject],
  timed: false,
  start: (facts) => new RiskCloseAllowed(facts),
};
