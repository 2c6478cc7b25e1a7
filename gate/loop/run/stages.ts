/** Which function runs which stage. */
import type { RecordedReview } from '../reviewers/recorded.ts';
import { browser } from '../stages/browser.ts';
import { build } from '../stages/build.ts';
import { explore } from '../stages/explore.ts';
import { live } from '../stages/live.ts';
import { preflight } from '../stages/preflight.ts';
import { review } from '../stages/review.ts';
import { stress } from '../stages/stress.ts';
import type { LoopContext } from './context.ts';
import type { PlannedStage } from './graph.ts';
import { isReview } from './outcome.ts';
import {
  isAsked,
  notRun,
  type ReviewName,
  STAGE_NAMES,
  type StageEnd,
  type StageName,
} from './stage.ts';

export interface ReviewSetting {
  /** Leaves both reviews out, on purpose. */
  readonly without: boolean;
  readonly recorded: ReadonlyMap<ReviewName, RecordedReview>;
}

const MECHANICAL: Readonly<
  Partial<Record<StageName, (context: LoopContext) => Promise<StageEnd>>>
> = { preflight, build, stress, explore, browser, live };

/** Every stage before the report that the task asks for. */
export function plannedStages(context: LoopContext, reviews: ReviewSetting): PlannedStage[] {
  return STAGE_NAMES.filter((name) => isAsked(context.found.task, name)).flatMap((name) => {
    const mechanical = MECHANICAL[name];
    if (mechanical !== undefined) return [{ name, run: () => mechanical(context) }];
    if (!isReview(name)) return [];
    const run = reviews.without
      ? () => Promise.resolve(notRun('left out by --without-review'))
      : () => review(context, name, reviews.recorded.get(name));
    return [{ name, run }];
  });
}
