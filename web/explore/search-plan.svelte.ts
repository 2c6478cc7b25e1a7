/** How to search and for how long, as the reader sets it; every figure stays within its limits. */
import type { StrategyName } from '../../sim/index.ts';
import type { ExplorePlan } from '../workers/explore-contract.ts';

/** The strategies that the page offers. */
export const STRATEGIES = ['exhaustive', 'random', 'pct', 'urw', 'portfolio'] as const;

/** Least and most of each figure of a search. */
export const LIMITS = {
  seed: { least: 0, most: 1_000_000_000 },
  depth: { least: 1, most: 16 },
  schedulesMax: { least: 1, most: 1_000_000 },
  secondsMax: { least: 1, most: 3_600 },
} as const;
/** More schedules than anybody waits for: a walk through everything ends by itself, or late. */
const EVERYTHING = 1_000_000_000;

export type Limited = keyof typeof LIMITS;

export class SearchPlan {
  strategy: StrategyName = $state('exhaustive');
  seed: number = $state(1);
  depth: number = $state(3);
  schedulesMax: number = $state(10_000);
  secondsMax: number = $state(30);

  /** Whether the strategy looks for bugs of a depth. */
  get hasDepth(): boolean {
    return this.strategy === 'pct' || this.strategy === 'portfolio';
  }

  /** Whether the strategy draws schedules: its seed says which, and how many is to be said. */
  get isDrawn(): boolean {
    return this.strategy !== 'exhaustive';
  }

  get plan(): ExplorePlan {
    const { strategy, seed, depth, secondsMax } = this;
    const schedulesMax = this.isDrawn ? this.schedulesMax : EVERYTHING;
    return { strategy, seed, depth, schedulesMax, secondsMax };
  }

  /** Sets a figure, within its limits; what is no number changes nothing. */
  limit(name: Limited, value: number): void {
    const { least, most } = LIMITS[name];
    if (Number.isFinite(value)) this[name] = Math.min(most, Math.max(least, Math.round(value)));
  }
}
