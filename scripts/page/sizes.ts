/**
 * How much script the built page brings, as a browser would have to fetch it: gzip, a file a
 * request.
 *
 * Start: the page's entry with all that it cannot run without; until it is there nothing is shown.
 * First view: what the page asks for besides, until its first run is shown with its timeline, as a
 * browser saw it. Workers: what a worker's entry adds. Own lock: the code editor, the lowering and
 * the closed worker, which only those load who bring a lock of their own. Real time: the workers of
 * a live run, the connection with the bridge, and their views. On demand: the rest.
 * Invariant: every script of the build is in exactly one part, so the sum is that of the folder.
 *
 * A goal is what the page is meant to weigh, a limit what it may: where a goal is missed the limit
 * stands a little above what there is, so that nothing grows unnoticed. A limit is lowered with
 * what there is, and raised for a new thing that the page can do, never for an old one.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';

export const PARTS = [
  ...(['start', 'first view', 'workers', 'on demand', 'offline', 'own lock'] as const),
  'real time',
] as const;
export type Part = (typeof PARTS)[number];

/** A script of the build. */
export interface Script {
  /** Relative to the page. */
  readonly path: string;
  readonly part: Part;
  /** Compressed by gzip as hosts do it, level 6. */
  readonly gzipBytes: number;
}

/** Bytes of script, compressed: what parts together may weigh, and what they are meant to. */
export interface Allowance {
  readonly what: string;
  readonly parts: readonly Part[];
  readonly goalBytes: number;
  readonly limitBytes: number;
}

const SHARED_PARTS = PARTS.filter((part) => part !== 'own lock' && part !== 'real time');

export const ALLOWANCES: readonly Allowance[] = [
  { what: 'until the page starts', parts: ['start'], goalBytes: 60_000, limitBytes: 60_000 },
  {
    ...{ what: 'until the first run is shown', parts: ['start', 'first view'] },
    ...{ goalBytes: 60_000, limitBytes: 92_000 },
  },
  {
    ...{ what: 'in all but for own locks and real time', parts: SHARED_PARTS },
    ...{ goalBytes: 120_000, limitBytes: 340_000 },
  },
  { what: 'for real time', parts: ['real time'], goalBytes: 50_000, limitBytes: 50_000 },
  { what: 'for own locks', parts: ['own lock'], goalBytes: 300_000, limitBytes: 311_000 },
];

const GZIP_LEVEL = 6;
const WORKER = /-worker-[\w-]+\.js$/;
const ENTRY = /(^|\/)index-[\w-]+\.js$/;
const OFFLINE = 'service-worker.js';
/** What nothing but the bench for locks asks for; words and what it shares count as the rest. */
const OWN_LOCK = /(^|\/)(LockBench|lock-bench\.svelte|compose|box-parts|lock-(en|zh))-[\w-]+\.js$/;
/** What nothing but a live run and the connection with the bridge ask for. */
const REAL_TIME = new RegExp(
  `(^|/)(${[
    ...['(account|bridge|conductor|lock|symbol)-worker', 'symbol-host', 'browser-lock', 'thread'],
    ...['live-(en|zh|doors|sentences)', 'live\\.svelte', 'lock-so-far', 'RecordingStrip', 'SoFar'],
    '(Live|Connect|Arm)(Dialog|Frame)',
  ].join('|')})-[\\w-]+\\.js$`,
);

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
  const start = closure(
    paths.filter((path) => ENTRY.test(path)),
    imports,
  );
  const partOf = (path: string): Part => {
    if (path === OFFLINE) return 'offline';
    if (start.has(path)) return 'start';
    if (asked.has(path) && !WORKER.test(path)) return 'first view';
    if (OWN_LOCK.test(path)) return 'own lock';
    if (REAL_TIME.test(path)) return 'real time';
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

/** What is over its limit, as sentences; empty when nothing is. */
export function overLimit(scripts: readonly Script[]): readonly string[] {
  return ALLOWANCES.flatMap(({ what, parts, limitBytes }) => {
    const bytes = sumOf(scripts, parts);
    if (bytes <= limitBytes) return [];
    return [`expected at most ${limitBytes} bytes of script ${what}, got ${bytes}`];
  });
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
