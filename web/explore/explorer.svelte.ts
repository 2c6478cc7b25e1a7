/**
 * The explorer as the page sees it: how to search, how far it is, what came of it, the story.
 *
 * Invariant: a search that fails, is cancelled or given up takes nothing away that was seen before;
 * what an earlier search still says is dropped. The story at hand is of one run: scenario and
 * schedule, and `storyOf` gives it only to that one.
 */
import type { Scenario } from '../../sim/index.ts';
import type { Work } from '../workers/engine-contract.ts';
import { type ExploreDoor, exploreDoor, type Exploring } from '../workers/explore-client.ts';
import type {
  ExploreEnd,
  ExploreProgress,
  Found,
  Telling,
  Told,
} from '../workers/explore-contract.ts';
import { SearchCourse } from './search-course.svelte.ts';
import { type Opening, openingOf } from './story-place.ts';

export class Explorer extends SearchCourse<Found> {
  /** What was searched last. */
  subject: Scenario | undefined = $state.raw(undefined);
  end: ExploreEnd | undefined = $state.raw(undefined);
  /** The story at hand. */
  told: Told | undefined = $state.raw(undefined);
  readonly #door: ExploreDoor;
  #exploring: Exploring | undefined;
  /** Counts what was started, so that a late answer does not speak of another search. */
  #searches = 0;

  constructor(door: ExploreDoor = exploreDoor()) {
    super();
    this.#door = door;
  }

  /**
   * Searches, in place of whatever is under way; the smallest violation as a story, or undefined.
   */
  async explore(work: Work): Promise<Told | undefined> {
    this.#exploring?.close();
    this.#begin(work);
    const { plan } = this;
    this.#searches += 1;
    const search = this.#searches;
    const exploring = this.#door.start(work, plan, (progress) => {
      // The last of it may come after the end, by another port.
      if (this.#searches === search && this.isBusy) this.#hear(progress);
    });
    this.#exploring = exploring;
    try {
      const end = await exploring.ended;
      if (this.#searches !== search) return undefined;
      this.end = end;
      this.subject = end.scenario;
      this.progress = end.progress;
      this.phase = 'done';
      if (end.violation !== undefined) this.told = end.violation.told;
      return end.violation?.told;
    } catch (cause) {
      if (this.#searches === search) this.#fail(cause);
      return undefined;
    } finally {
      if (this.#searches === search) this.#exploring = undefined;
    }
  }

  /** Ends the search, or the shrinking, with what it has. */
  cancel(): void {
    if (this.#exploring === undefined) return;
    this.isEnding = true;
    this.#exploring.cancel();
  }

  /** What a schedule tells, kept as the story at hand; undefined where the worker went. */
  async tell(scenario: Scenario, schedule: string): Promise<Telling | undefined> {
    try {
      const telling = await this.#door.tell(scenario, schedule);
      if (telling.kind === 'told') this.told = telling.told;
      return telling;
    } catch (cause) {
      this.failure = reasonOf(cause);
      return undefined;
    }
  }

  /** The story of that run; undefined where the one at hand is of another. */
  storyOf(scenario: Scenario | undefined, schedule: string | undefined): Told | undefined {
    const { told } = this;
    if (told === undefined || schedule !== told.schedule) return undefined;
    return isSame(scenario, told.scenario) ? told : undefined;
  }

  /** Whether what was searched is this run, or the run that came of it. */
  isAbout(scenario: Scenario | undefined, schedule: string | undefined): boolean {
    if (schedule === undefined) return isSame(scenario, this.subject);
    const { told } = this.end?.violation ?? {};
    return told !== undefined && this.storyOf(scenario, schedule) === told;
  }

  /** What to search when this run is shown: of a story that was found, where it was found. */
  sourceOf(scenario: Scenario, schedule: string | undefined): Scenario {
    const { subject } = this;
    return subject !== undefined && this.isAbout(scenario, schedule) ? subject : scenario;
  }

  /** Where a story begins, and the span of time that it is about; undefined without a story. */
  openingOf({ story }: Told): Opening | undefined {
    return story && openingOf(story.steps);
  }

  #begin(work: Work): void {
    this.restart('searching');
    this.subject = work.kind === 'scenario' ? work.scenario : undefined;
    this.end = undefined;
  }

  #hear(heard: ExploreProgress): void {
    if (heard.kind === 'opened') this.subject = heard.scenario;
    else if (heard.kind === 'found') this.take(heard.found);
    else this.follow(heard);
  }

  #fail(cause: unknown): void {
    this.phase = 'failed';
    this.failure = reasonOf(cause);
  }
}

function isSame(one: Scenario | undefined, other: Scenario | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
