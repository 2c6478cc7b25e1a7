/**
 * Judges one execution after the other by the same checks: what `Judge` says, for less.
 *
 * Who reads which kind of event is worked out once, and folds are begun anew for each execution, so
 * that nothing of one reaches the next. Invariant: its verdicts are those of `Judge` on the same
 * trace; a test compares them.
 */
import type { Check, CheckFold, CheckId, Facts, Verdict } from '../check/contract.ts';
import { worst } from '../check/judge.ts';
import type { Footprints } from '../kernel/footprints.ts';
import { ExploredRecorder } from '../run/explored-recorder.ts';
import { TraceBook } from '../trace/book.ts';
import { EventKind, type EventView } from '../trace/event.ts';
import type { TraceEnd } from '../trace/observer.ts';

export interface QuickVerdict {
  readonly verdict: Verdict;
  /** In the order of CHECK_IDS. */
  readonly violated: readonly CheckId[];
}

const KINDS = Math.max(...Object.values(EventKind)) + 1;
const NONE_VIOLATED: readonly CheckId[] = [];

export class QuickJudge {
  readonly #checks: readonly Check[];
  readonly #facts: Facts;
  /** By kind: the places of the checks that read it. */
  readonly #readers: readonly (readonly number[])[];
  #recorder: ExploredRecorder | undefined = undefined;
  #recordedIn: Footprints | undefined = undefined;
  #book = new TraceBook();
  readonly #folds: CheckFold[] = [];
  /** The `step` of each; to look it up at every event costs more. */
  readonly #steps: CheckFold['step'][] = [];

  /** `checks` in the order of CHECK_IDS, all of them required. */
  constructor(facts: Facts, checks: readonly Check[]) {
    this.#facts = facts;
    this.#checks = checks;
    this.#readers = Array.from({ length: KINDS }, (_, kind) =>
      checks.flatMap((check, at) => (check.reads.includes(kind as EventKind) ? [at] : [])),
    );
  }

  /** Begins with the next execution: its recorder, which tells this judge of every event. */
  begin(footprints: Footprints): ExploredRecorder {
    this.#start();
    if (this.#recorder === undefined || this.#recordedIn !== footprints) {
      const nothing = { keep: false, readers: [], capacity: 0 };
      this.#recorder = new ExploredRecorder(nothing, footprints, (event) => {
        this.step(event);
      });
      this.#recordedIn = footprints;
    }
    this.#recorder.restart();
    return this.#recorder;
  }

  #start(): void {
    this.#book = new TraceBook();
    const folds = this.#folds;
    for (let at = 0; at < this.#checks.length; at++) {
      const fold = (this.#checks[at] as Check).start(this.#facts);
      folds[at] = fold;
      this.#steps[at] = fold.step;
    }
  }

  /** Takes in one event. */
  step(event: EventView): void {
    const book = this.#book;
    const folds = this.#folds;
    book.step(event);
    const readers = this.#readers[event.kind] as readonly number[];
    for (let i = 0; i < readers.length; i++) {
      const at = readers[i] as number;
      (this.#steps[at] as CheckFold['step']).call(folds[at] as CheckFold, event, book);
    }
  }

  finish(end: TraceEnd): QuickVerdict {
    const verdicts: Verdict[] = [];
    let violated: CheckId[] | undefined;
    for (let at = 0; at < this.#checks.length; at++) {
      const { verdict } = (this.#folds[at] as CheckFold).finish(end, this.#book);
      verdicts.push(verdict);
      if (verdict === 'violated') (violated ??= []).push((this.#checks[at] as Check).id);
    }
    return { verdict: worst(verdicts), violated: violated ?? NONE_VIOLATED };
  }
}
