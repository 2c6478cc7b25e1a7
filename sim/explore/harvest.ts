/**
 * Parts of a search, put together, and what is to be said of them.
 *
 * Invariant: the parts, wherever and in whatever order they were done, say together what one
 * machine would have said.
 */
import { assert } from '../base/assert.ts';
import { CHECK_IDS } from '../check/contract.ts';
import { type Border, borderOf } from './bound.ts';
import { ClassSet } from './class-set.ts';
import { missBound } from './pct.ts';
import type {
  Conclusion,
  Counts,
  Coverage,
  Finding,
  Heading,
  PartResult,
  SearchResult,
  Shards,
  Stop,
  Stray,
  Unsettled,
} from './search-result.ts';

/** Parts of a search that are done, wherever that was. */
export interface Harvest {
  readonly heading: Heading;
  readonly shards: Shards;
  /** How many parts there are; 0 while it is not known whether the search is parted. */
  readonly partCount: number;
  /** In the order of their numbers, each once. */
  readonly parts: readonly PartResult[];
}

/**
 * What is to be said of what was done. Where a search stops at the first violation, that is the one
 * in the part of the lowest number, and what came of later parts does not count; nor does what came
 * after the bound of executions was met.
 */
export function conclude(harvest: Harvest): SearchResult {
  const { heading, shards, partCount } = harvest;
  const { counted } = extentOf(harvest);
  const isWhole = shards.count === 1 && partCount > 0 && counted.length === partCount;
  const stop = stopOf(harvest);
  const { guarantee, ...rest } = heading;
  const counts = addUp(counted);
  const complete = isWhole && stop === 'covered' && !counts.bounded;
  const { possible, tried } = counts.branches;
  const executions = total(counted, ({ guaranteed }) => guaranteed);
  const coverage = coverageOf(counted);
  return {
    ...rest,
    ...counts,
    // Several parts may meet the same class there.
    classes: heading.settings.strategy === 'every' && partCount > 1 ? undefined : counts.classes,
    conclusion: conclusionOf(counts, complete),
    stop,
    complete,
    prunedShare: possible === 0 ? 0 : 1 - tried / possible,
    shards,
    ...(coverage === undefined ? {} : { coverage }),
    ...(guarantee === undefined
      ? {}
      : {
          guarantee: {
            ...guarantee,
            executions,
            missBound: missBound(guarantee.probability, executions),
          },
        }),
  };
}

/**
 * The part that went on past the bound, because those before it were not in when it was begun, and
 * how far it is to be done instead; undefined if there is none that counts.
 */
export function overrunOf(harvest: Harvest): Border | undefined {
  const { last, border } = extentOf(harvest);
  return isPassed(border, last) ? border : undefined;
}

/** The same with another result of one of its parts. */
export function withPart(harvest: Harvest, result: PartResult): Harvest {
  const parts = harvest.parts.map((part) => (part.part === result.part ? result : part));
  return { ...harvest, parts };
}

/** Whether what comes after this part is of no interest. */
export function isDecisive({ stop }: PartResult): boolean {
  return stop === 'found' || stop === 'strayed';
}

/**
 * Parts of one search that were done in different places, put together. Invariant: the order, and
 * what is put together first, make no difference. What was tried of a search before it was known
 * whether it is parted counts only where nobody came to know. A shard that is in twice, or of
 * another search, is a programmer's mistake: see `mismatch`.
 */
export function merge(one: Harvest, other: Harvest): Harvest {
  assert(mismatch(one, other) === undefined, 'expected shards of one search, each once');
  const partCount = Math.max(one.partCount, other.partCount);
  const parts = [one, other]
    .filter((each) => each.partCount === partCount)
    .flatMap((each) => each.parts)
    .sort((x, y) => x.part - y.part);
  const done = [...one.shards.done, ...other.shards.done].sort((x, y) => x - y);
  const { count } = one.shards;
  const shards = done.length === count ? { count: 1, done: [0] } : { count, done };
  return { heading: one.heading, shards, partCount, parts };
}

/** Why two harvests are not of one search; undefined if they can be merged. */
export function mismatch(one: Harvest, other: Harvest): Mismatch | undefined {
  if (JSON.stringify(one.heading) !== JSON.stringify(other.heading)) return 'search';
  if (one.shards.count !== other.shards.count) return 'count';
  if (one.shards.done.some((index) => other.shards.done.includes(index))) return 'repeated';
  const isKnown = one.partCount > 0 && other.partCount > 0;
  return isKnown && one.partCount !== other.partCount ? 'search' : undefined;
}

/** Another search; another number of shards; a shard that is in both. */
export type Mismatch = 'search' | 'count' | 'repeated';

function conclusionOf(counts: Counts, complete: boolean): Conclusion {
  if (counts.stray !== undefined) return 'nondeterministic';
  if (counts.findings.length > 0) return 'violated';
  if (!complete || counts.inconclusive > 0) return 'not-refuted';
  return counts.choicesMost === 0 ? 'nothing-to-choose' : 'proved';
}

/** What counts of a harvest. */
interface Extent {
  readonly counted: readonly PartResult[];
  /** The last part that counts, where later ones do not. */
  readonly last: PartResult | undefined;
  /** Where the bound falls; undefined if it does not, or something ended the search before. */
  readonly border: Border | undefined;
}

function extentOf({ heading, parts }: Harvest): Extent {
  const border = borderOf(heading.settings, parts);
  const last = parts.find((part) => isDecisive(part) || part.part === border?.part);
  const counted = last === undefined ? parts : parts.filter(({ part }) => part <= last.part);
  return { counted, last, border: last?.part === border?.part ? border : undefined };
}

function isPassed(border: Border | undefined, last: PartResult | undefined): boolean {
  return border !== undefined && last !== undefined && last.executions > border.executionsMax;
}

function stopOf(harvest: Harvest): Stop {
  const { counted, last, border } = extentOf(harvest);
  if (isPassed(border, last)) return 'cancelled';
  if (last !== undefined && isDecisive(last)) return last.stop;
  const due = dueParts(harvest);
  const dueInside = due.filter((part) => part <= (last?.part ?? Infinity)).length;
  const stops = new Set(counted.map(({ stop }) => stop));
  if (due.length === 0 || counted.length < dueInside || stops.has('cancelled')) return 'cancelled';
  if (stops.has('classes')) return 'classes';
  return stops.has('schedules') || counted.length < due.length ? 'schedules' : 'covered';
}

/** The parts that the shards which are in are to do. */
function dueParts({ shards, partCount }: Harvest): readonly number[] {
  return Array.from({ length: partCount }, (_, part) => part).filter((part) =>
    shards.done.includes(part % shards.count),
  );
}

function coverageOf(parts: readonly PartResult[]): Coverage | undefined {
  const met = parts.flatMap((part) => part.met ?? []);
  if (met.length === 0) return undefined;
  const all = new ClassSet();
  for (const { hashes } of met) all.addAll(hashes);
  return { classes: all.size, schedules: met.reduce((sum, { schedules }) => sum + schedules, 0) };
}

function total(parts: readonly PartResult[], of: (part: PartResult) => number): number {
  return parts.reduce((sum, part) => sum + of(part), 0);
}

/** The counts of parts, in their order; executions are numbered through. */
function addUp(parts: readonly PartResult[]): Counts {
  const most = (of: (part: PartResult) => number): number => Math.max(0, ...parts.map(of));
  let stray: Stray | undefined;
  let unsettled: Unsettled | undefined;
  let before = 0;
  for (const part of parts) {
    stray ??= part.stray && { ...part.stray, schedule: before + part.stray.schedule };
    if (part.unsettled !== undefined) {
      const { schedule, schedules } = part.unsettled;
      unsettled ??= { ...part.unsettled, schedule: before + schedule, schedules: 0 };
      unsettled = { ...unsettled, schedules: unsettled.schedules + schedules };
    }
    before += part.schedules;
  }
  return {
    bounded: parts.some(({ bounded }) => bounded),
    schedules: before,
    cut: total(parts, ({ cut }) => cut),
    classes: parts.every(({ classes }) => classes === undefined)
      ? undefined
      : total(parts, ({ classes }) => classes ?? 0),
    branches: {
      possible: total(parts, ({ branches }) => branches.possible),
      tried: total(parts, ({ branches }) => branches.tried),
    },
    steps: total(parts, ({ steps }) => steps),
    stepsMost: most(({ stepsMost }) => stepsMost),
    choicesMost: most(({ choicesMost }) => choicesMost),
    inconclusive: total(parts, ({ inconclusive }) => inconclusive),
    findings: findingsOf(parts),
    violations: CHECK_IDS.flatMap((id) => {
      const count = total(
        parts,
        (part) => part.violations.find((one) => one.id === id)?.count ?? 0,
      );
      return count === 0 ? [] : [{ id, count }];
    }),
    ...(stray === undefined ? {} : { stray }),
    ...(unsettled === undefined ? {} : { unsettled }),
  };
}

/** What was found in parts, in their order; executions are numbered through. */
export function findingsOf(parts: readonly PartResult[]): Finding[] {
  const findings = new Map<string, Finding>();
  let before = 0;
  for (const part of parts) {
    for (const finding of part.findings) {
      const what = finding.violated.join(' ');
      const known = findings.get(what);
      const schedules = finding.schedules + (known?.schedules ?? 0);
      const first = known ?? { ...finding, schedule: before + finding.schedule };
      findings.set(what, { ...first, schedules });
    }
    before += part.schedules;
  }
  return [...findings.values()];
}
