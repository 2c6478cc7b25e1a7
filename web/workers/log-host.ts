/**
 * Judges a log as a stream of bytes and keeps its events for the page to show.
 *
 * Memory is bounded: every event is judged, and the first EVENTS_KEPT are kept. Invariant: however
 * the bytes are cut into chunks, the outcome is the same.
 */
import {
  assert,
  compilePatterns,
  type EventView,
  LogCheck,
  packHead,
  Segment,
} from '../../sim/index.ts';
import { CLAIMS } from './claims.ts';
import { chunksOf } from './log-chunks.ts';
import type { LogApi, LogOutcome, LogProgress, LogStretch } from './log-contract.ts';
import { OverlapCount } from './log-overlaps.ts';
import { type LogPreview, PREVIEW_BYTES_MAX, previewLog } from './log-preview.ts';
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

/** What the host needs of the world around it. */
export interface LogSurroundings {
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  /** Lets the event loop turn, so that a command can be heard while a log is read. */
  readonly turn: () => Promise<void>;
}

/** Judges one log at a time. */
export class LogHost implements LogApi {
  readonly #around: LogSurroundings;
  readonly #kept: number;
  #isCancelled = false;

  constructor(around: LogSurroundings, eventsKept = EVENTS_KEPT) {
    this.#around = around;
    this.#kept = eventsKept;
  }

  async check(
    file: Blob,
    sources: readonly string[],
    onProgress: (progress: LogProgress) => void,
  ): Promise<LogOutcome> {
    const patterns = compilePatterns(sources);
    assert(patterns.kind === 'ok', 'expected patterns that compile');
    this.#isCancelled = false;
    const { nowMs, turn } = this.#around;
    const fromMs = nowMs();
    const keeper = new EventKeeper(this.#kept);
    const overlaps = new OverlapCount();
    const onEvent = (event: EventView): void => {
      keeper.take(event);
      overlaps.step(event);
    };
    const check = new LogCheck({ patterns: patterns.value, onEvent });
    let bytes = 0;
    let toldMs = -Infinity;
    const progress = (): LogProgress => ({
      bytes,
      bytesTotal: file.size,
      events: check.events,
      overlaps: overlaps.count,
    });
    for await (const chunk of chunksOf(file)) {
      bytes += chunk.byteLength;
      const wantsMore = check.push(chunk);
      if (nowMs() - toldMs >= PROGRESS_EVERY_MS) {
        onProgress(progress());
        toldMs = nowMs();
        await turn();
      }
      if (this.#isCancelled || !wantsMore) break;
    }
    const result = check.finish(this.#isCancelled);
    return {
      result,
      stretches: keeper.finish(),
      progress: progress(),
      cancelled: this.#isCancelled,
      allKept: keeper.keptAll,
      claims: CLAIMS,
      tookMs: nowMs() - fromMs,
    };
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  async preview(head: Blob, sources: readonly string[]): Promise<LogPreview> {
    const bytes = await head.slice(0, PREVIEW_BYTES_MAX).arrayBuffer();
    return previewLog(new Uint8Array(bytes), sources);
  }
}
