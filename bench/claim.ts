/**
 * What a benchmark claims: a sentence, the figure that would show it, and who is measured.
 *
 * A claim measures nothing by itself: the runner starts every subject in a process of its own, in
 * turns, so that neither the order nor what another left in memory decides.
 */

/** One measurement: the figure in the claim's unit, and more that is worth knowing beside it. */
export interface Measurement {
  readonly value: number;
  /** True where another process did the work, so that this one's processor time says nothing. */
  readonly isElsewhere?: boolean;
  readonly detail?: Readonly<Record<string, number>>;
}

/** A measurement as the runner keeps it. */
export interface Sample extends Measurement {
  /**
   * Processor time of the measurement divided by the time it took; under 1 the machine was busy.
   * Undefined where another process did the work.
   */
  readonly coreShare?: number;
}

/** Something that is measured. */
export interface Subject {
  readonly name: string;
  /** What we claim something of; what we compare it with; or a limit that nothing can pass. */
  readonly role: 'ours' | 'peer' | 'limit';
  /** One measurement; the process ends after it. Warms itself up where that matters. */
  measure(): Promise<Measurement> | Measurement;
}

/** What `medians` (by subject) must be, in words and as a test. */
export interface Goal {
  readonly text: string;
  holds(medians: ReadonlyMap<string, number>): boolean;
}

/** One benchmark: the single export, named `claim`, of a `*.bench.ts` file. */
export interface Claim {
  readonly name: string;
  /** What is claimed, in one sentence. */
  readonly says: string;
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly goal: Goal;
  /** How often each subject is measured; odd, so that the median is a measurement. */
  readonly rounds: number;
  readonly subjects: readonly Subject[];
}

/** A goal for one subject's median. */
export function atLeast(subject: string, value: number, text: string): Goal {
  return { text, holds: (medians) => (medians.get(subject) ?? -Infinity) >= value };
}

/** A goal for one subject's median. */
export function atMost(subject: string, value: number, text: string): Goal {
  return { text, holds: (medians) => (medians.get(subject) ?? Infinity) <= value };
}
