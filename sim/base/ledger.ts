/**
 * The double-entry ledger: the independent truth about money, from executions alone.
 *
 * Append-only: an execution is posted once, as a debit of cash and a credit of the symbol's
 * realised result (a loss the other way round), and nothing is ever taken back. Invariant: the
 * trial balance is zero. It keeps running balances and no postings, so a day of executions takes no
 * more room than one.
 */
import { assert } from './assert.ts';

export class Ledger {
  /** Balances in cents, debits positive. */
  #cash = 0;
  readonly #result: number[] = [];
  readonly #postings: number[] = [];
  #posted = 0;

  /** Posts what one execution realised: whole cents, commission included. */
  post(symbol: number, cents: number): void {
    const cash = this.#cash + cents;
    const result = (this.#result[symbol] ?? 0) - cents;
    if (!Number.isSafeInteger(cash) || !Number.isSafeInteger(result)) {
      assert(false, `expected whole cents within the safe range, got ${cents} on top of ${cash}`);
    }
    this.#cash = cash;
    this.#result[symbol] = result;
    this.#postings[symbol] = (this.#postings[symbol] ?? 0) + 1;
    this.#posted += 1;
  }

  /** Everything that was realised, in cents. */
  get total(): number {
    return this.#cash;
  }

  /** How many executions were posted. */
  get posted(): number {
    return this.#posted;
  }

  /** What one symbol realised, in cents. */
  realised(symbol: number): number {
    const balance = this.#result[symbol] ?? 0;
    return balance === 0 ? 0 : -balance;
  }

  /** How many executions of one symbol were posted. */
  postings(symbol: number): number {
    return this.#postings[symbol] ?? 0;
  }

  /** Debits less credits of all accounts; anything but 0 is a mistake of the ledger itself. */
  trialBalance(): number {
    return this.#result.reduce((sum, balance) => sum + (balance ?? 0), this.#cash);
  }
}
