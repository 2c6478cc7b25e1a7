/**
 * The reader's own forms of lines: kept in the browser, and what is wrong with one of them.
 *
 * Invariant: what is loaded compiles, whatever stood in the storage.
 */
import { compilePatterns, PATTERN_KINDS, type PatternKind } from '../../sim/index.ts';
import type { Memory } from '../state/preferences.svelte.ts';

const KEY = 'interlock.log-patterns';

/** The patterns that were chosen last; none where the browser keeps nothing. */
export function loadPatterns(memory: Memory | null): readonly string[] {
  try {
    const saved: unknown = JSON.parse(memory?.getItem(KEY) ?? '[]');
    if (!Array.isArray(saved) || !saved.every((each) => typeof each === 'string')) return [];
    return patternsProblem(saved) === undefined ? saved : [];
  } catch {
    return [];
  }
}

/** Keeps the patterns for the next visit; a storage that refuses is no reason not to use them. */
export function savePatterns(memory: Memory | null, patterns: readonly string[]): void {
  try {
    memory?.setItem(KEY, JSON.stringify(patterns));
  } catch {
    // They hold until the page is closed.
  }
}

/** Why the patterns cannot serve together; undefined where they can. */
export function patternsProblem(patterns: readonly string[]): string | undefined {
  const compiled = compilePatterns(patterns);
  return compiled.kind === 'error' ? compiled.error.message : undefined;
}

/** Both ends of a hold, so that a pattern beside them is judged for itself. */
const BOTH_ENDS = ['(?<acquire>$a)(?<symbol>b)', '(?<release>$a)(?<symbol>b)'];

/** What is wrong with one pattern by itself, or undefined. */
export function patternProblem(pattern: string): string | undefined {
  return patternsProblem([pattern, ...BOTH_ENDS]);
}

/** What a pattern that compiles says of a line: the kinds among its groups. */
export function kindsOf(pattern: string): readonly PatternKind[] {
  return PATTERN_KINDS.filter((kind) => new RegExp(`\\(\\?P?<${kind}>`).test(pattern));
}

/** The end of a hold that no pattern reads though one reads the other; undefined if none lacks. */
export function missingEnd(patterns: readonly string[]): 'acquire' | 'release' | undefined {
  const kinds = new Set(patterns.flatMap(kindsOf));
  if (kinds.has('acquire') === kinds.has('release')) return undefined;
  return kinds.has('acquire') ? 'release' : 'acquire';
}

/** The command that judges the file `name` with the same patterns. */
export function commandOf(name: string, patterns: readonly string[]): string {
  const words = ['check-log', name, ...patterns.flatMap((each) => ['--pattern', each])];
  return words.map(quoted).join(' ');
}

/** A word as a shell takes it unchanged. */
function quoted(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Patterns and lines to begin with: a worker that got and left a socket. */
export const EXAMPLE_PATTERNS = [
  '^(?<time>\\S+) (?<symbol>\\S+) (?<acquire>got) the socket #(?<id>\\d+)',
  '^(?<time>\\S+) (?<symbol>\\S+) (?<release>left) the socket #(?<id>\\d+)',
];
export const EXAMPLE_LINES = [
  '12:00:01.250 worker-3 got the socket #17',
  '12:00:01.254 worker-5 waits for the socket',
  '12:00:01.262 worker-3 left the socket #17',
  '12:00:01.262 worker-5 got the socket #18',
  '12:00:01.270 worker-5 left the socket #18',
  '',
].join('\n');
