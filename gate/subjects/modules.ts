/**
 * Loads a module with all that it imports into a realm, as often as executions need it anew.
 *
 * Relative files and installed packages are read, lowered and compiled once; they are evaluated for
 * each execution, so that nothing of one reaches the next. Modules of Node are refused by name:
 * what they do is not the explorer's to decide. Code of a link is a module without a file, which
 * may import the libraries that Interlock uses and nothing else. Known limit: packages are found as
 * `require` finds them, so one that offers ES modules alone is not.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, resolve } from 'node:path';
import { lower } from '../../subjects/lower.ts';
import { SubjectProblem } from '../../subjects/problem.ts';
import { LIBRARY_USES } from '../../subjects/uses.ts';
import type { Factory } from '../../subjects/world.ts';
import type { Realm } from './realm.ts';

const BYTES_MAX = 4_000_000;
const ENDINGS = ['', '.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];

/** A loaded text: a function to call, or the value of a JSON file. */
type Loaded = { readonly factory: Factory } | { readonly json: string };

/** The code of a link. */
export interface LinkedModule {
  readonly path: string;
  readonly text: string;
}

export class Modules {
  readonly #realm: Realm;
  readonly #loaded = new Map<string, Loaded>();
  readonly #hash = createHash('sha256');
  /** By importing file and specifier, since each execution asks again. */
  readonly #resolved = new Map<string, Map<string, string>>();
  #instances = new Map<string, { exports: unknown }>();

  readonly #linked: LinkedModule | undefined;

  constructor(realm: Realm, linked?: LinkedModule) {
    this.#realm = realm;
    this.#linked = linked;
  }

  /** Evaluates the module at `path`, an absolute path, with all that it imports, anew. */
  evaluate(path: string): unknown {
    this.#instances = new Map();
    return this.#require(path);
  }

  /** The files that were read, in the order of their first use. */
  get files(): readonly string[] {
    return [...this.#loaded.keys()];
  }

  /** Of the texts that were read, in the order of their first use; wherever they are. */
  get fingerprint(): string {
    return this.#hash.copy().digest('hex');
  }

  #require(path: string): unknown {
    const known = this.#instances.get(path);
    if (known !== undefined) return known.exports;
    const module: { exports: unknown } = { exports: {} };
    this.#instances.set(path, module);
    const loaded = this.#load(path);
    if ('json' in loaded) module.exports = JSON.parse(loaded.json);
    else {
      const { exports } = module;
      loaded.factory.call(
        exports,
        exports as object,
        (specifier) => this.#require(this.#resolve(path, specifier)),
        module,
        this.#realm.world.runtime,
      );
    }
    return module.exports;
  }

  #load(path: string): Loaded {
    const known = this.#loaded.get(path);
    if (known !== undefined) return known;
    const text = path === this.#linked?.path ? this.#linked.text : textOf(path);
    this.#hash.update(JSON.stringify(text));
    const loaded =
      extname(path) === '.json'
        ? { json: text }
        : { factory: this.#realm.compile(path, lower(path, text)) };
    this.#loaded.set(path, loaded);
    return loaded;
  }

  #resolve(from: string, specifier: string): string {
    let resolved = this.#resolved.get(from);
    if (resolved === undefined) this.#resolved.set(from, (resolved = new Map<string, string>()));
    const known = resolved.get(specifier);
    if (known !== undefined) return known;
    const path = from === this.#linked?.path ? findLibrary(specifier) : find(from, specifier);
    resolved.set(specifier, path);
    return path;
  }
}

function find(from: string, specifier: string): string {
  if (isBuiltin(specifier)) {
    throw new SubjectProblem(
      'subject-import',
      `expected ${from} to import files and packages of promises and timers alone, got ${specifier}`,
    );
  }
  const path = /^\.{0,2}\//.test(specifier) ? fileAt(resolve(dirname(from), specifier)) : undefined;
  if (path !== undefined) return path;
  try {
    return createRequire(from).resolve(specifier);
  } catch {
    throw new SubjectProblem(
      'subject-import',
      `expected ${from} to import what is there, found no ${specifier} (packages need a form for require)`,
    );
  }
}

/** The library that the code of a link means. */
function findLibrary(specifier: string): string {
  const names = [...new Set(LIBRARY_USES.map(({ library }) => library))];
  if (names.includes(specifier)) return createRequire(import.meta.url).resolve(specifier);
  throw new SubjectProblem(
    'subject-import',
    `expected the code of a link to import ${names.join(', ')} alone, got ${specifier}`,
  );
}

/** The file that an import without an ending, or with that of the emitted file, means. */
function fileAt(path: string): string | undefined {
  const written = path.replace(/\.([cm]?)js$/, '.$1ts');
  const candidates = [...ENDINGS.map((ending) => path + ending), written];
  const inside = ENDINGS.slice(1).map((ending) => resolve(path, `index${ending}`));
  return [...candidates, ...inside].find(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function textOf(path: string): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > BYTES_MAX) {
    throw new SubjectProblem(
      'subject-too-large',
      `expected at most ${BYTES_MAX} bytes in ${path}, got ${size}`,
    );
  }
  return readFileSync(path, 'utf8');
}
