/**
 * An exploration as a page of text: conclusion, what was searched, the story, how to see it again.
 */
import type { Coverage, Verdict } from '../../sim/index.ts';
import type { ExploreReport } from '../report/explore-report.ts';
import type { Exploration } from '../report/exploration.ts';
import { conclusionOf, chance, tried } from './explore-verdict.ts';
import { livenessLines } from './explore-liveness.ts';
import { storyLines } from './explore-story.ts';
import { count, duration, plural, rate } from './figures.ts';
import { expectedEntry } from './scene.ts';
import { named, section } from './section.ts';
import { glyph, paint, type Style } from './style.ts';
import { hang, pad, plain, wrap } from './text.ts';

/** What a page about an exploration says besides: of a scenario, or of a lock. */
export interface ExplorePage {
  readonly header: readonly string[];
  readonly verdict: Verdict;
  /** What the subject was shrunk from and to. */
  readonly sizes: readonly Entry[];
  readonly footer: readonly (readonly [string, string])[];
}

/** The whole page of a scenario. */
export function exploreLines(style: Style, report: ExploreReport): string[] {
  return pageLines(style, report, {
    header: header(style, report),
    verdict: report.verdict,
    sizes: sizes(report),
    footer: footer(style, report),
  });
}

/** The whole page of an exploration, whatever was explored. */
export function pageLines(style: Style, report: Exploration<unknown>, page: ExplorePage): string[] {
  return [
    ...page.header,
    '',
    ...conclusion(style, report, page.verdict),
    ...section(style, 'Search', '', entries(style, searched(report))),
    ...livenessLines(style, report),
    ...section(style, 'Shrunk', '', entries(style, [...shrunk(report), ...page.sizes])),
    ...storyLines(style, report.violation?.story),
    '',
    ...named(style, page.footer),
  ];
}

function header(style: Style, { named: { name, shows, scenario } }: ExploreReport): string[] {
  const dot = paint(style, 'faint', ` ${glyph(style, 'dot')} `);
  const head = ['Interlock', paint(style, 'heading', plain(name)), `seed ${scenario.seed}`].join(
    dot,
  );
  const prose = [scenario.title, shows ?? ''].filter((text) => text !== '');
  return [head, ...prose.flatMap((text) => wrap(plain(text), style.columns))];
}

function conclusion(style: Style, report: Exploration<unknown>, verdict: Verdict): string[] {
  const lead = `${glyph(style, verdict)} `;
  const text = plain(conclusionOf(report));
  const word = `${lead}${text.split(/[. ]/)[0] ?? ''}`;
  return hang(lead, text, style.columns).map((line, at) =>
    at === 0 ? paint(style, verdict, word) + line.slice(word.length) : line,
  );
}

export type Entry = readonly [name: string, text: string];

function searched({ result, searchMs }: Exploration<unknown>): Entry[] {
  const { guarantee, classes, coverage, prunedShare } = result;
  const pace =
    searchMs > 0 ? `, ${rate(((result.schedules + result.cut) * 1_000) / searchMs)}/s` : '';
  const longest = `${plural(result.stepsMost, 'step')}, ${plural(result.choicesMost, 'choice')}`;
  const entries: Entry[] = [
    ['scope', result.scope],
    ['strategy', `${result.strategyName}, seed ${result.settings.seed}`],
    ['tried', `${tried(result)}${pace}; the longest has ${longest}`],
  ];
  if (classes !== undefined) {
    const pruned = `${Math.round(prunedShare * 100)} % of the steps pruned`;
    entries.push([
      'classes',
      `${plural(classes, 'distinct class', 'distinct classes')}, ${pruned}`,
    ]);
  }
  if (coverage !== undefined) entries.push(['classes', covered(coverage, result.schedules)]);
  if (guarantee !== undefined) {
    const { depth, executions, missBound } = guarantee;
    const bound = `at most ${chance(missBound)} for a bug of depth ${depth}`;
    entries.push(['missed', `${bound}, by ${plural(executions, 'execution')} within the estimate`]);
  }
  return entries;
}

/** How many classes drawn schedules fell into: at least so many, where not all were told apart. */
function covered({ classes, schedules }: Coverage, all: number): string {
  const met = plural(classes, 'distinct class', 'distinct classes');
  if (schedules === all) return `${met} met`;
  return `at least ${met} met: told apart in the first ${plural(schedules, 'schedule')}`;
}

function shrunk({ violation }: Exploration<unknown>): Entry[] {
  if (violation === undefined) return [];
  const { schedule, choicesBefore, replays, minimal } = violation.shrunk;
  const how = minimal ? '1-minimal' : 'not yet 1-minimal';
  const choices = `${count(choicesBefore)} to ${plural(schedule.length, 'choice')} off the default`;
  const interrupted = violation.shrunkWhole ? '' : ', interrupted';
  return [['schedule', `${choices}, ${how}, in ${plural(replays, 'replay')}${interrupted}`]];
}

function sizes({ violation, named: { scenario } }: ExploreReport): Entry[] {
  if (violation === undefined) return [];
  return [['scenario', `${size(scenario)} to ${size(violation.shrunk.target.value)}`]];
}

function size({ symbols }: { readonly symbols: readonly { readonly signals: number }[] }): string {
  const signals = symbols.reduce((sum, symbol) => sum + symbol.signals, 0);
  return `${plural(symbols.length, 'symbol')} with ${plural(signals, 'signal')}`;
}

function footer(style: Style, report: ExploreReport): [string, string][] {
  return [
    ...(report.url === undefined ? [] : [['Replay', report.url] as [string, string]]),
    ['Again', report.again],
    ['Took', duration(report.tookMs * 1_000)],
    ...expectedEntry(style, report.expected),
  ];
}

/** Named lines whose values are prose, wrapped. */
function entries(style: Style, list: readonly Entry[]): string[] {
  const width = Math.max(0, ...list.map(([name]) => name.length));
  return list.flatMap(([name, text]) =>
    hang(`  ${pad(name, width)}  `, plain(text), style.columns),
  );
}
