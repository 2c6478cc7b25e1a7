/** What the explorer's worker and its helpers say to each other: a part, and what came of it. */
import type { PartResult, Scenario, SearchSettings, SearchTally } from '../../sim/index.ts';

/** The search that all of them do parts of. */
export interface PartedSearch {
  readonly scenario: Scenario;
  readonly settings: SearchSettings;
}

export interface PartApi {
  /** What comes of a part; as far as it came, once it was stopped. */
  searchPart(
    search: PartedSearch,
    part: number,
    onTally: (tally: SearchTally) => void,
  ): Promise<PartResult>;
  /** Ends the part at hand with what it has. */
  stop(): void;
}
