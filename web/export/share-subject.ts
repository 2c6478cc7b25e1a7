/** What is shared and exported: a run that can be repeated, or a log that was judged. */
import type { RunResult, Scenario } from '../../sim/index.ts';
import type { Recorded } from '../live/contract.ts';
import type { WireSegment } from '../workers/engine-contract.ts';
import type { JudgedLog } from './log-report.ts';

/** The verdict in a sentence: its word with its full stop, and the rest. */
export interface SharedSentence {
  readonly word: string;
  readonly rest: string;
}

export interface SharedRun {
  readonly kind: 'run';
  /** The gallery's name; undefined where the scenario is the reader's own. */
  readonly name: string | undefined;
  /** The title in the reader's language. */
  readonly title: string;
  readonly scenario: Scenario;
  /** The schedule that was imposed, as the explorer writes it. */
  readonly schedule: string | undefined;
  /** What the page looks at, as its address says it. */
  readonly view: string | undefined;
  /** The first digits of the digest that a link promised. */
  readonly promised: string | undefined;
  /** Undefined until the run is over. */
  readonly ended: EndedRun | undefined;
  /** Of a run in real time: its trace, since nobody can make it again. Undefined of any other. */
  readonly recording: SharedRecording | undefined;
}

export interface SharedRecording {
  /** What was recorded of it beside the trace. */
  readonly recorded: Recorded;
  /** All of its trace; undefined where the page does not have all of it. */
  readonly segments: readonly WireSegment[] | undefined;
}

export interface EndedRun {
  readonly result: RunResult;
  /** Share of the work that was done: 1 unless somebody stopped the run. */
  readonly judged: number;
  readonly sentence: SharedSentence;
}

export interface SharedLog {
  readonly kind: 'log';
  /** The name of the file. */
  readonly name: string;
  /** The file as it was judged. */
  readonly file: Blob;
  readonly patterns: readonly string[];
  readonly log: JudgedLog;
  readonly sentence: SharedSentence;
}

export type ShareSubject = SharedRun | SharedLog;
