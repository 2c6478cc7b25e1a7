/** Does one part of a search after the other, in slices, and says how far it is. */
import { Campaign, type PartResult, scenarioSubject, type SearchTally } from '../../sim/index.ts';
import type { PartApi, PartedSearch } from './part-contract.ts';
import type { ExploreSurroundings } from './target-search.ts';

/** How long to work between two turns, and between two words. */
const TURN_MS = 16;
const TELL_EVERY_MS = 200;
/** Executions between two looks at the clock. */
const SLICE = 8;

export class PartHost implements PartApi {
  readonly #around: ExploreSurroundings;
  /** All parts are of one search: a helper is gone with it. */
  #campaign: Campaign | undefined;
  #isStopped = false;

  constructor(around: ExploreSurroundings) {
    this.#around = around;
  }

  async searchPart(
    { scenario, settings }: PartedSearch,
    part: number,
    onTally: (tally: SearchTally) => void,
  ): Promise<PartResult> {
    this.#isStopped = false;
    this.#campaign ??= new Campaign(scenarioSubject(scenario), settings);
    const search = this.#campaign.search(part);
    let toldMs = this.#around.nowMs();
    while (search.stop === undefined && !this.#isStopped) {
      const untilMs = this.#around.nowMs() + TURN_MS;
      while (search.stop === undefined && this.#around.nowMs() < untilMs) search.advance(SLICE);
      if (untilMs - toldMs >= TELL_EVERY_MS) {
        toldMs = untilMs;
        onTally(search.tally);
      }
      await this.#around.turn();
    }
    return search.result();
  }

  stop(): void {
    this.#isStopped = true;
  }
}
