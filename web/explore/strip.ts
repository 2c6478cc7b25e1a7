/**
 * The schedule strip: every choice of a run in its order, those off the default marked.
 *
 * Places are shares of the strip's width, 0 to 1, a choice in the middle of its own share. Choices
 * are numbered from 0, as in a link.
 */
import type { Inevitable } from '../../sim/index.ts';
import type { ScheduleMarks } from '../workers/explore-contract.ts';

/** A choice off the default. */
export interface Departure {
  readonly choice: number;
  readonly pick: number;
  readonly width: number;
  /** The first event after it. */
  readonly seq: number;
  readonly place: number;
}

export interface Strip {
  readonly choices: number;
  readonly departures: readonly Departure[];
  /** Where it became inevitable; 0 where it always was, undefined where that is not known. */
  readonly inevitable: number | undefined;
}

export function stripOf({ picks, widths, seqs }: ScheduleMarks, inevitable?: Inevitable): Strip {
  const choices = picks.length;
  const departures = picks.flatMap((pick, choice) =>
    pick === 0
      ? []
      : [
          {
            choice,
            pick,
            width: widths[choice] ?? 0,
            seq: seqs[choice] ?? 0,
            place: (choice + 0.5) / choices,
          },
        ],
  );
  return { choices, departures, inevitable: inevitable && placeOf(inevitable, choices) };
}

/** How far along the strip the playhead is: past the choices that were made before event `seq`. */
export function playheadOf({ seqs }: ScheduleMarks, seq: number | undefined): number | undefined {
  if (seq === undefined || seqs.length === 0) return undefined;
  const later = seqs.findIndex((asked) => asked > seq);
  return (later === -1 ? seqs.length : later) / seqs.length;
}

function placeOf(inevitable: Inevitable, choices: number): number | undefined {
  switch (inevitable.kind) {
    case 'since':
      return (inevitable.choice + 0.5) / choices;
    case 'always':
      return 0;
    case 'unknown':
      return undefined;
  }
}
