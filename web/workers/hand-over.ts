/**
 * Hands the page what its engine sent, in order, in slices that keep the main thread for no longer
 * than SLICE_MS and then leave it to input and drawing.
 *
 * A batch may hold a quarter of a million events; it goes on a few segments at a time, and only
 * when all of it is dealt with is there room for another. Known limit: what the listener does with
 * one piece is its own affair, and a slice ends after the piece that outlasts it.
 */
import type { Segment } from '../../sim/index.ts';
import type { EngineMessage, Finished, Progress } from './engine-contract.ts';
import { segmentOf } from './outbox.ts';

/** How long a slice may last: half of what a frame of 120 Hz has. */
export const SLICE_MS = 4;
/** Segments that are handed on between two looks at the clock. */
const PIECE_SEGMENTS = 4;

/** Whoever wants to know how a run goes. */
export interface RunListener {
  /** Stretches of the trace, in order; they are the listener's to keep. */
  readonly onTrace: (segments: readonly Segment[]) => void;
  readonly onProgress: (progress: Progress) => void;
  /** The run rests: after a step, a pause, or at the place that was sought. */
  readonly onRest: () => void;
  readonly onFinish: (finished: Finished) => void;
}

/** What it needs of the browser. */
export interface HandOverDoor {
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  /** Calls back in a later turn of the event loop. */
  readonly later: (work: () => void) => void;
}

export class HandOver {
  readonly #listener: RunListener;
  readonly #door: HandOverDoor;
  /** Told how many batches were dealt with. */
  readonly #onRoom: (batches: number) => void;
  #waiting: EngineMessage[] = [];
  /** How many segments of the first message were handed on. */
  #handed = 0;
  #isDue = false;

  constructor(listener: RunListener, door: HandOverDoor, onRoom: (batches: number) => void) {
    this.#listener = listener;
    this.#door = door;
    this.#onRoom = onRoom;
  }

  /** The next message; it is handed on in a turn of its own. */
  take(message: EngineMessage): void {
    this.#waiting.push(message);
    this.#schedule();
  }

  /** Forgets what waits: it belongs to a run that nobody asks for any more. */
  drop(): void {
    const batches = this.#waiting.filter(({ kind }) => kind === 'batch').length;
    this.#waiting = [];
    this.#handed = 0;
    if (batches > 0) this.#onRoom(batches);
  }

  #schedule(): void {
    if (this.#isDue || this.#waiting.length === 0) return;
    this.#isDue = true;
    this.#door.later(() => {
      this.#isDue = false;
      this.#slice();
    });
  }

  #slice(): void {
    const untilMs = this.#door.nowMs() + SLICE_MS;
    do this.#handOne();
    while (this.#waiting.length > 0 && this.#door.nowMs() < untilMs);
    this.#schedule();
  }

  /** Hands on a piece of a batch, or a message that is none. */
  #handOne(): void {
    const [message] = this.#waiting;
    if (message === undefined) return;
    if (message.kind === 'batch') {
      const piece = message.segments.slice(this.#handed, this.#handed + PIECE_SEGMENTS);
      this.#handed += piece.length;
      const isWhole = this.#handed >= message.segments.length;
      if (isWhole) this.#next();
      this.#listener.onTrace(piece.map(segmentOf));
      if (!isWhole) return;
      this.#listener.onProgress(message.progress);
      this.#onRoom(1);
      return;
    }
    this.#next();
    if (message.kind === 'finished') {
      this.#listener.onFinish(message);
      return;
    }
    this.#listener.onProgress(message.progress);
    this.#listener.onRest();
  }

  #next(): void {
    this.#waiting.shift();
    this.#handed = 0;
  }
}
