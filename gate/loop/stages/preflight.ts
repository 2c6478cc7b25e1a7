/**
 * PREFLIGHT: what is judged here, exactly, and whether what is needed to judge it is there.
 *
 * The tree is its commit and whatever differs from it. A difference is refused or recorded, as the
 * task says: tracked files as a diff, untracked ones by size and hash. Known limit: what .gitignore
 * names, node_modules above all, is not part of the tree.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { plural } from '../../render/figures.ts';
import type { Finished } from '../process/command.ts';
import { deadlineOf, type LoopContext, runTool } from '../run/context.ts';
import { CANCELLED, died, failed, passed, type StageEnd } from '../run/stage.ts';
import { troubleOf } from './endings.ts';

const DIFFERENCE = 'evidence/tree.diff';
const DIFFERENCE_CHARS_MAX = 8_000_000;

interface Listing {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export async function preflight(context: LoopContext): Promise<StageEnd> {
  const { preflight: wanted } = context.found.task.stages;
  const deadlineMs = deadlineOf(context, wanted.deadlineSeconds);
  const git = (...words: string[]): Promise<Finished> =>
    runTool(context, context.tools.git(words), deadlineMs, undefined);
  const missing = await missingTool(context);
  if (missing !== undefined) return died(missing);
  const listed = await git('ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const status = await git('status', '--porcelain=v1', '-z', '--untracked-files=all');
  const head = await git('rev-parse', '--verify', 'HEAD');
  const trouble = troubleOf('git ls-files', listed, [0]) ?? troubleOf('git status', status, [0]);
  if (trouble !== undefined) return trouble.kind === 'fail' ? died(trouble.reason) : trouble;
  const paths = [...new Set(listed.out.split('\0').filter((path) => path !== ''))].sort();
  const files = await listingOf(context.root, paths, context.signal);
  if (files === undefined) return CANCELLED;
  context.facts.projectFiles = files.map(({ path }) => path);
  const commit = head.status === 0 ? head.out.trim() : undefined;
  const entries = entriesOf(status.out);
  const diff =
    commit === undefined
      ? undefined
      : await git('diff', 'HEAD', '--binary', '--no-color', '--no-ext-diff', '--no-textconv');
  return judge(context, { commit, entries, files, diff });
}

interface Found {
  readonly commit: string | undefined;
  /** Lines of `git status`: two letters, a blank, a path. */
  readonly entries: readonly string[];
  readonly files: readonly Listing[];
  readonly diff: Finished | undefined;
}

function judge(context: LoopContext, { commit, entries, files, diff }: Found): StageEnd {
  const untracked = entries.filter((entry) => entry.startsWith('??'));
  const clean = commit !== undefined && entries.length === 0;
  const text = differenceText(entries, files, diff?.out ?? '');
  const recorded = context.guard.foreign(text);
  if (!clean && recorded.length > DIFFERENCE_CHARS_MAX) {
    return failed(`the tree differs from its commit by more than can be recorded: commit first`);
  }
  if (!clean) context.evidence.set(DIFFERENCE, recorded);
  context.facts.tree = {
    commit: commit ?? null,
    clean,
    files: files.length,
    sha256: sha256(files.map((file) => `${file.sha256}  ${file.path}\n`).join('')),
    difference: clean
      ? null
      : {
          file: DIFFERENCE,
          sha256: sha256(recorded),
          changed: entries.length - untracked.length,
          untracked: untracked.length,
        },
  };
  const where = commit === undefined ? 'no commit yet' : `commit ${commit.slice(0, 12)}`;
  if (clean) return passed(`${where}, clean, ${plural(files.length, 'file')}`);
  const what = `${plural(entries.length, 'file differs', 'files differ')} from ${where}`;
  return context.found.task.stages.preflight.tree === 'clean'
    ? failed(`${what}, and the task wants a clean tree`)
    : passed(`${what}; the difference is recorded`);
}

const packageSchema = v.object({
  scripts: v.record(v.string(), v.string()),
  engines: v.optional(v.object({ node: v.optional(v.string()) })),
});

/** What the stages of the task need and the project does not have; undefined if all is there. */
async function missingTool(context: LoopContext): Promise<string | undefined> {
  const { stages } = context.found.task;
  const needed = [
    ...(stages.build === undefined ? [] : ['typecheck', 'lint']),
    ...(stages.browser === undefined ? [] : ['e2e']),
  ];
  let project: v.InferOutput<typeof packageSchema>;
  try {
    const text = await readFile(join(context.root, 'package.json'), 'utf8');
    project = v.parse(v.pipe(v.string(), v.parseJson(), packageSchema), text);
  } catch {
    return 'expected a package.json with scripts in the directory of the project';
  }
  const wanted = project.engines?.node;
  if (wanted !== undefined && !isAtLeast(process.versions.node, wanted)) {
    return `expected Node ${wanted}, got ${process.versions.node}`;
  }
  const missing = needed.filter((name) => project.scripts[name] === undefined);
  if (missing.length === 0) return undefined;
  return `expected the npm ${missing.map((name) => `script ${name}`).join(' and ')}, got none`;
}

/** Whether a version is one that `>=MAJOR.MINOR` asks for; any other wish is taken for granted. */
function isAtLeast(version: string, wanted: string): boolean {
  const [, major, minor = '0'] = /^>=\s*(\d+)(?:\.(\d+))?/.exec(wanted) ?? [];
  if (major === undefined) return true;
  const [isMajor = 0, isMinor = 0] = version.split('.').map(Number);
  return isMajor > Number(major) || (isMajor === Number(major) && isMinor >= Number(minor));
}

/** Renames have a second path of their own, which is no entry. */
function entriesOf(out: string): string[] {
  const parts = out.split('\0').filter((part) => part !== '');
  const entries: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const entry = parts[at] ?? '';
    entries.push(entry);
    if (/^(?:[RC].|.[RC]) /.test(entry)) at += 1;
  }
  return entries;
}

function differenceText(
  entries: readonly string[],
  files: readonly Listing[],
  diff: string,
): string {
  const untracked = entries
    .filter((entry) => entry.startsWith('?? '))
    .map((entry) => files.find(({ path }) => path === entry.slice(3)))
    .filter((file) => file !== undefined)
    .map(({ path, sha256: hash, bytes }) => `# ${hash}  ${path} (${bytes} bytes)`);
  const head = untracked.length === 0 ? [] : ['# Not tracked:', ...untracked, ''];
  return [...head, diff].join('\n');
}

/** The files that are there, each with the hash of its content; undefined where cancelled. */
async function listingOf(
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Listing[] | undefined> {
  const listings: Listing[] = [];
  for (const path of paths) {
    if (signal.aborted) return undefined;
    const full = join(root, path);
    const stat = await lstat(full).catch(() => undefined);
    if (stat === undefined) continue;
    if (stat.isSymbolicLink()) {
      const target = await readlink(full);
      listings.push({ path, sha256: sha256(`link ${target}`), bytes: target.length });
    } else if (stat.isFile()) {
      const hash = createHash('sha256');
      await pipeline(createReadStream(full), hash);
      listings.push({ path, sha256: hash.digest('hex'), bytes: stat.size });
    }
  }
  return listings;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
