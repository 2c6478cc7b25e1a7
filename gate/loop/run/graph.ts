/**
 * Runs stages along their dependencies: what is independent side by side, and what depends on a
 * stage that did not pass not at all. What is judged by the wall clock comes after the others.
 *
 * A stage that throws has met a defect of ours; it ends as a crash and the rest still goes on.
 */
import { assertExists } from '../../../sim/index.ts';
import { DEPENDENCIES, notRun, QUIET_AFTER, type StageEnd, type StageName } from './stage.ts';

export interface PlannedStage {
  readonly name: StageName;
  readonly run: () => Promise<StageEnd>;
}

export interface GraphWatcher {
  begin(stage: StageName): void;
  end(stage: StageName, end: StageEnd): void;
}

/** Runs every planned stage once; a dependency that is not planned is not waited for. */
export async function runGraph(
  planned: readonly PlannedStage[],
  watcher: GraphWatcher,
): Promise<void> {
  const plans = new Map(planned.map((plan) => [plan.name, plan]));
  const running = new Map<StageName, Promise<StageEnd>>();
  const start = (name: StageName): Promise<StageEnd> => {
    const known = running.get(name);
    if (known !== undefined) return known;
    const plan = assertExists(plans.get(name), 'expected a planned stage');
    const before = DEPENDENCIES[name].filter((each) => plans.has(each));
    const quiet = (QUIET_AFTER[name] ?? []).filter((each) => plans.has(each));
    const begun = runStage(
      plan,
      before.map((each) => [each, start(each)] as const),
      {
        watcher,
        quiet: () => Promise.all(quiet.map((each) => start(each))),
      },
    );
    running.set(name, begun);
    return begun;
  };
  await Promise.all(planned.map(({ name }) => start(name)));
}

async function runStage(
  plan: PlannedStage,
  before: readonly (readonly [StageName, Promise<StageEnd>])[],
  { watcher, quiet }: { readonly watcher: GraphWatcher; readonly quiet: () => Promise<unknown> },
): Promise<StageEnd> {
  const stopped: StageName[] = [];
  for (const [name, end] of before) if ((await end).kind !== 'pass') stopped.push(name);
  let end: StageEnd;
  if (stopped.length > 0) {
    end = notRun(`${stopped.map((name) => name.toUpperCase()).join(' and ')} did not pass`);
  } else {
    await quiet();
    watcher.begin(plan.name);
    try {
      end = await plan.run();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      end = { kind: 'crash', reason: `an error of the loop's own: ${why}` };
    }
  }
  watcher.end(plan.name, end);
  return end;
}
