/**
 * Checks an archive later: every file is as it was written, none is missing and none was added, and
 * its report says of itself what its parts say.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { type Outcome, refuse } from '../../shell/outcome.ts';
import { SUMS } from './archive.ts';
import { type Report, reportSchema } from './schema.ts';

const SUM = /^([0-9a-f]{64}) [ *](.+)$/;
const PASS_LINE = /^`\[UnifiedGate\] PASS`$/m;

export interface Verification {
  readonly report: Report | undefined;
  readonly files: number;
  /** What is wrong, one sentence each; empty if nothing is. */
  readonly faults: readonly string[];
}

/** Verifies the archive at `directory`: that of a task, or of one of its runs. */
export async function verifyArchive(directory: string): Promise<Outcome<Verification>> {
  const root = await rootOf(directory);
  const text = root && (await readFile(join(root, SUMS), 'utf8').catch(() => undefined));
  if (root === undefined || text === undefined) {
    return refuse('not-an-archive', `expected an archive with ${SUMS}, got ${directory}`);
  }
  const sums = new Map<string, string>();
  const faults: string[] = [];
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, sum, name] = SUM.exec(line) ?? [];
    if (sum === undefined || name === undefined || sums.has(name)) {
      faults.push(`${SUMS}: expected each file once as "sum  name", got ${line.slice(0, 100)}`);
    } else sums.set(name, sum);
  }
  const there = await filesIn(root);
  for (const name of there.filter((each) => each !== SUMS && !sums.has(each))) {
    faults.push(`${name}: was added after the archive was written`);
  }
  for (const [name, sum] of sums) {
    if (!there.includes(name)) faults.push(`${name}: is missing`);
    else if ((await sha256(join(root, name))) !== sum) faults.push(`${name}: was changed`);
  }
  const report = await readReport(root, faults);
  return { kind: 'ok', value: { report, files: there.length, faults } };
}

/** A task's archive shows its newest run; a run's own folder is one as it stands. */
async function rootOf(directory: string): Promise<string | undefined> {
  const current = join(directory, 'current');
  const isTask = await lstat(current).then(
    (stat) => stat.isSymbolicLink(),
    () => false,
  );
  return realpath(isTask ? current : directory).catch(() => undefined);
}

async function readReport(root: string, faults: string[]): Promise<Report | undefined> {
  const json = await readFile(join(root, 'report.json'), 'utf8').catch(() => '');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), reportSchema), json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    faults.push(`report.json: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
    return undefined;
  }
  const report = parsed.output;
  const page = await readFile(join(root, 'VERIFY_REPORT.md'), 'utf8').catch(() => '');
  if (!page.includes(report.line)) {
    faults.push('VERIFY_REPORT.md: does not say what report.json says');
  }
  if (PASS_LINE.test(page) !== (report.outcome === 'PASS')) {
    faults.push('VERIFY_REPORT.md: its verdict is not that of report.json');
  }
  const missed = report.stages.filter(({ asked, stage, verdict }) => {
    const needed = asked && stage !== 'registration';
    return needed && report.outcome === 'PASS' && verdict !== 'pass';
  });
  for (const { stage } of missed) {
    faults.push(`report.json: a pass, although ${stage} did not pass`);
  }
  return report;
}

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
