/**
 * A module's text as plain JavaScript with its tree: types erased, imports turned into `require`.
 *
 * Invariant: every line stays where it is, so what is said of a line of the outcome is true of the
 * text. Types are erased and not checked. Known limit: no JSX, no top-level `await`.
 */
import { type Node, type Options, type Program, parse } from 'acorn';
import { transform } from 'sucrase';
import { SubjectProblem } from './problem.ts';

export interface ParsedModule {
  readonly text: string;
  readonly tree: Program;
}

const MODULE: Options = { ecmaVersion: 'latest', sourceType: 'module', locations: true };
/** What sucrase made of a module is a function's body. */
const SCRIPT: Options = { ...MODULE, sourceType: 'script', allowReturnOutsideFunction: true };

/** Whether a path says that its file is TypeScript. */
export function isTypeScript(path: string): boolean {
  return /\.[cm]?ts$/.test(path);
}

/** Reads a module; `path` says which language it is in, and stands in messages. */
export function parseModule(path: string, text: string): ParsedModule {
  const isTyped = isTypeScript(path);
  const script = isTyped ? undefined : commonJs(text);
  if (script !== undefined) return { text, tree: script };
  const plain = guarded(path, () => emitted(path, text, isTyped));
  return { text: plain, tree: guarded(path, () => parse(plain, SCRIPT)) };
}

/** The tree of a text without imports and exports; undefined where it has some, or is none. */
function commonJs(text: string): Program | undefined {
  try {
    return parse(text, SCRIPT);
  } catch {
    return undefined;
  }
}

function emitted(path: string, text: string, isTyped: boolean): string {
  // Otherwise a slip in plain JavaScript would be told in terms of what sucrase made of it.
  if (!isTyped) parse(text, MODULE);
  return transform(text, {
    transforms: isTyped ? ['typescript', 'imports'] : ['imports'],
    disableESTransforms: true,
    filePath: path,
  }).code;
}

/** The number of the line on which a node begins, from 1. */
export function lineOf({ loc }: Node): number {
  return loc?.start.line ?? 1;
}

/** Where a parser gave up, in the words of both parsers. */
interface ParseFailure {
  readonly message: string;
  readonly loc?: { readonly line: number };
}

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { message, loc } = error as ParseFailure;
    const line = loc?.line ?? 1;
    const said = message.replace(/^Error transforming [^:]*: /, '').replace(/ \(\d+:\d+\)$/, '');
    throw new SubjectProblem(
      'subject-syntax',
      `expected TypeScript or JavaScript in ${path}, but line ${line}: ${said}`,
      line,
    );
  }
}
