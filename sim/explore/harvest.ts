/**
 * Parts of a search, put together, and what is to be said of them.
 *
 * Invariant: the parts, wherever and in whatever order they were done, say together what one
 * machine would have said.
 */
import { assert } from '../base/assert.ts';
import { CHECK_IDS } from '../check/contract.ts';
import { missBound } from './pct.ts';
import type {
  Conclusion,
  Counts,
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
 * in the part of the lowest number, and what came of later parts does not count.
 */
export function conclude({ heading, shards, partCount, parts }: Harvest): SearchResult {
  const last = parts.find((part) => isDecisive(part));
  const counted = last === undefined ? parts : parts.filter(({ part }) => part <= last.part);
  const isWhole = shards.count === 1 && partCount > 0 && parts.length === partCount;
  const stop = last?.stop ?? stopOf(counted, isAllIn({ shards, partCount, parts }));
  const { guarantee, ...rest } = heading;
  const counts = addUp(counted);
  const complete = isWhole && stop === 'covered' && !counts.bounded;
  const { possible, tried } = counts.branches;
  const executions = total(counted, ({ guaranteed }) => guaranteed);
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

/** Whether all parts are in that the shards are to do. */
function isAllIn({ shards, partCount, parts }: Omit<Harvest, 'heading'>): boolean {
  if (partCount === 0) return false;
  let due = 0;
  for (let part = 0; part < partCount; part++) {
    if (shards.done.includes(part % shards.count)) due += 1;
  }
  return parts.length === due;
}

function stopOf(parts: readonly PartResult[], isAll: boolean): Stop {
  const stops = new Set(parts.map(({ stop }) => stop));
  if (!isAll || stops.has('cancelled')) return 'cancelled';
  if (stops.has('classes')) return 'classes';
  return stops.has('schedules') || parts.length === 0 ? 'schedules' : 'covered';
}

function total(parts: readonly PartResult[], of: (part: PartResult) => number): number {
  return parts.reduce((sum, part) => sum + of(part), 0);
}

/** The counts of parts, in their order; executions are numbered through. */
export function addUp(parts: readonly PartResult[]): Counts {
  const most = (of: (part: PartResult) => number): number => Math.max(0, ...parts.map(of));
  const findings = new Map<string, Finding>();
  let stray: Stray | undefined;
  let unsettled: Unsettled | undefined;
  let before = 0;
  for (const part of parts) {
    for (const finding of part.findings) {
      const what = finding.violated.join(' ');
      const known = findings.get(what);
      const schedules = finding.schedules + (known?.schedules ?? 0);
      const first = known ?? { ...finding, schedule: before + finding.schedule };
      findings.set(what, { ...first, schedules });
    }
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
    findings: [...findings.values()],
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
