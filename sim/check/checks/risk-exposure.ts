/**
 * risk.exposure: what executions put at risk stays within the limits, a symbol and in all.
 *
 * An execution that opens adds its order's exposure, one that reduces takes it off, and a round
 * trip adds its own for good, as the reference counts it. Judged when something is added; whoever
 * is above a limit counts once for each execution that adds to it. An order executed twice is at
 * risk twice.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView, OrderEffect } from '../../trace/event.ts';
import type { TraceBook } from '../../trace/book.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';

const SYMBOL_OVER =
  'Order {order} takes {symbol} to {exposure} % at {ms} ms; the limit of a symbol is {limit} %.';
const TOTAL_OVER =
  'Order {order} of {symbol} takes all symbols together to {exposure} % at {ms} ms; the limit is ' +
  '{limit} %.';

class RiskExposure implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();
  readonly #symbolBp: number[] = [];
  #totalBp = 0;
  #symbolBpMax = 0;
  #totalBpMax = 0;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView, book: TraceBook): void {
    const record = book.orders.find(event.a);
    if (record === undefined) return;
    const { symbol } = event;
    const bp = record.exposureBp;
    const before = this.#symbolBp[symbol] ?? 0;
    if (record.effect === OrderEffect.reduce) {
      const taken = Math.min(bp, before);
      this.#symbolBp[symbol] = before - taken;
      this.#totalBp -= taken;
      return;
    }
    this.findings.examined += 1;
    this.#symbolBp[symbol] = before + bp;
    this.#totalBp += bp;
    this.#judge(event, before + bp);
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end, {
      totalBp: this.#totalBp,
      totalBpMax: this.#totalBpMax,
      symbolBpMax: this.#symbolBpMax,
    });
  }

  #judge(event: EventView, symbolBp: number): void {
    const { exposureSymbolBpMax, exposureTotalBpMax } = this.#facts.risk;
    if (symbolBp > this.#symbolBpMax) this.#symbolBpMax = symbolBp;
    if (this.#totalBp > this.#totalBpMax) this.#totalBpMax = this.#totalBp;
    if (symbolBp > exposureSymbolBpMax) {
      if (this.findings.violated()) this.#show(SYMBOL_OVER, event, symbolBp, exposureSymbolBpMax);
    } else if (this.#totalBp > exposureTotalBpMax && this.findings.violated()) {
      this.#show(TOTAL_OVER, event, this.#totalBp, exposureTotalBpMax);
    }
  }

  #show(template: string, event: EventView, bp: number, limitBp: number): void {
    const values = {
      order: event.a,
      symbol: symbolName(this.#facts, event.symbol),
      exposure: bp / 100,
      limit: limitBp / 100,
      ms: formatMs(event.timeUs),
    };
    this.findings.show(template, values, [refOf(event)]);
  }
}

export const riskExposure: Check = {
  id: 'risk.exposure',
  claim: 'Exposure stays within the limits, a symbol and in all.',
  reads: [EventKind.fill],
  needs: [EventKind.order, EventKind.fill],
  timed: false,
  start: (facts) => new RiskExposure(facts),
};
