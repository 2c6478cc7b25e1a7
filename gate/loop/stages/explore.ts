/**
 * EXPLORE: searches schedules as the task asks, for a proof within bounds, for a number of
 * schedules that refute nothing, or for a violation that must be found.
 */
import { plural } from '../../render/figures.ts';
import { exploreDocumentSchema, readDocument } from '../process/documents.ts';
import { again } from '../process/tools.ts';
import type { SearchFacts } from '../report/schema.ts';
import { deadlineOf, fileNameOf, type LoopContext, runTool } from '../run/context.ts';
import { failed, passed, type StageEnd } from '../run/stage.ts';
import type { Search } from '../task/schema.ts';
import { troubleOf } from './endings.ts';

/** What `explore` exits with where it proved, found a violation, or only did not refute. */
const ANSWERS = [0, 1, 3] as const;

export async function explore(context: LoopContext): Promise<StageEnd> {
  const wanted = context.found.task.stages.explore;
  if (wanted === undefined) return failed('expected a task that asks for this stage');
  const deadlineMs = deadlineOf(context, wanted.deadlineSeconds);
  const searches: SearchFacts[] = [];
  context.facts.searches = searches;
  const wrong: string[] = [];
  for (const [at, search] of wanted.searches.entries()) {
    const found = await searchOne(context, search, at, deadlineMs);
    // One search that is wrong says nothing of the others; one that could not be made stops them.
    if ('kind' in found && found.kind !== 'fail') {
      return wrong.length === 0 ? found : failed(wrong.join('; '));
    }
    if ('kind' in found) {
      wrong.push(found.reason);
      continue;
    }
    searches.push(found);
    if (!found.met) wrong.push(`${search.scenario}: ${whyMissed(search, found)}`);
  }
  if (wrong.length > 0) return failed(wrong.join('; '));
  const count = (want: Search['want']): number =>
    searches.filter((search) => search.want === want).length;
  return passed(
    `${count('proved')} proved within bounds, ${count('not-refuted')} not refuted, ` +
      `${plural(count('refuted'), 'defect')} found`,
  );
}

async function searchOne(
  context: LoopContext,
  search: Search,
  at: number,
  deadlineMs: number,
): Promise<SearchFacts | StageEnd> {
  const { scenario, strategy, schedules, want } = search;
  const bounds = ['--schedules', String(schedules), '--seconds', String(secondsOf(context))];
  const words = ['explore', scenario, '--strategy', strategy, ...bounds];
  const log = `explore/${fileNameOf(at, scenario)}.json`;
  const tool = context.tools.lab([...words, '--json']);
  const finished = await runTool(context, tool, deadlineMs, log);
  const trouble = troubleOf(`explore ${scenario}`, finished, ANSWERS);
  if (trouble !== undefined) return trouble;
  const document = readDocument(exploreDocumentSchema, finished.out);
  if (document.kind === 'error') return failed(`explore ${scenario}: ${document.error}`);
  const { verdict, complete, scope, violation } = document.value;
  const facts = {
    ...{ scenario, strategy, want, verdict, complete },
    schedules: document.value.schedules,
    scope: typeof scope === 'string' ? scope : JSON.stringify(scope ?? null),
    missBound: document.value.guarantee?.missBound ?? null,
    violation: violation && {
      check: violation.check,
      link: violation.url,
      steps: violation.steps,
    },
    again: again(words),
  };
  return { ...facts, met: isMet(search, facts, finished.status) };
}

/** The clock must not decide how much is searched: only the deadline of the stage ends it. */
function secondsOf(context: LoopContext): number {
  return context.found.task.stages.explore?.deadlineSeconds ?? 1;
}

type Found = Omit<SearchFacts, 'met'>;

/** The document and the exit status must say the same, and what the task wants. */
function isMet(search: Search, found: Found, status: number | undefined): boolean {
  const { verdict, complete, violation, schedules } = found;
  switch (search.want) {
    case 'proved':
      return status === 0 && verdict === 'passed' && complete && violation === null;
    case 'not-refuted':
      if (violation !== null || verdict === 'violated' || status === 1) return false;
      return complete || schedules >= search.schedules;
    case 'refuted':
      return status === 1 && verdict === 'violated' && violation?.check === search.check;
  }
}

function whyMissed(search: Search, found: Found): string {
  const { violation, schedules, complete } = found;
  if (violation !== null) return `${violation.check} is violated, wanted ${search.want}`;
  const what = complete ? 'the whole scope' : plural(schedules, 'schedule');
  return `nothing refuted in ${what}, wanted ${search.want}`;
}
