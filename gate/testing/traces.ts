/** Small traces written by hand, as events and as segments. */
import {
  EventKind,
  type EventView,
  newView,
  NONE,
  Recorder,
  type Segment,
} from '../../sim/index.ts';

/** An event in short: when, what, whose, which hold; `object` 0 is the socket. */
export type Step = readonly [
  timeUs: number,
  kind: keyof typeof EventKind,
  symbol: number,
  hold: number,
  object?: number,
];

/** The steps as events, numbered from 0. */
export function eventsFrom(steps: readonly Step[]): EventView[] {
  return steps.map(([timeUs, kind, symbol, hold, object], seq) => ({
    ...newView(),
    seq,
    timeUs,
    kind: EventKind[kind],
    symbol,
    task: symbol,
    object: object ?? 0,
    a: hold,
  }));
}

/** The steps as segments of a kept trace. */
export function segmentsFrom(steps: readonly Step[]): readonly Segment[] {
  const recorder = new Recorder({ keep: true, readers: [] });
  for (const [timeUs, kind, symbol, hold, object] of steps) {
    recorder.nowUs = timeUs;
    const task = symbol === NONE ? 7 : symbol;
    recorder.stamp(EventKind[kind], task, symbol, object ?? 0, hold, 0, 0);
  }
  recorder.finish();
  return recorder.segments;
}

/** A holds 0 to 10 ms; B waits from 2 and barges in at 4 ms until 12; C enters at 14. */
export const BARGE: readonly Step[] = [
  [0, 'request', 0, 1],
  [0, 'grant', 0, 1],
  [0, 'enter', 0, 1],
  [2_000, 'request', 1, 2],
  [4_000, 'grant', 1, 2],
  [4_000, 'enter', 1, 2],
  [10_000, 'exit', 0, 1],
  [10_000, 'release', 0, 1],
  [12_000, 'exit', 1, 2],
  [14_000, 'enter', 2, 3],
  [16_000, 'exit', 2, 3],
];
