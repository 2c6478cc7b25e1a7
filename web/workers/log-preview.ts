/**
 * How the first lines of a log are read with a reader's own patterns, line by line.
 *
 * A line is tried on the patterns and then read as the log would be, so that what is shown is what
 * will be judged. Known limit: a slow pattern is slow here too; whoever asks sets the deadline.
 */
import {
  assert,
  compilePatterns,
  type EventName,
  eventName,
  type EventView,
  LogCheck,
  NONE,
  type PatternMatch,
  plainText,
} from '../../sim/index.ts';

export const PREVIEW_LINES_MAX = 200;
/** So much of a file is looked at; fewer lines fit where they are long. */
export const PREVIEW_BYTES_MAX = 262_144;

/** What came of one line. */
export interface PreviewLine {
  /** Its number, from 1. */
  readonly line: number;
  readonly text: string;
  /** Which pattern matched, from 0, and what its groups hold; undefined where none did. */
  readonly match: (PatternMatch & { readonly pattern: number }) | undefined;
  /** The event that was made of it, in whatever form it was read; undefined where none was. */
  readonly event: EventName | undefined;
  readonly symbol: string | undefined;
}

export interface LogPreview {
  readonly lines: readonly PreviewLine[];
  /** By pattern: how many of the lines it matched. */
  readonly matched: readonly number[];
}

/** Reads the first lines of `bytes`; an incomplete last line counts as a whole one. */
export function previewLog(bytes: Uint8Array, sources: readonly string[]): LogPreview {
  const patterns = compilePatterns(sources);
  assert(patterns.kind === 'ok', 'expected patterns that compile');
  const events = new Map<number, { readonly event: EventName; readonly symbol: number }>();
  const check = new LogCheck({
    patterns: patterns.value,
    onEvent: ({ seq, kind, symbol }: EventView) => {
      if (!events.has(seq)) events.set(seq, { event: eventName(kind), symbol });
    },
  });
  const lines = linesOf(bytes);
  for (const { end, start } of lines) {
    check.push(bytes.subarray(start, end));
    check.push(LINE_END);
  }
  const { symbolNames } = check.finish(true);
  const matched = sources.map(() => 0);
  const read = lines.map(({ start, end }, at): PreviewLine => {
    const text = plainText(bytes, start, end);
    const pattern = patterns.value.findIndex((each) => each.match(text) !== undefined);
    const found = patterns.value[pattern]?.match(text);
    if (found !== undefined) matched[pattern] = (matched[pattern] ?? 0) + 1;
    const made = events.get(at + 1);
    return {
      line: at + 1,
      text,
      match: found && { ...found, pattern },
      event: made?.event,
      symbol: made === undefined || made.symbol === NONE ? undefined : symbolNames[made.symbol],
    };
  });
  return { lines: read, matched };
}

const LF = 10;
const CR = 13;
const LINE_END = Uint8Array.of(LF);

/** The first lines without their ends. */
function linesOf(bytes: Uint8Array): { readonly start: number; readonly end: number }[] {
  const lines: { start: number; end: number }[] = [];
  for (let start = 0; start < bytes.length && lines.length < PREVIEW_LINES_MAX;) {
    const found = bytes.indexOf(LF, start);
    const end = found < 0 ? bytes.length : found;
    lines.push({ start, end: bytes[end - 1] === CR && end > start ? end - 1 : end });
    start = end + 1;
  }
  return lines;
}
