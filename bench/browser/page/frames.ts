/** Frames of a journey over a million holds, by the page's timeline and by naive drawing. */
import { type TimelineIndex } from '../../../web/timeline/index.ts';
import type { FrameTimes } from '../contract.ts';
import { elementOf } from './stage.svelte.ts';

/** One step of the journey: what the wheel does in that frame. */
type Turn = Readonly<WheelEventInit>;

const ZOOM_IN: Turn = { ctrlKey: true, deltaY: -130 };
const ZOOM_OUT: Turn = { ctrlKey: true, deltaY: 130 };
const PAN: Turn = { deltaX: 40 };

/** In from the whole to single holds, along them, out again, and along the middle. */
const JOURNEY: readonly Turn[] = [
  ...Array<Turn>(70).fill(ZOOM_IN),
  ...Array<Turn>(60).fill(PAN),
  ...Array<Turn>(35).fill(ZOOM_OUT),
  ...Array<Turn>(60).fill(PAN),
  ...Array<Turn>(35).fill(ZOOM_OUT),
  ...Array<Turn>(40).fill(PAN),
];

const NAIVE_FRAMES = 8;
const CENTRE_SHARE = 0.45;

const nextFrame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));

/** Turns the wheel over the timeline once a frame. */
export async function journeyFrames(): Promise<FrameTimes> {
  const canvas = elementOf('timeline').querySelector('canvas');
  if (canvas === null) throw new Error('expected the canvas of the timeline');
  const box = canvas.getBoundingClientRect();
  const where = {
    clientX: box.left + 96 + (box.width - 96) * CENTRE_SHARE,
    clientY: box.top + 100,
    bubbles: true,
    cancelable: true,
  };
  const intervalsMs: number[] = [];
  let lastMs = await nextFrame();
  for (const turn of JOURNEY) {
    canvas.dispatchEvent(new WheelEvent('wheel', { ...where, ...turn }));
    const nowMs = await nextFrame();
    intervalsMs.push(nowMs - lastMs);
    lastMs = nowMs;
  }
  return { intervalsMs };
}

/** Draws every hold of every lane in every frame, wherever it lies. */
export async function naiveFrames(index: TimelineIndex): Promise<FrameTimes> {
  const canvas = document.createElement('canvas');
  canvas.width = 776;
  canvas.height = 368;
  document.body.append(canvas);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('expected a canvas that can be drawn on');
  const intervalsMs: number[] = [];
  let lastMs = await nextFrame();
  for (let frame = 0; frame < NAIVE_FRAMES; frame++) {
    const scale = (canvas.width / index.endUs) * 1.1 ** frame;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#3D82E0';
    index.byLane.forEach(({ holds }, lane) => {
      for (let row = 0; row < holds.size; row++) {
        const x = holds.startUs(row) * scale;
        pen.fillRect(x, lane * 30, Math.max(1, holds.endUs(row) * scale - x), 28);
      }
    });
    const nowMs = await nextFrame();
    intervalsMs.push(nowMs - lastMs);
    lastMs = nowMs;
  }
  canvas.remove();
  return { intervalsMs };
}
