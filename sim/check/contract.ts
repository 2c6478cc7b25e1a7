/**
 * What a check is: a fold over events with bounded state that ends in a verdict with evidence.
 *
 * A check sees events and the run's public facts, nothing of the engine, so the same code judges a
 * simulated run, an explored one, a live stream and a foreign log.
 */
import type { EventKind, EventRef, EventView } from '../trace/event.ts';
import type { TraceEnd } from '../trace/observer.ts';
import type { TraceBook } from '../trace/book.ts';

export const CHECK_IDS = [
  'lock.pairing',
  'lock.exclusion',
  'lock.ownership',
  'lock.fifo',
  'lock.bypass',
  'lock.lost-wakeup',
  'lock.deadlock',
  'lock.starvation',
  'lock.capacity',
  'socket.alternation',
  'socket.recovery',
  'order.at-most-once',
  'order.answered',
  'pnl.total',
  'pnl.ledger',
  'metrics.isolation',
  'risk.breaker',
  'risk.close-allowed',
  'risk.exposure',
  'run.concurrency',
  'run.throughput',
  'run.latency',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** Worst first when verdicts are combined: violated, inconclusive, passed. */
export type Verdict = 'passed' | 'violated' | 'inconclusive';

/** Where the events come from, and which kinds that source is able to carry at all. */
export interface Source {
  readonly kind: 'simulated' | 'explored' | 'live' | 'log';
  readonly carries: ReadonlySet<EventKind>;
  /** Whether every event has a time that means something. */
  readonly timed: boolean;
  /** Checks whose verdicts make the overall one. */
  readonly required: ReadonlySet<CheckId>;
}

/** What a lock promises about the order of its waiters. */
export type FairnessPromise =
  | { readonly kind: 'fifo' }
  | { readonly kind: 'bypass'; readonly max: number }
  | { readonly kind: 'unfair' };

/** Limits that the verdict uses; every one of them stands in the scenario. */
export interface Thresholds {
  readonly symbolsMin: number;
  readonly intervalUsMax: number;
  readonly tradesPerSecondMin: number;
  readonly latencyUsMax: number;
  readonly breakerTripsMax: number;
  /** How far the aggregator may be from the ledger, in cents; 0 asks for equality. */
  readonly toleranceCents: number;
  /** A waiter that waits longer counts as starved, in microseconds. */
  readonly starvationUs: number;
  /** How long a run may take to settle once faults have stopped, in microseconds. */
  readonly recoveryUs: number;
}

/** Limits that the engine's risk rules promise to keep. */
export interface RiskPromise {
  readonly exposureTotalBpMax: number;
  readonly exposureSymbolBpMax: number;
  readonly breakerLosses: number;
  readonly breakerLossCents: number;
  readonly halfOpenTrades: number;
}

/** The public facts of a run: names for prose, promises and thresholds for judging. */
export interface Facts {
  readonly symbolNames: readonly string[];
  readonly fairness: FairnessPromise;
  readonly thresholds: Thresholds;
  readonly risk: RiskPromise;
  /** True where amounts were read as printed, rounded to cents one by one. */
  readonly printed: boolean;
  /** Names of tasks by id, for those that belong to no symbol; may grow while the trace is read. */
  readonly taskNames: readonly string[];
  /** What `seq` counts: events of a trace, or lines of a log, which may begin and end anywhere. */
  readonly place: 'event' | 'line';
  /** False where the clock is abstract, as in an exploration: then no duration breaks a promise. */
  readonly durations: boolean;
  /** ZMQ_REQ_RELAXED: a request may be sent before the reply to the last one came. */
  readonly relaxed: boolean;
}

/**
 * One finding in prose. `template` has `{name}` gaps and is the key under which other languages
 * translate it; `text` is the template filled in English.
 */
export interface Evidence {
  readonly template: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
  readonly at: readonly EventRef[];
}

/** What a fold ends in; `examined` counts the occasions on which the property could have failed. */
export interface Finding {
  readonly verdict: Verdict;
  readonly examined: number;
  /** How many violations there were; `evidence` shows the first few. */
  readonly count: number;
  readonly evidence: readonly Evidence[];
  /** Measured figures for tables, as text or numbers, by name. */
  readonly measured: Readonly<Record<string, string | number>>;
}

/** One check at work on one trace. */
export interface CheckFold {
  /** How many violations it has found by now; the end of the trace may show more. */
  readonly findings: { readonly count: number };
  /** Called as a method, with an event that `book` has taken in already. */
  readonly step: (event: EventView, book: TraceBook) => void;
  finish(end: TraceEnd, book: TraceBook): Finding;
}

export interface Check {
  readonly id: CheckId;
  /** The property in one sentence, for people. */
  readonly claim: string;
  /**
   * Kinds that `step` is called with; a source that cannot carry one of `needs` is inconclusive.
   */
  readonly reads: readonly EventKind[];
  readonly needs: readonly EventKind[];
  /** True where times must mean something. */
  readonly timed: boolean;
  start(facts: Facts): CheckFold;
}

/** A check's outcome with its place in the overall verdict. */
export interface CheckResult extends Finding {
  readonly id: CheckId;
  readonly required: boolean;
}

/** How many findings a check keeps as evidence; it counts all. */
export const EVIDENCE_MAX = 5;

/**
 * Fills a template's `{name}` gaps; a gap without a value is a programmer's mistake left visible.
 */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap));
}

/** Makes evidence out of a template, its values and the events that it speaks of. */
export function evidence(
  template: string,
  values: Readonly<Record<string, string | number>>,
  at: readonly EventRef[],
): Evidence {
  return { template, values, text: fill(template, values), at };
}
