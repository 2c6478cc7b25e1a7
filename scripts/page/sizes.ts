/**
 * How much script the built page brings, as a browser would have to fetch it: gzip, a file a
 * request.
 *
 * First load: what the page itself asked for until its first run was shown, as a browser saw it;
 * what it imports later for that view counts, however it is written. Workers: what a worker's entry
 * adds. On demand: the rest. Invariant: every script of the build is in exactly one part, so the
 * sum is that of the folder.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';

export const PARTS = ['first load', 'workers', 'on demand', 'offline'] as const;
export type Part = (typeof PARTS)[number];

/** A script of the build. */
export interface Script {
  /** Relative to the page. */
  readonly path: string;
  readonly part: Part;
  /** Compressed by gzip as hosts do it, level 6. */
  readonly gzipBytes: number;
}

/** Most bytes of script, compressed. */
export const BUDGET = { firstLoadBytes: 60_000, totalBytes: 120_000 } as const;

const GZIP_LEVEL = 6;
const WORKER = /-worker-[\w-]+\.js$/;
const OFFLINE = 'service-worker.js';

/** The scripts in `directory`, largest first; `asked`: by the page, before its run was shown. */
export function scriptsOf(directory: string, asked: ReadonlySet<string>): readonly Script[] {
  const strange = [...asked].filter((path) => !existsSync(join(directory, path)));
  if (strange.length > 0) throw new Error(`expected ${strange.join(', ')} in the build`);
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.js'));
  const read = (path: string): string => readFileSync(join(directory, path), 'utf8');
  const imports = new Map(paths.map((path) => [path, staticImports(path, read(path))]));
  const workers = closure(
    paths.filter((path) => WORKER.test(path)),
    imports,
  );
  const partOf = (path: string): Part => {
    if (path === OFFLINE) return 'offline';
    if (asked.has(path) && !WORKER.test(path)) return 'first load';
    return workers.has(path) ? 'workers' : 'on demand';
  };
  return paths
    .map((path) => ({
      path,
      part: partOf(path),
      gzipBytes: gzipSync(read(path), { level: GZIP_LEVEL }).length,
    }))
    .sort((x, y) => y.gzipBytes - x.gzipBytes);
}

/** The compressed size of some parts together. */
export function sumOf(scripts: readonly Script[], parts: readonly Part[] = PARTS): number {
  return scripts
    .filter(({ part }) => parts.includes(part))
    .reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
}

/** What is over the budget, as sentences; empty when nothing is. */
export function overBudget(scripts: readonly Script[]): readonly string[] {
  const judge = (what: string, bytes: number, most: number): readonly string[] =>
    bytes <= most ? [] : [`expected ${what} of at most ${most} bytes, got ${bytes}`];
  return [
    ...judge('a first load', sumOf(scripts, ['first load']), BUDGET.firstLoadBytes),
    ...judge('scripts in all', sumOf(scripts), BUDGET.totalBytes),
  ];
}

/** The scripts that one cannot run without, by path relative to the page. */
function staticImports(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023);
  return source.statements.flatMap((statement) => {
    const isImport = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
    const specifier = isImport ? statement.moduleSpecifier : undefined;
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return [];
    return [posix.join(posix.dirname(path), specifier.text)];
  });
}

function closure(
  entries: readonly string[],
  imports: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const next = imports.get(path);
    if (next === undefined) throw new Error(`expected ${path} in the build: npm run build`);
    if (found.has(path)) return;
    found.add(path);
    next.forEach(visit);
  };
  entries.forEach(visit);
  return found;
}
