/**
 * What a search is asked to do, as plain data: whoever has it and the subject finds the same.
 */
import type { CheckId } from '../check/contract.ts';

/** `exhaustive` walks every class of schedules once, `every` each schedule. */
export const STRATEGY_NAMES = [
  ...(['fifo', 'random', 'pct', 'urw', 'portfolio', 'exhaustive', 'every'] as const),
] as const;
export type StrategyName = (typeof STRATEGY_NAMES)[number];

/** What all who do a part of a search have to agree on. */
export interface SearchSettings {
  readonly strategy: StrategyName;
  readonly seed: number;
  /**
   * Executions at most, part after part in their order: what comes after so many does not count,
   * whoever has done it. Those begun to find the parts come besides.
   */
  readonly schedulesMax: number;
  /** Ordered steps that a bug may need, for `pct` and `portfolio`. */
  readonly depth: number;
  /** Draws for each execution which kinds of faults exist in it. */
  readonly swarm: boolean;
  readonly stopAtFirst: boolean;
  /** The first is one that violates all of these; any, if there are none. */
  readonly wanted: readonly CheckId[];
  /** Choices in one execution that are open; past them all get the default, so that it settles. */
  readonly choicesMax: number;
  /** How many classes are remembered in a part; a search that meets more is not complete. */
  readonly classesMax: number;
  /** Of a strategy that draws: among how many of its first schedules classes are told apart. */
  readonly toldApartMax: number;
}

export interface SearchOptions extends SearchSettings {
  readonly shard: Shard;
}

/** Which parts of a search are done: each whose number leaves `index`, from 0, over `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export const WHOLE: Shard = { index: 0, count: 1 };

export const DEFAULT_SETTINGS: SearchSettings = {
  strategy: 'exhaustive',
  seed: 1,
  schedulesMax: 1_000_000,
  depth: 3,
  swarm: false,
  stopAtFirst: true,
  wanted: [],
  choicesMax: 1_000,
  classesMax: 2_000_000,
  toldApartMax: 262_144,
};

export const DEFAULT_SEARCH: SearchOptions = { ...DEFAULT_SETTINGS, shard: WHOLE };

/** Whether a strategy walks through everything; any other draws schedules, by their numbers. */
export function walksAll(strategy: StrategyName): boolean {
  return strategy === 'exhaustive' || strategy === 'every';
}

/** Whether a violation of these checks is one that is looked for. */
export function isWanted(violated: readonly CheckId[], wanted: readonly CheckId[]): boolean {
  return violated.length > 0 && wanted.every((id) => violated.includes(id));
}
