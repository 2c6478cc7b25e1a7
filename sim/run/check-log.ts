/**
 * Judges a log that some engine wrote, as a stream of bytes, by the same checks as a run.
 *
 * Memory does not grow with the log. What a log is able to show is known once it was read, so which
 * checks it requires is decided at its end.
 */
import { Tally } from '../base/tally.ts';
import { CHECKS } from '../check/checks/index.ts';
import { type CheckResult, evidence, type Facts, type Verdict } from '../check/contract.ts';
import { Judge, worst } from '../check/judge.ts';
import { logSource } from '../check/sources.ts';
import { type LockStats, LockStatsFold } from '../metrics/lock-stats.ts';
import { type Reconciliation, ReconciliationFold } from '../metrics/reconciliation.ts';
import { galleryEntry } from '../scenario/gallery/index.ts';
import { EventKind, type EventView } from '../trace/event.ts';
import type { LogPattern } from '../trace/log/pattern.ts';
import { LogReader } from '../trace/log/reader.ts';
import type { LogSummary, Met } from '../trace/log/summary.ts';
import { factsOf } from './facts.ts';

export interface LogCheckOptions {
  /** Forms of lines that are tried before the reference's own. */
  readonly patterns?: readonly LogPattern[];
  /** Called with every event before it is judged; the view is reused for the next. */
  readonly onEvent?: (event: EventView) => void;
}

/** What a log came to. */
export interface LogResult {
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly lock: LockStats;
  /** Undefined where the log prints no totals. */
  readonly pnl: Reconciliation | undefined;
  /** Complete lines, and bytes in all. */
  readonly lines: number;
  readonly bytes: number;
  readonly events: number;
  /** From the first time stamp to the last event, in microseconds; 0 where no line has one. */
  readonly elapsedUs: number;
  readonly symbolNames: readonly string[];
  /** Oddities that did not stop the reading, a sentence each. */
  readonly notes: readonly string[];
  /** Why the log cannot be judged at all: not a log, too many symbols. */
  readonly problem: LogSummary['problem'];
}

export class LogCheck {
  readonly #reader: LogReader;
  readonly #judge: Judge;
  readonly #lockStats = new LockStatsFold();
  readonly #reconciliation: ReconciliationFold;

  constructor(options: LogCheckOptions = {}) {
    const { onEvent } = options;
    const take = (event: EventView): void => {
      onEvent?.(event);
      this.#judge.step(event);
    };
    this.#reader = new LogReader(take, options.patterns);
    const { symbolNames } = this.#reader;
    const facts = logFacts(symbolNames);
    this.#reconciliation = new ReconciliationFold(facts);
    const observers = [this.#lockStats, this.#reconciliation];
    this.#judge = new Judge(logSource(NOTHING), facts, CHECKS, observers);
  }

  /** Events read so far. */
  get events(): number {
    return this.#reader.events;
  }

  /** Takes the next bytes; the chunk may be reused. False once reading on is useless. */
  push(chunk: Uint8Array): boolean {
    this.#reader.push(chunk);
    return this.#reader.problem === undefined;
  }

  /**
   * The outcome of what was read: call once, at the end of the log or wherever reading it was
   * cancelled.
   */
  finish(cancelled: boolean): LogResult {
    const summary = this.#reader.finish();
    const { carries, symbolNames, endUs } = summary;
    const timed = hasTimes(summary);
    const end = { timeUs: endUs, complete: !cancelled };
    const source = logSource({ carries, timed, unreadTotal: summary.unreadTotals.count > 0 });
    const judged = this.#judge.finish(end, source).checks;
    const checks = judged.map((check) => weaken(check, summary));
    const required = checks.filter((check) => check.required);
    const lock = this.#lockStats.finish(end, this.#judge.book);
    return {
      verdict: worst(required.map((check) => check.verdict)),
      checks,
      lock: timed ? lock : withoutTimes(lock),
      pnl: carries.has(EventKind.total) ? this.#reconciliation.finish(this.#judge.book) : undefined,
      lines: summary.lines,
      bytes: summary.bytes,
      events: this.events,
      elapsedUs: endUs,
      symbolNames,
      notes: summary.notes.map((note) => note.text),
      problem: summary.problem,
    };
  }
}

const UNREAD_LOCKS =
  'Lock lines without [SYMBOL] or lock_id: {count}, the first in line {line}. What they say was not ' +
  'checked.';
const UNREAD_TOTALS = 'Final sums that are no number: {count}, the first in line {line}.';

/** A check that passed without seeing all it had to see has not passed. */
function weaken(check: CheckResult, { unreadLockLines, unreadTotals }: LogSummary): CheckResult {
  if (check.id.startsWith('lock.')) return unseen(check, UNREAD_LOCKS, unreadLockLines);
  return check.id === 'pnl.total' ? unseen(check, UNREAD_TOTALS, unreadTotals) : check;
}

/** Leaves open what passed where lines were met that could not be read, and names the first. */
function unseen(check: CheckResult, template: string, { count, line }: Met): CheckResult {
  const open = check.verdict === 'passed' || (check.verdict === 'inconclusive' && check.required);
  if (count === 0 || !open) return check;
  const why = evidence(template, { count, line }, []);
  return { ...check, verdict: 'inconclusive', evidence: [...check.evidence, why] };
}

/** Whether durations mean something: every lock line has a time, and none was moved. */
function hasTimes({ enters, exits, timedLockLines, shiftedLockLines }: LogSummary): boolean {
  return enters > 0 && timedLockLines === enters + exits && shiftedLockLines === 0;
}

/** The statistics without how long holds lasted, which a log with doubtful times does not show. */
function withoutTimes(lock: LockStats): LockStats {
  const holdUs = new Tally().percentiles();
  const perSymbol = lock.perSymbol.map((each) => ({ ...each, holdUs }));
  return { ...lock, heldUs: 0, holdUs, perSymbol };
}

const NOTHING = { carries: new Set<EventKind>(), timed: false };

/** A log promises nothing but a lock; thresholds are the reference's where a check wants one. */
function logFacts(symbolNames: readonly string[]): Facts {
  const facts = factsOf(galleryEntry('reference').scenario, []);
  return { ...facts, symbolNames, printed: true, place: 'line' };
}
