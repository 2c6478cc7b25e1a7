/** At every instant the archive shows one whole run, whatever fails; later it can be checked. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFiles } from '../../testing/files.ts';
import { sampleReport } from '../testing/sample-report.ts';
import { type ArchiveFiles, runName, stageArchive, sumsOf } from './archive.ts';
import { type Disk, systemDisk } from './disk.ts';
import { junitOf } from './junit.ts';
import { markdownOf } from './markdown.ts';
import type { Report } from './schema.ts';
import { verifyArchive } from './verify.ts';

const files = testFiles();

function archiveFiles(report: Report): ArchiveFiles {
  return new Map<string, string | Uint8Array>([
    ['report.json', JSON.stringify(report)],
    ['VERIFY_REPORT.md', markdownOf(report, [])],
    ['junit.xml', junitOf(report)],
    ['STRESS_TEST.log', `log of ${report.outcome}`],
    ['evidence/logs/build.log', 'built'],
    ['evidence/trace.bin', Uint8Array.of(1, 2, 3)],
  ]);
}

const FAILING = sampleReport('FAIL');
const PASSING = sampleReport('PASS');

async function write(disk: Disk, task: string, report: Report, name: string): Promise<void> {
  const staged = await stageArchive(disk, task, archiveFiles(report));
  await staged.rewrite(new Map([['junit.xml', junitOf(report)]]));
  await staged.publish(name);
}

/** What the archive shows: the outcome of its report, if every part of it checks. */
async function shown(task: string): Promise<string> {
  const verified = await verifyArchive(task);
  if (verified.kind === 'error') return 'nothing';
  expect(verified.value.faults).toEqual([]);
  const log = readFileSync(join(task, 'STRESS_TEST.log'), 'utf8');
  expect(log).toBe(`log of ${verified.value.report?.outcome}`);
  return verified.value.report?.outcome ?? 'no report';
}

class DiskFull extends Error {
  readonly code = 'ENOSPC';
}

/** A disk whose step number `failing` and every one after it fails, as in a crash or when full. */
function failingDisk(failing: number): Disk & { readonly steps: () => number } {
  let steps = 0;
  const step = (): void => {
    if (steps++ >= failing) throw new DiskFull('no space left on device');
  };
  const wrap =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      step();
      return work(...args);
    };
  return {
    makeDirectory: wrap(systemDisk.makeDirectory),
    // Half of the file gets there before the end.
    write: async (path, content) => {
      if (steps === failing) await systemDisk.write(path, content.slice(0, content.length / 2));
      step();
      await systemDisk.write(path, content);
    },
    link: wrap(systemDisk.link),
    rename: wrap(systemDisk.rename),
    remove: wrap(systemDisk.remove),
    settle: wrap(systemDisk.settle),
    names: wrap(systemDisk.names),
    target: wrap(systemDisk.target),
    steps: () => steps,
  };
}

describe('the archive', () => {
  it('shows the newest run under fixed names and keeps every one before', async () => {
    const task = join(files.directory, 'kept');
    await write(systemDisk, task, FAILING, 'one');
    await write(systemDisk, task, PASSING, 'two');
    await write(systemDisk, task, PASSING, 'two');
    expect(await shown(task)).toBe('PASS');
    expect(readdirSync(join(task, 'runs')).sort()).toEqual(['one', 'two', 'two-2']);
    for (const run of ['one', 'two', 'two-2']) {
      const verified = await verifyArchive(join(task, 'runs', run));
      expect(verified).toMatchObject({ kind: 'ok', value: { faults: [] } });
    }
  });

  it('can be checked by sha256sum from its own folder', async () => {
    const task = join(files.directory, 'sums');
    await write(systemDisk, task, PASSING, 'one');
    const told = execFileSync('sha256sum', ['--check', 'SHA256SUMS'], {
      cwd: task,
      encoding: 'utf8',
    });
    expect(told.trim().split('\n')).toHaveLength(6);
    expect(told).not.toContain('FAILED');
  });

  it('shows one whole run, the one before or the new one, wherever writing ends', async () => {
    const whole = failingDisk(Infinity);
    await write(whole, join(files.directory, 'whole'), PASSING, 'first');
    const seen = new Set<string>();
    for (let failing = 0; failing <= whole.steps(); failing++) {
      const task = join(files.directory, `crash-${failing}`);
      await write(systemDisk, task, FAILING, 'before');
      const result = await write(failingDisk(failing), task, PASSING, 'after').then(
        () => 'written',
        () => 'failed',
      );
      const after = await shown(task);
      seen.add(`${result} ${after}`);
      expect(['FAIL', 'PASS']).toContain(after);
      if (result === 'written') expect(after).toBe('PASS');
      // And the next run finds nothing in its way.
      await write(systemDisk, task, PASSING, 'again');
      expect(await shown(task)).toBe('PASS');
    }
    expect([...seen].sort()).toEqual(['failed FAIL', 'failed PASS', 'written PASS']);
  });

  it('leaves nothing that looks like a run where the very first writing ends', async () => {
    const whole = failingDisk(Infinity);
    await write(whole, join(files.directory, 'first'), PASSING, 'one');
    for (let failing = 0; failing < whole.steps(); failing++) {
      const task = join(files.directory, `first-${failing}`);
      await write(failingDisk(failing), task, PASSING, 'one').catch(() => {});
      expect(['nothing', 'PASS']).toContain(await shown(task));
    }
  });

  it('does not write over what is not its own', async () => {
    const task = join(files.directory, 'foreign');
    mkdirSync(task, { recursive: true });
    writeFileSync(join(task, 'VERIFY_REPORT.md'), 'by hand');
    await expect(write(systemDisk, task, PASSING, 'one')).rejects.toThrow();
    expect(readFileSync(join(task, 'VERIFY_REPORT.md'), 'utf8')).toBe('by hand');
  });

  it('names a run by its beginning and its outcome, so that names sort by time', () => {
    expect(runName(new Date(0), 'PASS')).toBe('1970-01-01T00-00-00.000Z-PASS');
    expect(
      sumsOf(
        new Map([
          ['b', '1'],
          ['a', '2'],
        ]),
      )
        .split('\n')
        .map((line) => line.slice(66)),
    ).toEqual(['a', 'b', '']);
  });
});

describe('checking an archive', () => {
  const fresh = async (name: string): Promise<string> => {
    const task = join(files.directory, name);
    await write(systemDisk, task, FAILING, 'one');
    return task;
  };
  const faultsOf = async (task: string): Promise<readonly string[]> => {
    const verified = await verifyArchive(task);
    return verified.kind === 'ok' ? verified.value.faults : [verified.error.message];
  };

  it('finds what was changed, added and taken away', async () => {
    const task = await fresh('tampered');
    appendFileSync(join(task, 'evidence', 'logs', 'build.log'), ' ');
    writeFileSync(join(task, 'evidence', 'new.txt'), '');
    rmSync(join(task, 'evidence', 'trace.bin'));
    expect(await faultsOf(task)).toEqual([
      'evidence/new.txt: was added after the archive was written',
      'evidence/logs/build.log: was changed',
      'evidence/trace.bin: is missing',
    ]);
  });

  it('finds a verdict that its report does not bear, even with the right sums', async () => {
    const lie = { ...FAILING, outcome: 'PASS', line: '[UnifiedGate] PASS' } as const;
    const task = join(files.directory, 'lie');
    await write(systemDisk, task, lie, 'one');
    expect(await faultsOf(task)).toEqual(['report.json: a pass, although build did not pass']);
    const page = new Map([
      ['report.json', JSON.stringify(FAILING)],
      ['VERIFY_REPORT.md', `${FAILING.line}\n\`[UnifiedGate] PASS\`\n`],
    ]);
    const second = join(files.directory, 'page');
    const staged = await stageArchive(systemDisk, second, page);
    await staged.publish('one');
    expect(await faultsOf(second)).toEqual([
      'VERIFY_REPORT.md: its verdict is not that of report.json',
    ]);
  });

  it('finds a report that is none, and sums that are none', async () => {
    const task = join(files.directory, 'broken');
    const staged = await stageArchive(systemDisk, task, new Map([['report.json', '{}']]));
    await staged.publish('one');
    expect((await faultsOf(task))[0]).toContain('report.json: ');
    appendFileSync(join(task, 'SHA256SUMS'), 'nonsense\n');
    expect((await faultsOf(task))[0]).toContain('SHA256SUMS: expected each file once');
    expect((await faultsOf(files.directory))[0]).toContain('expected an archive with SHA256SUMS');
  });
});
