/**
 * The reconciliation: the ledger's figures beside the aggregator's, the exact difference, and why.
 *
 * All amounts are decimal text; a float that an aggregator produced is shown to its last binary
 * digit. Of a log, a symbol's own final figure stands for the ledger where one is printed, amounts
 * agree within half a cent for each that was rounded, and text is empty where the log states
 * nothing.
 */
import { amountText, exactAmount } from '../base/figure.ts';
import type { Ledger } from '../base/ledger.ts';
import type { Decimal } from '../base/money.ts';
import type { Observer } from '../trace/observer.ts';
import type { TraceBook } from '../trace/book.ts';
import { EventKind, type EventRef, type EventView, NONE } from '../trace/event.ts';
import type { OrderRecords } from '../trace/order-records.ts';
import { explainGap, type MissingFill } from './explain-gap.ts';
import { OverwrittenUpdates } from './overwritten.ts';
import { UnbookedFills } from './unbooked.ts';

/** A fill that the aggregator's figure does not contain. */
export interface MissingUpdate {
  readonly order: number;
  readonly symbol: number;
  readonly amount: string;
  readonly at: EventRef;
}

export interface SymbolReconciliation {
  readonly symbol: number;
  readonly name: string;
  readonly ledger: string;
  readonly aggregator: string;
  readonly difference: string;
  readonly trades: number;
  readonly wins: number;
  /** Sum of the fills' exposure, in basis points. */
  readonly exposureBp: number;
}

export interface Reconciliation {
  readonly symbols: readonly SymbolReconciliation[];
  readonly ledgerTotal: string;
  readonly aggregatorTotal: string;
  /** Ledger minus aggregator, exact. */
  readonly difference: string;
  /** The first event after which the two never agreed again. */
  readonly partedAt: EventRef | undefined;
  /** The first updates that are missing; `missingCount` counts all. */
  readonly missing: readonly MissingUpdate[];
  readonly missingCount: number;
  /** Whether the missing updates add up to the difference, within rounding where it was printed. */
  readonly explained: boolean;
}

const MISSING_SHOWN = 100;
/** What a printed amount may be off by. */
const ROUNDING_CENTS = 0.5;

/** What is known of one symbol. */
class Account {
  readonly unbooked = new UnbookedFills();
  trades = 0;
  wins = 0;
  exposureBp = 0;
  /** The aggregator's figure as last stated, in cents or in dollars. */
  figure = 0;
  inDollars = false;
  stated = false;
  /** Figure and ledger when they agreed last: what was printed since then has been rounded anew. */
  agreedFigure = 0;
  agreedLedger = 0;
  /** A log's final figure of the symbol, in cents. */
  books: number | undefined = undefined;
  /** Since when figure and ledger differ; the sequence number is -1 while they agree. */
  partedSeq = -1;
  partedUs = 0;

  part(event: EventView): void {
    if (this.partedSeq >= 0) return;
    this.partedSeq = event.seq;
    this.partedUs = event.timeUs;
  }
}

/** What the reconciliation has to know of its source. */
export interface ReconciliationFacts {
  /** May grow while the trace is read. */
  readonly symbolNames: readonly string[];
  /** True where amounts were read as printed, rounded to cents one by one. */
  readonly printed: boolean;
}

/** Reconciles while the trace is read. */
export class ReconciliationFold implements Observer {
  readonly reads: readonly EventKind[] = [
    ...[EventKind.fill, EventKind.metrics, EventKind.total, EventKind.books],
  ];
  readonly #names: readonly string[];
  readonly #printed: boolean;
  readonly #accounts: (Account | undefined)[] = [];
  readonly #overwritten = new OverwrittenUpdates();
  #accountBooks: number | undefined;
  #total: Decimal | undefined;
  #totalAt: EventRef | undefined;

  constructor(facts: ReconciliationFacts) {
    this.#names = facts.symbolNames;
    this.#printed = facts.printed;
  }

  step(event: EventView, book: TraceBook): void {
    const kind = event.kind;
    if (kind === EventKind.fill) this.#fill(event, book.orders);
    else if (kind === EventKind.metrics) this.#metrics(event, book.ledger);
    else if (kind === EventKind.total) {
      this.#total = exactAmount(event.value, event.b === 1);
      this.#totalAt = { seq: event.seq, timeUs: event.timeUs };
    } else if (!this.#printed) return;
    else if (event.symbol === NONE) this.#accountBooks = event.value;
    else this.#of(event.symbol).books = event.value;
  }

  /** The reconciliation of the trace that `book` has taken in whole. */
  finish({ ledger: executions }: TraceBook): Reconciliation {
    const rows = this.#rows();
    const symbols = rows.map((symbol) => this.#row(symbol, executions));
    const ledger = exactAmount(this.#ledgerCents(rows, executions), false);
    const zero = exactAmount(0, false);
    const figures = rows.reduce((sum, symbol) => sum.plus(figureOf(this.#of(symbol))), zero);
    const stated = rows.some((symbol) => this.#isStated(this.#of(symbol)));
    const known = this.#total !== undefined || stated;
    const aggregator = this.#total ?? figures;
    const difference = ledger.minus(aggregator);
    const missing = this.#missing(rows, ledger.minus(figures), difference);
    const { explained } = explainGap(difference, missing, this.#printed);
    return {
      symbols,
      ledgerTotal: amountText(ledger),
      aggregatorTotal: known ? amountText(aggregator) : '',
      difference: known ? amountText(difference) : '',
      partedAt: known ? this.#partedAt(difference, missing) : undefined,
      missing: missing.slice(0, MISSING_SHOWN).map(shown),
      missingCount: Math.max(missing.length, this.#missingCount(rows)),
      explained,
    };
  }

  /** Every symbol that has a name or was seen. */
  #rows(): number[] {
    const count = Math.max(this.#names.length, this.#accounts.length);
    const all = Array.from({ length: count }, (_, symbol) => symbol);
    return all.filter(
      (symbol) => symbol < this.#names.length || this.#accounts[symbol] !== undefined,
    );
  }

  /** A run states every figure, since one that never moved is 0; a log only what it prints. */
  #isStated(account: Account): boolean {
    return account.stated || !this.#printed;
  }

  #of(symbol: number): Account {
    const known = this.#accounts[symbol];
    if (known !== undefined) return known;
    const made = new Account();
    this.#accounts[symbol] = made;
    return made;
  }

  #fill(event: EventView, orders: OrderRecords): void {
    const account = this.#of(event.symbol);
    if (!orders.again) {
      account.trades += 1;
      if (event.value > 0) account.wins += 1;
    }
    account.exposureBp += orders.find(event.a)?.exposureBp ?? 0;
    account.unbooked.add(event);
    account.part(event);
  }

  #metrics(event: EventView, ledger: Ledger): void {
    const { symbol, value } = event;
    const account = this.#of(symbol);
    const inDollars = event.object === 1;
    const deltaCents = centsOf(value - account.figure, inDollars);
    account.figure = value;
    account.inDollars = inDollars;
    account.stated = true;
    if (event.b === symbol) this.#overwritten.write(event, deltaCents);
    const ours = ledger.realised(symbol);
    if (this.#agrees(ours, account)) {
      account.unbooked.clear();
      account.partedSeq = -1;
      account.agreedFigure = value;
      account.agreedLedger = ours;
      return;
    }
    account.part(event);
    const roundingCents = this.#printed || inDollars ? ROUNDING_CENTS : 0;
    if (event.b === symbol) account.unbooked.book(event.a, deltaCents, roundingCents);
  }

  /** Whether the figure is what the ledger says, as far as its form can show. */
  #agrees(ours: number, account: Account): boolean {
    const { figure, inDollars } = account;
    if (inDollars) return figure === ours / 100;
    if (!this.#printed) return figure === ours;
    const apart = figure - account.agreedFigure - (ours - account.agreedLedger);
    return Math.abs(apart) <= ROUNDING_CENTS * (account.unbooked.count + 2);
  }

  /** What the ledger, or a log's final figures, come to in cents. */
  #ledgerCents(rows: readonly number[], ledger: Ledger): number {
    if (!this.#printed) return ledger.total;
    if (this.#accountBooks !== undefined) return this.#accountBooks;
    return rows.reduce((sum, symbol) => sum + this.#symbolCents(symbol, ledger), 0);
  }

  #symbolCents(symbol: number, ledger: Ledger): number {
    return this.#of(symbol).books ?? ledger.realised(symbol);
  }

  #row(symbol: number, executions: Ledger): SymbolReconciliation {
    const account = this.#of(symbol);
    const ledger = exactAmount(this.#symbolCents(symbol, executions), false);
    const aggregator = figureOf(account);
    const stated = this.#isStated(account);
    return {
      symbol,
      name: this.#names[symbol] ?? `symbol ${symbol}`,
      ledger: amountText(ledger),
      aggregator: stated ? amountText(aggregator) : '',
      difference: stated ? amountText(ledger.minus(aggregator)) : '',
      trades: account.trades,
      wins: account.wins,
      exposureBp: account.exposureBp,
    };
  }

  /** The fills that no figure contains; else the updates that the total has lost by itself. */
  #missing(rows: readonly number[], figureGap: Decimal, totalGap: Decimal): MissingFill[] {
    // A trace that states no figures does not say which of them are missing.
    const unbooked = rows.flatMap((symbol) => {
      const account = this.#of(symbol);
      if (!this.#isStated(account)) return [];
      return account.unbooked.list().map((fill) => ({ ...fill, symbol }));
    });
    const lost = totalGap.minus(figureGap).times(100);
    const overwritten =
      this.#printed || !lost.isInteger() ? [] : this.#overwritten.explain(lost.toNumber());
    return [...unbooked, ...overwritten].sort((x, y) => x.at.seq - y.at.seq);
  }

  #missingCount(rows: readonly number[]): number {
    return rows.reduce((sum, symbol) => {
      const account = this.#of(symbol);
      return sum + (this.#isStated(account) ? account.unbooked.count : 0);
    }, 0);
  }

  #partedAt(difference: Decimal, missing: readonly MissingFill[]): EventRef | undefined {
    let first: Account | undefined;
    for (const account of this.#accounts) {
      if (account === undefined || account.partedSeq < 0) continue;
      if (first === undefined || account.partedSeq < first.partedSeq) first = account;
    }
    if (first !== undefined) return { seq: first.partedSeq, timeUs: first.partedUs };
    return difference.isZero() ? undefined : (missing[0]?.at ?? this.#totalAt);
  }
}

function shown({ order, symbol, cents, at }: MissingFill): MissingUpdate {
  return { order, symbol, amount: amountText(exactAmount(cents, false)), at };
}

function figureOf({ figure, inDollars }: Account): Decimal {
  return exactAmount(figure, inDollars);
}

function centsOf(amount: number, inDollars: boolean): number {
  return inDollars ? amount * 100 : amount;
}
