/**
 * An exploration of a scenario as plain data: whoever has it does any part of it, in a thread, a
 * process, or on another machine.
 */
import {
  Campaign,
  DEFAULT_BOUNDS,
  type Scenario,
  scenarioSubject,
  type SearchSettings,
  type Subject,
} from '../../sim/index.ts';

/** What bounds the executions, beyond the defaults. */
export interface ExploreBounds {
  /** Whether a deadline may pass although something else could happen. */
  readonly earlyDeadlines: boolean;
}

export interface ExploreJob {
  readonly scenario: Scenario;
  readonly bounds: ExploreBounds;
  readonly settings: SearchSettings;
}

/** The scenario as a subject, within those bounds. */
export function boundedSubject(scenario: Scenario, { earlyDeadlines }: ExploreBounds): Subject {
  const deadlinesMax = earlyDeadlines ? DEFAULT_BOUNDS.deadlinesMax : 0;
  return scenarioSubject(scenario, {}, { deadlinesMax });
}

/** The search with its parts. */
export function campaignOf({ scenario, bounds, settings }: ExploreJob): Campaign {
  return new Campaign(boundedSubject(scenario, bounds), settings);
}
