/** Searches the schedules of a scenario, and tells what a schedule of it came to. */
import {
  type Attempt,
  decodeSchedule,
  galleryEntry,
  replay,
  type Scenario,
  scenarioSubject,
  scenarioTarget,
} from '../../sim/index.ts';
import type { Work } from './engine-contract.ts';
import type {
  ExploreApi,
  ExploreEnd,
  ExplorePlan,
  ExploreProgress,
  Size,
  Telling,
  Violation,
} from './explore-contract.ts';
import type { PartedSearch } from './part-contract.ts';
import { type Helper, searchWithHelpers } from './part-helpers.ts';
import {
  type ExploreSurroundings,
  type Helpers,
  settingsOf,
  taleOf,
  TargetSearch,
  type TargetProgress,
  type TargetViolation,
} from './target-search.ts';

/** Helpers that can be had, and how many. */
export interface Helping {
  /** At least 1. */
  readonly count: number;
  readonly make: (search: PartedSearch) => Helper;
}

export class ExploreHost implements ExploreApi {
  readonly #search: TargetSearch;
  readonly #helping: Helping | undefined;

  /** `helping`, where it can be had, goes on with searches that are large. */
  constructor(around: ExploreSurroundings, helping?: Helping) {
    this.#search = new TargetSearch(around);
    this.#helping = helping;
  }

  async explore(
    work: Work,
    plan: ExplorePlan,
    onProgress: (progress: ExploreProgress) => void,
  ): Promise<ExploreEnd> {
    const scenario = scenarioOf(work);
    onProgress({ kind: 'opened', scenario });
    const target = scenarioTarget(scenario);
    const tell = (heard: TargetProgress): void => onProgress(progressOf(scenario, heard));
    const helpers = this.#helpersOf(scenario, plan);
    const { violation, ...end } = await this.#search.explore(target, plan, tell, helpers);
    return { scenario, ...end, violation: violation && violationOf(scenario, violation) };
  }

  #helpersOf(scenario: Scenario, plan: ExplorePlan): Helpers | undefined {
    const helping = this.#helping;
    if (helping === undefined) return undefined;
    return async (search, watch) => {
      const parts = search.handOver();
      const make = (): Helper => helping.make({ scenario, settings: settingsOf(plan) });
      return { parts, unfinished: await searchWithHelpers(parts, make, helping.count, watch) };
    };
  }

  cancel(): void {
    this.#search.cancel();
  }

  tell(scenario: Scenario, schedule: string): Telling {
    const choices = decodeSchedule(schedule);
    if (choices.kind === 'error') return { kind: 'misfit', problem: choices.error };
    const subject = scenarioSubject(scenario);
    const attempt = replay(subject, choices.value);
    if (attempt.kind === 'error') return { kind: 'misfit', problem: attempt.error };
    const { value }: { readonly value: Attempt } = attempt;
    return { kind: 'told', told: { scenario, ...taleOf(subject, value, value.violated[0]) } };
  }
}

function progressOf(scenario: Scenario, heard: TargetProgress): ExploreProgress {
  if (heard.kind !== 'found') return heard;
  const { kind, check, schedule } = heard;
  return { kind, found: { scenario, check, schedule } };
}

function violationOf(whole: Scenario, violation: TargetViolation<Scenario>): Violation {
  const { check, target, tale, choicesBefore, choices, replays, minimal } = violation;
  return {
    check,
    told: { scenario: target.value, ...tale },
    choicesBefore,
    choices,
    before: sizeOf(whole),
    after: sizeOf(target.value),
    replays,
    minimal,
  };
}

function scenarioOf(work: Work): Scenario {
  if (work.kind === 'scenario') return work.scenario;
  const { scenario } = galleryEntry(work.name);
  return work.seed === undefined ? scenario : { ...scenario, seed: work.seed };
}

function sizeOf({ symbols }: Scenario): Size {
  return {
    symbols: symbols.length,
    signals: symbols.reduce((sum, { signals }) => sum + signals, 0),
  };
}
