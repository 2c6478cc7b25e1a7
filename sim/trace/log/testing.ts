/** For tests: reads a whole log at once, in chunks of a chosen size, and keeps its events. */
import { EventKind, keepEvent, type TraceEvent } from '../event.ts';
import { encodeUtf8 } from '../utf8.ts';
import { compilePatterns } from './pattern.ts';
import { LogReader } from './reader.ts';
import type { LogSummary } from './summary.ts';

export interface ReadLog {
  readonly events: readonly TraceEvent[];
  readonly summary: LogSummary;
  /** Codes of the notes, in order. */
  readonly notes: readonly string[];
}

/** Reads `log` in chunks of `chunkBytes`, by the patterns if there are any. */
export function readLog(
  log: string | Uint8Array,
  chunkBytes = 65_536,
  patterns: readonly string[] = [],
): ReadLog {
  const bytes = typeof log === 'string' ? encodeUtf8(log) : log;
  const compiled = compilePatterns(patterns);
  if (compiled.kind === 'error') throw new Error(compiled.error.message);
  const events: TraceEvent[] = [];
  const reader = new LogReader((event) => events.push(keepEvent(event)), compiled.value);
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    // A copy that is wiped afterwards shows whether the reader holds on to the chunk.
    const chunk = Uint8Array.from(bytes.subarray(from, from + chunkBytes));
    reader.push(chunk);
    chunk.fill(0x58);
  }
  const summary = reader.finish();
  return { events, summary, notes: summary.notes.map((note) => note.code) };
}

/** How many enters met somebody inside, and the most that were inside at once. */
export function overlapsIn(events: readonly TraceEvent[]): { overlaps: number; holders: number } {
  const inside = new Set<number>();
  let overlaps = 0;
  let holders = 0;
  for (const event of events) {
    if (event.kind === EventKind.enter) {
      if (inside.size > 0) overlaps += 1;
      inside.add(event.a);
      holders = Math.max(holders, inside.size);
    } else if (event.kind === EventKind.exit) inside.delete(event.a);
  }
  return { overlaps, holders };
}
