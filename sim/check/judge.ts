/**
 * The judge: reads a trace once, lets every check see what it reads, and says what came of it.
 *
 * Invariant: an event is seen by a check if and only if the check reads its kind, in order. A check
 * whose source cannot carry what it needs is inconclusive, whatever it saw. The overall verdict is
 * the worst of the required ones: violated, then inconclusive, then passed; of none it is
 * inconclusive.
 */
import { EventKind, eventName, type EventView } from '../trace/event.ts';
import { BOOK_KINDS, TraceBook } from '../trace/book.ts';
import { newView, readEvent, type Segment } from '../trace/segment.ts';
import {
  type Check,
  CHECK_IDS,
  type CheckFold,
  type CheckId,
  type CheckResult,
  evidence,
  type Evidence,
  type Facts,
  type Finding,
  type Source,
  type Verdict,
} from './contract.ts';
import type { Observer, TraceEnd } from '../trace/observer.ts';

/** What a trace was judged to be. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Every check that was asked for, in the order of CHECK_IDS. */
  readonly checks: readonly CheckResult[];
}

const NOT_CARRIED = 'This check needs what the {source} does not show: {kinds}.';
const NOT_TIMED = 'This check compares times, and not every event of the {source} has one.';

const SOURCE_NAMES = {
  simulated: 'run',
  explored: 'exploration',
  live: 'live run',
  log: 'log',
} as const satisfies Record<Source['kind'], string>;

const KINDS = Math.max(...Object.values(EventKind)) + 1;

/** Who sees every event of some kinds, and the method; to look it up at every event costs more. */
interface Reader {
  readonly owner: CheckFold | Observer;
  readonly step: Observer['step'];
}

export class Judge {
  /** What the trace has come to so far; kept whatever the checks are. */
  readonly book = new TraceBook();
  readonly #source: Source;
  readonly #checks: readonly Check[];
  readonly #folds: readonly CheckFold[];
  /** By kind: whether the book or anybody else reads it, and who else. */
  readonly #isRead: readonly boolean[];
  readonly #readers: readonly (readonly Reader[])[];
  readonly #view = newView();

  /** `observers` read along with the checks: statistics, a reconciliation. */
  constructor(
    source: Source,
    facts: Facts,
    checks: readonly Check[],
    observers: readonly Observer[] = [],
  ) {
    this.#source = source;
    this.#checks = [...checks].sort((x, y) => placeOf(x) - placeOf(y));
    this.#folds = this.#checks.map((check) => check.start(facts));
    const readers: Reader[][] = Array.from({ length: KINDS }, () => []);
    this.#folds.forEach((fold, at) => {
      for (const kind of this.#checks[at]?.reads ?? []) readers[kind]?.push(readerOf(fold));
    });
    for (const observer of observers) {
      for (const kind of observer.reads) readers[kind]?.push(readerOf(observer));
    }
    this.#readers = readers;
    this.#isRead = readers.map(
      ({ length }, kind) => length > 0 || BOOK_KINDS.includes(kind as EventKind),
    );
  }

  /** Takes in a segment; segments come in order and once each. */
  readonly read = (segment: Segment): void => {
    const view = this.#view;
    const heads = segment.head;
    for (let at = 0; at < segment.size; at++) {
      const kind = (heads[at] as number) & 255;
      if (this.#isRead[kind] !== true) continue;
      readEvent(segment, at, view);
      this.step(view);
    }
  };

  /** Takes in one event of a stream. */
  step(event: EventView): void {
    const { book } = this;
    book.step(event);
    const readers = this.#readers[event.kind] as readonly Reader[];
    for (let i = 0; i < readers.length; i++) {
      const { owner, step } = readers[i] as Reader;
      step.call(owner, event, book);
    }
  }

  /** Required checks that are violated whatever comes; a trace that goes on may add to them. */
  violated(): readonly CheckId[] {
    return this.#checks
      .filter((check, at) => {
        const { findings } = this.#folds[at] as CheckFold;
        const isCarried = check.needs.every((kind) => this.#source.carries.has(kind));
        return findings.count > 0 && isCarried && this.#source.required.has(check.id);
      })
      .map(({ id }) => id);
  }

  /** The last word. `source` replaces the first one where only the end shows what it carried. */
  finish(end: TraceEnd, source: Source = this.#source): Judgement {
    const checks = this.#checks.map((check, at) => {
      const finding = (this.#folds[at] as CheckFold).finish(end, this.book);
      return {
        id: check.id,
        required: source.required.has(check.id),
        ...unseen(check, source, finding),
      };
    });
    const required = checks.filter((check) => check.required);
    return { verdict: worst(required.map((check) => check.verdict)), checks };
  }
}

/** The worst of several verdicts; of none it is inconclusive, because nothing was checked. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('violated')) return 'violated';
  return verdicts.length === 0 || verdicts.includes('inconclusive') ? 'inconclusive' : 'passed';
}

/** The finding, or that there is none, where the source cannot carry what the check needs. */
function unseen(check: Check, source: Source, finding: Finding): Finding {
  const missing = check.needs.filter((kind) => !source.carries.has(kind));
  const why: Evidence[] = [];
  const name = SOURCE_NAMES[source.kind];
  if (missing.length > 0) {
    const kinds = missing.map((kind) => eventName(kind)).join(', ');
    why.push(evidence(NOT_CARRIED, { source: name, kinds }, []));
  }
  if (check.timed && !source.timed) why.push(evidence(NOT_TIMED, { source: name }, []));
  if (why.length === 0) return finding;
  return { verdict: 'inconclusive', examined: 0, count: 0, evidence: why, measured: {} };
}

function readerOf(owner: CheckFold | Observer): Reader {
  return { owner, step: owner.step };
}

function placeOf(check: Check): number {
  return CHECK_IDS.indexOf(check.id);
}
