/**
 * The timeline's index of a million holds over five lanes, and what it costs to draw it.
 *
 * The trace comes as the page gets it, a segment at a time, and only the index's own time counts.
 * Bytes are those of the index's arrays, measured by what the process holds before and after.
 * Drawing goes to a pen that does nothing, so it is the arithmetic alone: what a canvas adds is
 * measured in a browser.
 */
import { performance } from 'node:perf_hooks';
import {
  drawTimeline,
  layOut,
  LIGHT,
  newView,
  pan,
  type Pen,
  spanOf,
  TimelineIndex,
  type ViewState,
  zoom,
} from '../web/timeline/index.ts';
import { writeLongTrace } from './long-trace.ts';
import type { Claim, Measurement } from './claim.ts';

const HOLDS = 1_000_000;
const LANES = 5;
const INDEX_MS_MAX = 150;
const INDEX_MB_MAX = 40;
const DRAW_MS_MAX = 8;

interface Built {
  readonly index: TimelineIndex;
  readonly ms: number;
  readonly mb: number;
}

function build(exchanges: boolean, holds = HOLDS): Built {
  globalThis.gc?.();
  const before = bytesHeld();
  const index = new TimelineIndex({ symbols: LANES });
  let ms = 0;
  const options = { holds, lanes: LANES, exchanges, violationEvery: 1_000 };
  const endUs = writeLongTrace(options, (segment) => {
    const start = performance.now();
    index.append(segment);
    ms += performance.now() - start;
  });
  index.finish(endUs);
  const rows = index.byLane.reduce((sum, lane) => sum + lane.holds.size, 0);
  if (rows !== holds || index.violations !== Math.floor((holds - 1) / 1_000)) {
    throw new Error(`expected ${holds} holds, got ${rows} with ${index.violations} violations`);
  }
  globalThis.gc?.();
  return { index, ms, mb: (bytesHeld() - before) / 1e6 };
}

function bytesHeld(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

/** A pen that draws nothing. */
function noPen(): Pen {
  const nothing = (): void => undefined;
  const width = { width: 40 };
  const calls = ['setTransform', 'fillRect', 'strokeRect', 'beginPath', 'moveTo'];
  const more = ['lineTo', 'rect', 'closePath', 'fill', 'stroke', 'fillText', 'save', 'restore'];
  const pen = Object.fromEntries(
    [...calls, ...more, 'clip', 'setLineDash'].map((c) => [c, nothing]),
  );
  return Object.assign(pen, { measureText: () => width, globalAlpha: 1 }) as unknown as Pen;
}

/** Milliseconds of every frame of a journey: in from the whole to single holds, along, and out. */
function journey(index: TimelineIndex): number[] {
  const pen = noPen();
  const layout = layOut({ width: 1_440 - 296 - 336, lanes: LANES, form: 'wide' });
  let view = newView(index.extent());
  const frame = (): number => {
    const start = performance.now();
    drawTimeline(pen, {
      index,
      view,
      layout,
      palette: LIGHT,
      words: {
        ...{ holders: 'Holders', socket: 'Socket', queue: 'Queue', pnl: 'PnL' },
        ...{ ledger: 'Ledger', aggregator: 'Aggregator', notRecorded: 'not recorded' },
      },
      laneNames: ['A', 'B', 'C', 'D', 'E'],
      ratio: 1,
      fonts: { text: 'sans-serif', figures: 'monospace' },
      hover: undefined,
      marks: [],
    });
    return performance.now() - start;
  };
  const times: number[] = [];
  const go = (count: number, move: (from: ViewState) => ViewState): void => {
    for (let step = 0; step < count; step++) {
      view = move(view);
      times.push(frame());
    }
  };
  const focus = index.endUs * 0.4;
  go(20, (from) => from);
  go(90, (from) => zoom(from, focus, 1.2));
  go(50, (from) => pan(from, spanOf(from.range) / 20));
  go(90, (from) => zoom(from, focus, 1 / 1.2));
  go(50, (from) => pan(from, spanOf(from.range) / 20));
  return times;
}

function drawing(): Measurement {
  const { index } = build(true);
  journey(index);
  const times = journey(index).sort((one, other) => one - other);
  const rank = (percent: number): number =>
    times[Math.ceil((percent * times.length) / 100) - 1] as number;
  return { value: rank(95), detail: { frames: times.length, p50: rank(50), max: rank(100) } };
}

/**
 * The second index in one process, as of the second run on a page: the first has warmed the
 * compiler up, and is still there, because a compiler forgets the shape of what is gone.
 */
function indexing(exchanges: boolean): Measurement {
  const first = build(exchanges, HOLDS / 10);
  const { ms, mb } = build(exchanges);
  return { value: ms, detail: { MB: mb, holds: HOLDS, before: first.ms } };
}

export const claim: Claim = {
  name: 'timeline-index',
  says: 'A million holds are indexed before anybody notices, and drawn by pixels and not by holds.',
  unit: 'ms',
  better: 'less',
  goal: {
    text:
      `index at most ${INDEX_MS_MAX} ms and ${INDEX_MB_MAX} MB, ` +
      `95 of 100 frames at most ${DRAW_MS_MAX} ms without a canvas`,
    holds: (medians) =>
      (medians.get('index') ?? Infinity) <= INDEX_MS_MAX &&
      (medians.get('drawing, p95') ?? Infinity) <= DRAW_MS_MAX,
  },
  rounds: 3,
  subjects: [
    { name: 'index', role: 'ours', measure: () => withinMemory(indexing(false)) },
    { name: 'index with exchanges', role: 'ours', measure: () => indexing(true) },
    { name: 'drawing, p95', role: 'ours', measure: drawing },
  ],
};

function withinMemory(measured: Measurement): Measurement {
  const mb = measured.detail?.['MB'] ?? Infinity;
  if (mb > INDEX_MB_MAX)
    throw new Error(`expected at most ${INDEX_MB_MAX} MB, got ${mb.toFixed(1)}`);
  return measured;
}
