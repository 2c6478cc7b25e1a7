/** Those who go on with a search that is large: threads here, or workers elsewhere. */
import type { Distribution, PartResult, SearchTally } from '../../sim/index.ts';

/** What ends a search before it is over. */
export type Ending = 'late' | 'interrupted';

/** Who watches a search: is shown how far it is, and may end it. */
export interface Watch {
  /** Undefined while the search may go on. */
  readonly ending: Ending | undefined;
  /** Shows what has been tried so far. */
  show(tally: SearchTally): void;
}

/** What a crew leaves behind. */
export interface Watched {
  /** Parts that were cut short, as far as they came. */
  readonly unfinished: readonly PartResult[];
  /** Why not all parts of interest could be done; undefined if they were, or somebody ended it. */
  readonly failure: string | undefined;
}

export interface Crew {
  /** Is called once a search has taken so long in this thread, in milliseconds. */
  readonly afterMs: number;
  /** Calls it, the first time; whether it can begin. Until then the search goes on here. */
  isReady(): boolean;
  /** Does what is left of a search, until it is over or ended. */
  work(parts: Distribution, watch: Watch): Promise<Watched>;
  /** Nobody needs it any more, whether it has worked or not. */
  dismiss(): Promise<void>;
}
