/** What a command has to tell, before it becomes text for people or a document for scripts. */
import type {
  CheckId,
  EventRef,
  LogResult,
  RunResult,
  Schedule,
  Story,
  Verdict,
} from '../../sim/index.ts';
import type { Picture } from '../evidence/hold-window.ts';
import type { Expected } from './expectation.ts';

/** The place of the first violation, and what is needed to draw it. */
export interface Scene {
  readonly check: CheckId;
  readonly picture: Picture;
  readonly marks: readonly EventRef[];
}

/** What both kinds of report have. */
interface Report {
  /** The verdict with everything taken into account that no check sees: a link's digest, a cut. */
  readonly verdict: Verdict;
  readonly cancelled: boolean;
  /** How much was judged, 0 to 1; undefined where the whole is not known. */
  readonly progress: number | undefined;
  /** Sentences that say why the outcome is worth less than its checks. */
  readonly reservations: readonly string[];
  readonly scene: Scene | undefined;
  readonly expected: Expected | undefined;
  /** The command line that gives this outcome again. */
  readonly again: string;
  readonly tookMs: number;
}

export interface RunReport extends Report {
  readonly result: RunResult;
  /** The gallery name, the file, or `link`. */
  readonly name: string;
  /** What the scenario shows, in a sentence, where it comes from the gallery. */
  readonly shows: string | undefined;
  /** The link that runs it again, with the digest to expect if the run came to its end. */
  readonly url: string;
  /** The digest that a link promised. */
  readonly promised: { readonly digest: string; readonly kept: boolean } | undefined;
  /** The schedule that was replayed; undefined for the default run. */
  readonly schedule: Schedule | undefined;
  /** How a replay came to its violation. */
  readonly story: Story | undefined;
  /** What was written where. */
  readonly files: { readonly directory: string; readonly names: readonly string[] } | undefined;
}

export interface LogReport extends Report {
  readonly result: LogResult;
  /** The file, or `standard input`. */
  readonly name: string;
}
