/**
 * `lab explore`: searches the schedules of a scenario for one that violates a check.
 *
 * "Proved" is said only of a search that covered all of them. What is found is shrunk, told as a
 * story, and printed as a link that replays it.
 */
import {
  fifoOracle,
  replayLink,
  scenarioSubject,
  scenarioTarget,
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
import { type Exploration, explore } from '../report/exploration.ts';
import { checksOf, type ExploreReport, verdictOf } from '../report/explore-report.ts';
import { playgroundUrl } from '../report/playground.ts';
import type { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';

/** Who reads the outcome: a person, a script, or a tool for test results. */
export type Reporter = 'text' | 'json' | 'junit';

export interface ExploreOptions {
  readonly strategy: StrategyName;
  readonly schedules: number;
  readonly seconds: number;
  /** Of the search; the scenario keeps its own. */
  readonly seed: number;
  readonly depth: number;
  /** Which part of how many, the first being 1 of them. */
  readonly shard: { readonly index: number; readonly count: number };
  readonly expect: string | undefined;
  readonly reporter: Reporter;
}

/** Explores what `source` stands for and prints the outcome. */
export async function exploreCommand(
  source: string,
  options: ExploreOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const expectation = parseExpectation(options.expect);
  if (expectation.kind === 'error') return expectation;
  const base = playgroundUrl(shell.env);
  if (base.kind === 'error') return base;
  const found = await findScenario(source);
  if (found.kind === 'error') return found;
  const named = found.value;
  const expected = expectation.value;
  const exploration = await explore(
    scenarioTarget(named.scenario),
    planOf(options, expected),
    shell,
  );
  const report = reportOf(named, exploration, options, { expectation: expected, base: base.value });
  shell.print(told(report, options.reporter, shell));
  return { kind: 'ok', value: exitOfReport(report) };
}

export function planOf(options: ExploreOptions, expectation: Expectation | undefined) {
  const { strategy, schedules, seconds, seed, depth, shard } = options;
  return {
    search: {
      strategy,
      seed,
      depth,
      schedulesMax: schedules,
      shard: { index: shard.index - 1, count: shard.count },
    },
    secondsMax: seconds,
    wanted: expectation?.kind === 'violated' ? expectation.checks : [],
  };
}

interface Setting {
  readonly expectation: Expectation | undefined;
  readonly base: string;
}

function reportOf(
  named: NamedScenario,
  exploration: Exploration,
  options: ExploreOptions,
  { expectation, base }: Setting,
): ExploreReport {
  const verdict = verdictOf(exploration);
  const shrunk = exploration.violation?.shrunk;
  const byDefault = () => scenarioSubject(named.scenario).attempt(fifoOracle).checks;
  return {
    ...exploration,
    named,
    verdict,
    url:
      shrunk &&
      replayLink(base, {
        scenario: shrunk.target.value,
        schedule: shrunk.schedule,
        digest: shrunk.attempt.digest,
      }),
    expected: expectation && expectedOf(expectation, verdict, checksOf(exploration, byDefault)),
    again: commandLine(['explore', named.source, ...words(options)]),
  };
}

export function words(options: ExploreOptions): string[] {
  const { strategy, schedules, seconds, seed, depth, shard } = options;
  const part = shard.count === 1 ? [] : ['--shard', `${shard.index}/${shard.count}`];
  const draws = ['--seed', String(seed), '--depth', String(depth)];
  const limits = ['--schedules', String(schedules), '--seconds', String(seconds)];
  return ['--strategy', strategy, ...limits, ...draws, ...part];
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
