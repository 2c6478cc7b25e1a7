/**
 * Runs the gallery's Python in Python itself, by snippets.py beside this file.
 *
 * A Python without pyzmq is an error with its remedy, never a comparison that is left out.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findProgram, SYSTEM_PACKAGES } from '../system/packages.ts';

/** The two sides of a pair, as text or as what was found of each. */
export interface Sides<T> {
  readonly wrong: T;
  readonly right: T;
}

/** What Python found of a snippet. */
export interface Finding {
  /** Names that it uses and neither makes nor may take for granted. */
  readonly unknown: readonly string[];
  /** Strings and comments: line from 1, first column from 0, the column after, and which. */
  readonly spans: readonly (readonly [number, number, number, 'string' | 'comment'])[];
  /** What its scene saw; null if it has none. */
  readonly found: unknown;
}

export interface Findings {
  /** The names of the snippets that have a scene. */
  readonly scenes: readonly string[];
  readonly answers: Readonly<Record<string, Sides<Finding>>>;
}

const SCRIPT = join(import.meta.dirname, 'snippets.py');

/** What Python says of snippets by name; one that it does not accept is an error with its words. */
export function runSnippets(codes: Readonly<Record<string, Sides<string>>>): Findings {
  const wanted = SYSTEM_PACKAGES.find(({ name }) => name === 'python3-zmq');
  const python = findProgram('python3', process.env['PATH'], wanted?.library);
  if (python === undefined) throw new Error('expected python3-zmq: npm run setup:system');
  const { status, stdout, stderr, error } = spawnSync(python, ['-B', SCRIPT], {
    input: JSON.stringify(codes),
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (error !== undefined) throw error;
  if (status !== 0) {
    throw new Error(`expected snippets.py to end well, got ${String(status)}: ${stderr}`);
  }
  return JSON.parse(stdout) as Findings;
}
