/**
 * `lab explore`: searches the schedules of a scenario for one that violates a check.
 *
 * "Proved" is said only of a search that covered all of them. What is found is shrunk, told as a
 * story, and printed as a link that replays it.
 */
import {
  DEFAULT_SEARCH,
  fifoOracle,
  replayLink,
  scenarioSubject,
  scenarioTarget,
  type SearchOptions,
  type StrategyName,
} from '../../sim/index.ts';
import { exploreDocument } from '../documents/explore.ts';
import { junitDocument } from '../documents/explore-junit.ts';
import { findScenario, type NamedScenario } from '../input/scenario.ts';
import { commandLine } from '../render/command-line.ts';
import { exploreLines } from '../render/explore.ts';
import {
  exitOfReport,
  type Expectation,
  expectedOf,
  parseExpectation,
} from '../report/expectation.ts';
import type { Crew } from '../explore/crew.ts';
import { boundedSubject, type ExploreBounds } from '../explore/job.ts';
import { readShards } from '../explore/merge.ts';
import {
  concludeExploration,
  type Exploration,
  explore,
  type ExplorePlan,
} from '../report/exploration.ts';
import { checksOf, type ExploreReport, verdictOf } from '../report/explore-report.ts';
import { playgroundUrl } from '../report/playground.ts';
import type { Exit } from '../shell/exit.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';

/** Who reads the outcome: a person, a script, or a tool for test results. */
export type Reporter = 'text' | 'json' | 'junit';

/** Where everything is walked, its time is what bounds a search; where schedules are drawn: */
const SCHEDULES_MAX = 1e9;
const SCHEDULES_DRAWN = 10_000;

/** How to search, whatever is searched. */
export interface SearchWords {
  readonly strategy: StrategyName;
  /** Absent: as many as its time allows where everything is walked, else 10,000. */
  readonly schedules?: number;
  readonly seconds: number;
  /** Of the search; the scenario keeps its own. */
  readonly seed: number;
  readonly depth: number;
  /** Which part of how many, the first being 1 of them. */
  readonly shard: { readonly index: number; readonly count: number };
  readonly expect: string | undefined;
  readonly reporter: Reporter;
}

export interface ExploreOptions extends SearchWords, ExploreBounds {
  /** Threads. */
  readonly workers: number;
  /** Where a queue is whose workers do the parts; absent, they are done here. */
  readonly queue?: string;
}

/** Explores what `source` stands for and prints the outcome. */
export async function exploreCommand(
  source: string,
  options: ExploreOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const setting = settingOf(options, shell);
  if (setting.kind === 'error') return setting;
  const found = await findScenario(source);
  if (found.kind === 'error') return found;
  const named = found.value;
  const plan = {
    ...planOf(options, setting.value.expectation),
    subject: boundedSubject(named.scenario, options),
  };
  const crew = await crewOf(named, options, plan, shell);
  if (crew.kind === 'error') return crew;
  const target = scenarioTarget(named.scenario);
  const exploration = await explore(target, plan, shell, crew.value);
  return tell(named, exploration, options, setting.value, shell);
}

/** Puts the documents of shards together and prints what one machine would have. */
export async function mergeCommand(
  files: readonly string[],
  options: ExploreOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const setting = settingOf(options, shell);
  if (setting.kind === 'error') return setting;
  const read = await readShards(files);
  if (read.kind === 'error') return read;
  const { named, bounds, harvest, searchMs, words: asked } = read.value;
  const { wanted } = harvest.heading.settings;
  const plan = { wanted, subject: boundedSubject(named.scenario, bounds) };
  const searched = { harvest, ending: undefined, failure: undefined, searchMs };
  const target = scenarioTarget(named.scenario);
  const exploration = await concludeExploration(target, searched, plan, shell);
  return tell(named, exploration, { ...options, ...bounds }, setting.value, shell, asked);
}

const SHARD_OR_QUEUE =
  'expected --shard or --queue, not both: a queue hands the parts out by itself';

/** Who goes on with a search that is large: nobody where one thread was asked for. */
async function crewOf(
  { scenario }: NamedScenario,
  options: ExploreOptions,
  { search, wanted }: ExplorePlan & { readonly search: SearchOptions },
  shell: Shell,
): Promise<Outcome<Crew | undefined>> {
  const { workers, queue, earlyDeadlines } = options;
  const { shard, ...settings } = { ...search, wanted };
  const job = { scenario, bounds: { earlyDeadlines }, settings };
  const note = (line: string): void => shell.note(line);
  if (queue !== undefined) {
    if (shard.count > 1) return refuse('usage', SHARD_OR_QUEUE);
    // Loaded here, because only this needs Redis.
    const { queueCrew } = await import('../explore/queue.ts');
    return queueCrew(queue, job, note);
  }
  if (workers === 1) return { kind: 'ok', value: undefined };
  // Loaded here, because only this needs threads.
  const { poolCrew } = await import('../explore/pool.ts');
  return { kind: 'ok', value: poolCrew({ job, workers, note }) };
}

export function planOf(
  options: SearchWords,
  expectation: Expectation | undefined,
): ExplorePlan & { readonly search: SearchOptions } {
  const { strategy, schedules, seconds, seed, depth, shard } = options;
  return {
    search: {
      ...DEFAULT_SEARCH,
      strategy,
      seed,
      depth,
      schedulesMax: schedules ?? (strategy === 'exhaustive' ? SCHEDULES_MAX : SCHEDULES_DRAWN),
      shard: { index: shard.index - 1, count: shard.count },
    },
    secondsMax: seconds,
    wanted: expectation?.kind === 'violated' ? expectation.checks : [],
  };
}

function settingOf({ expect }: ExploreOptions, shell: Shell): Outcome<Setting> {
  const expectation = parseExpectation(expect);
  if (expectation.kind === 'error') return expectation;
  const base = playgroundUrl(shell.env);
  if (base.kind === 'error') return base;
  return { kind: 'ok', value: { expectation: expectation.value, base: base.value } };
}

function tell(
  named: NamedScenario,
  exploration: Exploration,
  options: ExploreOptions,
  setting: Setting,
  shell: Shell,
  asked: readonly string[] = searchWords(options),
): Outcome<Exit> {
  const report = reportOf(named, exploration, options, { ...setting, asked });
  shell.print(told(report, options.reporter, shell));
  return { kind: 'ok', value: exitOfReport(report) };
}

/** What the outcome is held against, and where its link leads. */
interface Setting {
  readonly expectation: Expectation | undefined;
  readonly base: string;
}

function reportOf(
  named: NamedScenario,
  exploration: Exploration,
  { earlyDeadlines }: ExploreOptions,
  { expectation, base, asked }: Setting & { readonly asked: readonly string[] },
): ExploreReport {
  const verdict = verdictOf(exploration);
  const shrunk = exploration.violation?.shrunk;
  const byDefault = () => scenarioSubject(named.scenario).attempt(fifoOracle).checks;
  return {
    ...exploration,
    named,
    bounds: { earlyDeadlines },
    verdict,
    url:
      shrunk &&
      replayLink(base, {
        scenario: shrunk.target.value,
        schedule: shrunk.schedule,
        digest: shrunk.attempt.digest,
      }),
    expected: expectation && expectedOf(expectation, verdict, checksOf(exploration, byDefault)),
    again: commandLine(['explore', named.source, ...asked, ...shardWords(exploration)]),
    words: asked,
  };
}

/** The words that ask for the same again, of a lock. */
export function words(options: SearchWords): string[] {
  const { shard } = options;
  const part = shard.count === 1 ? [] : ['--shard', `${shard.index}/${shard.count}`];
  return [...searchWords({ ...options, earlyDeadlines: true }), ...part];
}

/** The words that ask for the same search, whichever part of it is done here. */
function searchWords(options: SearchWords & ExploreBounds): string[] {
  const { strategy, schedules, seconds, seed, depth, earlyDeadlines } = options;
  const draws = ['--seed', String(seed), '--depth', String(depth)];
  const most = schedules === undefined ? [] : ['--schedules', String(schedules)];
  const limits = [...most, '--seconds', String(seconds)];
  return ['--strategy', strategy, ...limits, ...draws, ...(earlyDeadlines ? [] : [NO_EARLY])];
}

const NO_EARLY = '--no-early-deadlines';

/** The words of the one shard that was done here. */
function shardWords({ result }: Exploration): string[] {
  const { count, done } = result.shards;
  const [index] = done;
  return done.length === 1 && count > 1 ? ['--shard', `${(index ?? 0) + 1}/${count}`] : [];
}

function told(report: ExploreReport, reporter: Reporter, shell: Shell): string[] {
  switch (reporter) {
    case 'json':
      return [JSON.stringify(exploreDocument(report), null, 2)];
    case 'junit':
      return junitDocument(report);
    case 'text':
      return exploreLines(shell.style, report);
  }
}
