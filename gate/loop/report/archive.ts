/**
 * The archive of a task: each run in a folder of its own, and beside them the newest under fixed
 * names.
 *
 *   TASK_127/runs/2026-01-18T15-10-41.123Z-PASS/...   never changed again
 *   TASK_127/current -> runs/...                      replaced by one rename
 *   TASK_127/VERIFY_REPORT.md -> current/VERIFY_REPORT.md, and so on
 *
 * A run is written aside, made lasting, and comes into view by that one rename. So at every
 * instant, whatever fails, the names show one whole run: the one before or the new one.
 */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Disk } from './disk.ts';

export const SUMS = 'SHA256SUMS';
const RUNS = 'runs';
const CURRENT = 'current';
const STAGING = '.staging';
const NEXT = '.next';

/** What an archive shows at its top; every run has all of these, so no link leads nowhere. */
export const TOP_NAMES = [
  'VERIFY_REPORT.md',
  'report.json',
  'junit.xml',
  'STRESS_TEST.log',
  SUMS,
  'evidence',
] as const;

export type ArchiveFiles = ReadonlyMap<string, string | Uint8Array>;

export interface StagedArchive {
  /** Where the files stand until they are published. */
  readonly directory: string;
  /** Replaces some of the files and all sums. */
  rewrite(files: ArchiveFiles): Promise<void>;
  /** Brings the run into view; `name` is that of its folder. */
  publish(name: string): Promise<void>;
}

/** Writes the files aside. What an earlier run left there half-written is taken away. */
export async function stageArchive(
  disk: Disk,
  task: string,
  files: ArchiveFiles,
): Promise<StagedArchive> {
  const staging = join(task, STAGING);
  await removeStaged(disk, task);
  const all = new Map(files);
  await writeAll(disk, staging, all, all);
  return {
    directory: staging,
    rewrite: async (changed) => {
      for (const [name, content] of changed) all.set(name, content);
      await writeAll(disk, staging, changed, all);
    },
    publish: (name) => publish(disk, task, name),
  };
}

/** Takes away what stands aside. */
export async function removeStaged(disk: Disk, task: string): Promise<void> {
  await disk.remove(join(task, STAGING));
}

async function writeAll(
  disk: Disk,
  directory: string,
  changed: ArchiveFiles,
  all: ArchiveFiles,
): Promise<void> {
  const folders = new Set([directory]);
  for (const [name, content] of changed) {
    const folder = dirname(join(directory, name));
    await disk.makeDirectory(folder);
    await disk.write(join(directory, name), content);
    folders.add(folder);
  }
  await disk.write(join(directory, SUMS), sumsOf(all));
  for (const folder of folders) await disk.settle(folder);
}

async function publish(disk: Disk, task: string, name: string): Promise<void> {
  const runs = join(task, RUNS);
  await disk.makeDirectory(runs);
  const taken = await disk.names(runs);
  let free = name;
  for (let n = 2; taken.includes(free); n++) free = `${name}-${n}`;
  for (const top of TOP_NAMES) {
    const path = join(task, top);
    const target = await disk.target(path);
    if (target === undefined) await disk.link(`${CURRENT}/${top}`, path);
  }
  await disk.rename(join(task, STAGING), join(runs, free));
  await disk.settle(runs);
  const next = join(task, NEXT);
  await disk.remove(next);
  await disk.link(`${RUNS}/${free}`, next);
  await disk.rename(next, join(task, CURRENT));
  await disk.settle(task);
}

/** The sums of files in the form that `sha256sum --check` reads, sorted by name. */
export function sumsOf(files: ArchiveFiles): string {
  return [...files]
    .filter(([name]) => name !== SUMS)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`)
    .join('');
}

/** The name of a run's folder: when it began, and how it ended. */
export function runName(startedAt: Date, outcome: string): string {
  return `${startedAt.toISOString().replaceAll(':', '-')}-${outcome}`;
}
