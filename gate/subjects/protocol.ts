/** What the process that explores a lock and the one that watches it say to each other. */
import type { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Style } from '../render/style.ts';
import type { Bounds } from './bounds.ts';
import type { SubjectJob } from './explore-here.ts';
import type { ReplayJob } from './replay-here.ts';

/** What is to be done: a search, or one schedule. */
export type SubjectWork =
  | { readonly kind: 'explore'; readonly job: SubjectJob }
  | { readonly kind: 'replay'; readonly job: ReplayJob };

/** To the process that explores. */
export type ToExplorer =
  | {
      readonly kind: 'begin';
      readonly work: SubjectWork;
      /** For each thread, as for the process. */
      readonly bounds: Bounds;
      readonly base: string;
      readonly style: Style;
    }
  | { readonly kind: 'interrupt' };

/** From it. Whatever comes shows that it is not stuck. */
export type FromExplorer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'print'; readonly lines: readonly string[] }
  | { readonly kind: 'note'; readonly line: string }
  | { readonly kind: 'progress'; readonly done: number | null; readonly detail: string }
  | { readonly kind: 'over'; readonly outcome: Outcome<Exit> }
  | { readonly kind: 'crashed'; readonly message: string };
