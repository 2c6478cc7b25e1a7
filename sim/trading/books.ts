/**
 * The gateway's own books: what each symbol has realised, in whole cents.
 *
 * They are the gateway's word, which the ledger is held against. `exact` enters every execution
 * once; the other rules are known mistakes, there to be caught.
 */
import { cents } from '../base/money.ts';
import { EventKind, NONE } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';

/**
 * `no-commission` leaves the commission out; `late-duplicate` enters an order again that came
 * again, although it was recognised and not executed.
 */
export type BooksRule = 'exact' | 'no-commission' | 'late-duplicate';

export class Books {
  readonly #rule: BooksRule;
  readonly #realised: Float64Array;
  #total = 0;

  constructor(symbolCount: number, rule: BooksRule) {
    this.#rule = rule;
    this.#realised = new Float64Array(symbolCount);
  }

  /** Realised so far over all symbols, in cents. */
  get total(): number {
    return this.#total;
  }

  /** Realised so far by one symbol, in cents. */
  realised(symbol: number): number {
    return this.#realised[symbol] as number;
  }

  /** Enters an execution that realised `netCents`, of which `commissionCents` were deducted. */
  enter(symbol: number, netCents: number, commissionCents: number): void {
    this.#add(symbol, this.#rule === 'no-commission' ? netCents + commissionCents : netCents);
  }

  /** An order came again, was recognised and not executed; nothing is to be entered. */
  recognised(symbol: number, netCents: number): void {
    if (this.#rule === 'late-duplicate') this.#add(symbol, netCents);
  }

  /** Stamps what one symbol has realised. */
  stampSymbol(recorder: Recorder, task: number, symbol: number): void {
    recorder.stamp(EventKind.books, task, symbol, NONE, 0, 0, this.realised(symbol));
  }

  /** Stamps what the account has realised. */
  stampAccount(recorder: Recorder, task: number): void {
    recorder.stamp(EventKind.books, task, NONE, NONE, 0, 0, this.#total);
  }

  #add(symbol: number, amount: number): void {
    this.#realised[symbol] = cents(this.realised(symbol) + amount);
    this.#total = cents(this.#total + amount);
  }
}
