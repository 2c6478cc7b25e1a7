/**
 * What a fold has found so far: counts all of it, keeps the first few as evidence, ends in a
 * verdict.
 *
 * The rule is the same for every check. A violation stays one, however the trace ended. Something
 * left open, or a trace that was cut short, is inconclusive: nothing that was not checked is called
 * passed.
 */
import { formatMs } from '../base/time.ts';
import type { EventRef } from '../trace/event.ts';
import { type Evidence, evidence, EVIDENCE_MAX, type Finding } from './contract.ts';
import type { TraceEnd } from '../trace/observer.ts';

type Values = Readonly<Record<string, string | number>>;

const CUT_SHORT = 'The trace was cut short at {ms} ms; nothing was wrong until then.';

export class Findings {
  /** Occasions on which the property could have failed. */
  examined = 0;
  #count = 0;
  readonly #shown: Evidence[] = [];
  readonly #open: Evidence[] = [];

  get count(): number {
    return this.#count;
  }

  /** Counts a violation; true while its evidence is still wanted, so that others cost no prose. */
  violated(): boolean {
    this.#count += 1;
    return this.#shown.length < EVIDENCE_MAX;
  }

  /** Counts violations of which nothing more is known. */
  countMore(count: number): void {
    this.#count += count;
  }

  /** Keeps the evidence of the violation that was counted last. */
  show(template: string, values: Values, at: readonly EventRef[]): void {
    this.#shown.push(evidence(template, values, at));
  }

  /**
   * Keeps why the trace does not tell; the verdict is inconclusive unless something is violated.
   */
  leaveOpen(template: string, values: Values, at: readonly EventRef[]): void {
    if (this.#open.length < EVIDENCE_MAX) this.#open.push(evidence(template, values, at));
  }

  finish(end: TraceEnd, measured: Values = {}): Finding {
    const { examined } = this;
    const count = this.#count;
    if (count > 0) return { verdict: 'violated', examined, count, evidence: this.#shown, measured };
    const open = this.#open;
    if (!end.complete && open.length === 0) {
      open.push(evidence(CUT_SHORT, { ms: formatMs(end.timeUs) }, []));
    }
    const verdict = open.length > 0 ? 'inconclusive' : 'passed';
    return { verdict, examined, count, evidence: open, measured };
  }
}
