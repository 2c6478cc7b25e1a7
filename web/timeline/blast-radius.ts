/**
 * What an overlap may have damaged: the orders, trades and money that fell into it.
 *
 * Inside is whatever happened while more than one was in the critical section. That says what the
 * lock did not protect, not that it went wrong; whether it did is the checks' to say.
 */
import { EventKind, type EventView, newView } from '../../sim/index.ts';
import type { TimelineIndex } from './index-builder.ts';
import type { Affected, OverlapStretch } from './overlap-table.ts';

/** What was inside, beside all that there was. */
export interface BlastRadius {
  /** Stretches in which more than one was inside, and how long they lasted together. */
  readonly overlaps: number;
  readonly overlapUs: number;
  readonly inside: Affected;
  readonly all: Affected;
}

/** Events by sequence number. */
export interface EventReader {
  readonly size: number;
  read(seq: number, view: EventView): boolean;
}

/** The whole trace's; one that lasts counts up to its present end. */
export function blastRadius({ overlaps, endUs }: TimelineIndex): BlastRadius {
  const last = overlaps.size === 0 ? undefined : overlaps.read(overlaps.size - 1);
  const openUs = last !== undefined && last.endUs === undefined ? endUs - last.startUs : 0;
  return {
    overlaps: overlaps.size,
    overlapUs: overlaps.insideUs + openUs,
    inside: overlaps.inside,
    all: overlaps.all,
  };
}

/** Events of a stretch that are looked through for its orders. */
const EVENTS_READ_MAX = 65_536;

/**
 * The numbers of the orders that were asked for or filled in a stretch, in order, at most `most`;
 * of a very long stretch those of its first EVENTS_READ_MAX events.
 */
export function ordersIn(
  trace: EventReader,
  { startSeq, endSeq }: OverlapStretch,
  most: number,
): number[] {
  const found = new Set<number>();
  const view = newView();
  const end = Math.min((endSeq ?? trace.size - 1) + 1, trace.size, startSeq + EVENTS_READ_MAX);
  for (let seq = startSeq; seq < end && found.size < most; seq++) {
    if (!trace.read(seq, view)) break;
    if (view.kind === EventKind.order || view.kind === EventKind.fill) found.add(view.a);
  }
  return [...found];
}
