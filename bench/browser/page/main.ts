/** The benchmarks' page: does what it is asked to by the benchmark's own process. */
import type { Segment } from '../../../sim/index.ts';
import { TimelineIndex } from '../../../web/timeline/index.ts';
import { writeLongTrace } from '../../long-trace.ts';
import type { BenchPage } from '../contract.ts';
import { bridgeExchanges, echoes } from './bridge.ts';
import { journeyFrames, naiveFrames } from './frames.ts';
import { handOffs } from './hand-offs.ts';
import { runLive } from './live.ts';
import { latencies, watchLatency } from './latency.ts';
import { elementOf, openStage, type StageSession } from './stage.svelte.ts';
import { engineAlone, streamed } from './stream.ts';

const HOLDS = 1_000_000;
const LANES = 5;

const options = { lanes: LANES, exchanges: true, violationEvery: 1_000 };
let session: StageSession | undefined;

const nextFrame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));

function onStage(): StageSession {
  session ??= openStage();
  return session;
}

/** The whole trace in segments of its own. */
function segmentsOf(holds: number, exchanges: boolean): { segments: Segment[]; endUs: number } {
  const segments: Segment[] = [];
  const copy = (segment: Segment): void => void segments.push(structuredClone(segment));
  const endUs = writeLongTrace({ ...options, exchanges, holds }, copy);
  return { segments, endUs };
}

function indexOf(holds: number): { readonly index: TimelineIndex; readonly ms: number } {
  const { segments, endUs } = segmentsOf(holds, false);
  const index = new TimelineIndex({ symbols: LANES });
  const startMs = performance.now();
  for (const segment of segments) index.append(segment);
  index.finish(endUs);
  return { index, ms: performance.now() - startMs };
}

const bench: BenchPage = {
  stage: async () => {
    const present = onStage();
    const copy = (segment: Segment): void => present.take([structuredClone(segment)]);
    present.finish(writeLongTrace({ ...options, holds: HOLDS }, copy));
    const canvas = elementOf('timeline').querySelector('canvas');
    if (canvas !== null) watchLatency(canvas, elementOf('inspector'));
    await nextFrame();
    await nextFrame();
  },
  journey: async () => {
    await journeyFrames();
    return journeyFrames();
  },
  naive: () => naiveFrames(indexOf(HOLDS).index),
  index: () => {
    // Kept until the end: a compiler forgets the shape of what is gone.
    const first = indexOf(HOLDS / 10);
    const { index, ms } = indexOf(HOLDS);
    const rows = index.byLane.reduce((sum, { holds }) => sum + holds.size, 0);
    if (rows !== HOLDS || first.index.violations === 0) throw new Error('expected every hold');
    return Promise.resolve({ ms, holds: rows });
  },
  latencies,
  engine: engineAlone,
  bridge: bridgeExchanges,
  echo: echoes,
  live: runLive,
  handOffs,
  clear: () => onStage().restart(),
  stream: (channel) => streamed(channel, onStage()),
};

Object.assign(globalThis, { bench });
