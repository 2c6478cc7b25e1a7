/**
 * The first part of a recording, kept so that its first violation can be drawn: a run in real time
 * cannot be run again.
 *
 * Known limit: a violation after the first million events is told and not drawn.
 */
import { type RunResult, Segment } from '../../sim/index.ts';
import { HoldWindow } from '../evidence/hold-window.ts';
import { firstPlace } from '../report/first-place.ts';
import type { Scene } from '../report/report.ts';

const EVENTS_MAX = 1_000_000;

export class KeptTrace {
  readonly #segments: Segment[] = [];
  #events = 0;

  readonly read = (segment: Segment): void => {
    if (this.#events >= EVENTS_MAX) return;
    this.#events += segment.size;
    this.#segments.push(copyOf(segment));
  };

  /** The scene of the first violation; undefined where there is none that was kept. */
  scene(result: RunResult): Scene | undefined {
    const place = firstPlace(result.checks, result.pnl.partedAt);
    if (place === undefined) return undefined;
    const window = new HoldWindow(place.seq);
    for (const segment of this.#segments) window.read(segment);
    const picture = window.picture();
    return picture && { check: place.check, picture, marks: place.marks };
  }
}

function copyOf(segment: Segment): Segment {
  const { firstSeq, size } = segment;
  const copy = new Segment(firstSeq, size);
  copy.size = size;
  copy.head.set(segment.head.subarray(0, size));
  copy.a.set(segment.a.subarray(0, size));
  copy.b.set(segment.b.subarray(0, size));
  copy.timeUs.set(segment.timeUs.subarray(0, size));
  copy.value.set(segment.value.subarray(0, size));
  return copy;
}
