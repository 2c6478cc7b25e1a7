/**
 * Judges a log as a stream of bytes and keeps its events for the page to show.
 *
 * Memory is bounded: every event is judged, and the first EVENTS_KEPT are kept. Invariant: however
 * the bytes are cut into chunks, the outcome is the same.
 */
import { type EventView, LogCheck, packHead, Segment } from '../../sim/index.ts';
import { CLAIMS } from './claims.ts';
import type { LogOutcome, LogProgress, LogStretch } from './log-contract.ts';
import { bufferOf } from './outbox.ts';

/** Events that the page can show: 36 bytes each, 144 MB at most. */
export const EVENTS_KEPT = 4_000_000;
const STRETCH_EVENTS = 65_536;
const PROGRESS_EVERY_MS = 50;

/** Columns of events with the line of each. */
class EventKeeper {
  readonly #done: LogStretch[] = [];
  readonly #kept: number;
  #segment = new Segment(0, STRETCH_EVENTS);
  #lines = new Float64Array(STRETCH_EVENTS);
  #hasMore = false;

  constructor(kept: number) {
    this.#kept = kept;
  }

  /** False once there were more events than are kept. */
  get keptAll(): boolean {
    return !this.#hasMore;
  }

  readonly take = (event: EventView): void => {
    let segment = this.#segment;
    if (segment.firstSeq + segment.size >= this.#kept) {
      this.#hasMore = true;
      return;
    }
    if (segment.size === STRETCH_EVENTS) segment = this.#next();
    const at = segment.size;
    segment.head[at] = packHead(event.kind, event.task, event.symbol, event.object);
    segment.a[at] = event.a;
    segment.b[at] = event.b;
    segment.timeUs[at] = event.timeUs;
    segment.value[at] = event.value;
    this.#lines[at] = event.seq;
    segment.size = at + 1;
  };

  finish(): readonly LogStretch[] {
    this.#next();
    return this.#done;
  }

  #next(): Segment {
    const { firstSeq, size } = this.#segment;
    const buffer = bufferOf(this.#segment);
    if (size > 0) this.#done.push({ firstSeq, size, buffer, lines: this.#lines.buffer });
    this.#segment = new Segment(firstSeq + size, STRETCH_EVENTS);
    this.#lines = new Float64Array(STRETCH_EVENTS);
    return this.#segment;
  }
}

/** Judges one log at a time. */
export class LogHost {
  readonly #nowMs: () => number;
  readonly #kept: number;
  #isCancelled = false;

  constructor(nowMs: () => number, eventsKept = EVENTS_KEPT) {
    this.#nowMs = nowMs;
    this.#kept = eventsKept;
  }

  async check(file: Blob, onProgress: (progress: LogProgress) => void): Promise<LogOutcome> {
    this.#isCancelled = false;
    const keeper = new EventKeeper(this.#kept);
    const check = new LogCheck({ onEvent: keeper.take });
    const reader = file.stream().getReader();
    let bytes = 0;
    let toldMs = -Infinity;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      const wantsMore = check.push(value);
      if (this.#nowMs() - toldMs >= PROGRESS_EVERY_MS) {
        onProgress({ bytes, bytesTotal: file.size, events: check.events });
        toldMs = this.#nowMs();
      }
      if (this.#isCancelled || !wantsMore) {
        await reader.cancel();
        break;
      }
    }
    const progress = { bytes, bytesTotal: file.size, events: check.events };
    const result = check.finish(this.#isCancelled);
    return {
      result,
      stretches: keeper.finish(),
      progress,
      allKept: keeper.keptAll,
      claims: CLAIMS,
    };
  }

  cancel(): void {
    this.#isCancelled = true;
  }
}
