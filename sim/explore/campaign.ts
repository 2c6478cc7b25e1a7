/**
 * A search as work that anybody can do a part of: what is searched, how, and in which parts.
 *
 * Whoever makes a campaign of the same subject and settings has the same parts. A walk through
 * everything is tried whole first: what comes to its end within some thousand executions is not
 * worth parting, and nothing is begun in vain then.
 */
import { estimate } from './estimate.ts';
import { EVERY_NAME, EveryWalk, REDUCED_NAME, ReducedWalk } from './exhaustive.ts';
import { type Parting, partClasses, partNumbers, partSchedules } from './parting.ts';
import { type Part, PartSearch } from './part-search.ts';
import { pctStrategy } from './pct.ts';
import { portfolioStrategy } from './portfolio.ts';
import { randomStrategy } from './random.ts';
import type { Heading, PartResult } from './search-result.ts';
import type { SearchSettings } from './settings.ts';
import { fifoStrategy, type Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';
import { swarm } from './swarm.ts';
import { urwStrategy } from './urw.ts';
import type { Walk } from './walk.ts';

/** Executions within which a walk through everything may come to its end unparted. */
export const WHOLE_MAX = 10_000;

const NOTHING = { before: { cut: 0, branches: { possible: 0, tried: 0 } } };

export class Campaign {
  readonly subject: Subject;
  readonly heading: Heading;
  readonly #settings: SearchSettings;
  readonly #strategy: Strategy | undefined;
  #parting: Parting | undefined = undefined;

  constructor(subject: Subject, settings: SearchSettings) {
    const strategy = strategyOf(subject, settings);
    const guarantee = strategy?.guarantee;
    this.subject = subject;
    this.#settings = settings;
    this.#strategy = strategy;
    this.heading = {
      subject: subject.name,
      scope: subject.scope,
      strategyName: strategy?.name ?? (this.#isReduced ? REDUCED_NAME : EVERY_NAME),
      settings,
      ...(guarantee === undefined
        ? {}
        : { guarantee: { depth: guarantee.depth, probability: guarantee.probability } }),
    };
  }

  /** The search unparted, which is tried before it is parted; undefined where nothing is won. */
  whole(): PartSearch | undefined {
    if (this.#strategy !== undefined) return undefined;
    const executionsMax = Math.min(WHOLE_MAX, this.#settings.schedulesMax);
    return this.#searchOf({ number: 0, walk: this.#wholeWalk(), executionsMax, ...NOTHING });
  }

  /** Whether what came of `whole` says all, so that nothing is parted. */
  isSettledBy({ stop }: PartResult): boolean {
    return stop !== 'schedules' || this.#settings.schedulesMax <= WHOLE_MAX;
  }

  /** How many parts there are. */
  get parts(): number {
    return this.#parted().count;
  }

  /** The search through part `number`, from 0, of at most so many executions. */
  search(number: number, executionsMax: number = this.#settings.schedulesMax): PartSearch {
    const { walk, cut, branches, stray } = this.#parted();
    const { before } = number === 0 ? { before: { cut, branches } } : NOTHING;
    if (stray !== undefined) {
      const part = { number, walk: this.#wholeWalk(), executionsMax: 0, before };
      return this.#searchOf(part, stray);
    }
    return this.#searchOf({ number, walk: walk(number), executionsMax, before });
  }

  #searchOf(part: Omit<Part, 'guarantee'>, stray?: readonly number[]): PartSearch {
    const guarantee = this.#strategy?.guarantee;
    return new PartSearch(this.subject, this.#settings, { ...part, guarantee }, stray);
  }

  #wholeWalk(): Walk {
    const { subject } = this;
    const { choicesMax } = this.#settings;
    return this.#isReduced
      ? new ReducedWalk(subject, choicesMax)
      : new EveryWalk(subject, choicesMax);
  }

  get #isReduced(): boolean {
    return this.#settings.strategy === 'exhaustive' && this.subject.reducible;
  }

  #parted(): Parting {
    const { subject } = this;
    const strategy = this.#strategy;
    const settings = this.#settings;
    this.#parting ??=
      strategy !== undefined
        ? partNumbers(subject, strategy, settings)
        : this.#isReduced
          ? partClasses(subject, settings)
          : partSchedules(subject, settings);
    return this.#parting;
  }
}

/** The strategy of a search that draws; undefined for one that walks through everything. */
function strategyOf(subject: Subject, settings: SearchSettings): Strategy | undefined {
  const plain = plainStrategyOf(subject, settings);
  return plain !== undefined && settings.swarm ? swarm(plain, settings.seed) : plain;
}

function plainStrategyOf(subject: Subject, settings: SearchSettings): Strategy | undefined {
  const { strategy, seed, depth } = settings;
  switch (strategy) {
    case 'fifo':
      return fifoStrategy;
    case 'random':
      return randomStrategy(seed);
    case 'pct':
      return pctStrategy(seed, depth, estimate(subject, seed));
    case 'urw':
      return urwStrategy(seed, estimate(subject, seed));
    case 'portfolio':
      return portfolioStrategy(seed, depth, estimate(subject, seed));
    case 'exhaustive':
    case 'every':
      return undefined;
  }
}
