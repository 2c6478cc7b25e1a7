/**
 * The course of a search as the page sees it, whatever is searched: how far it is, what was found
 * before it was shrunk, and whether its end was asked for.
 *
 * Invariant: a course that starts again has nothing of the one before. What it came to in the end
 * is kept by whoever knows what is searched.
 */
import type { ShrinkProgress } from '../../sim/index.ts';
import type { SearchProgress } from '../workers/explore-contract.ts';
import type { TargetProgress } from '../workers/target-search.ts';
import { SearchPlan } from './search-plan.svelte.ts';

/** `failed`: the worker is gone; what it said stays. */
export type SearchPhase = 'idle' | 'searching' | 'shrinking' | 'telling' | 'done' | 'failed';

export class SearchCourse<Found> extends SearchPlan {
  phase: SearchPhase = $state('idle');
  progress: SearchProgress | undefined = $state.raw(undefined);
  shrinking: ShrinkProgress | undefined = $state.raw(undefined);
  /** What was found before it was shrunk. */
  found: Found | undefined = $state.raw(undefined);
  /** Whether the reader has asked for an end that has not come yet. */
  isEnding: boolean = $state(false);
  failure: string | undefined = $state(undefined);

  get isBusy(): boolean {
    return this.phase === 'searching' || this.phase === 'shrinking' || this.phase === 'telling';
  }

  /** Starts anew, in `phase`. */
  protected restart(phase: SearchPhase): void {
    this.phase = phase;
    this.progress = undefined;
    this.shrinking = undefined;
    this.found = undefined;
    this.isEnding = false;
    this.failure = undefined;
  }

  /** Something was found; it is made smaller now. */
  protected take(found: Found): void {
    this.found = found;
    this.phase = 'shrinking';
  }

  /** Hears how far it is. */
  protected follow(heard: Exclude<TargetProgress, { readonly kind: 'found' }>): void {
    switch (heard.kind) {
      case 'searching':
        this.progress = heard.progress;
        return;
      case 'shrinking':
        this.shrinking = heard.progress;
        return;
      case 'telling':
        this.phase = 'telling';
        return;
    }
  }
}
