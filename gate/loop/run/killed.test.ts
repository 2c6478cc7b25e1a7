/**
 * A loop that is killed in any stage leaves nothing running, no lock, and the report before it
 * whole; and it can be started again at once.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyArchive } from '../report/verify.ts';
import { gone, loopBench } from '../testing/loop-bench.ts';

const bench = loopBench();
const ENTRY = join(import.meta.dirname, '..', 'testing', 'loop-process.ts');
const COMMANDS = [
  'typecheck',
  'unit',
  'lab run reference',
  'lab explore reference',
  'browser',
  'lab live reference',
] as const;

function start(): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', 'tsx', ENTRY, bench.project().root]);
}

async function ended(child: ChildProcessWithoutNullStreams) {
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { status, signal, lines: out.trim().split('\n') };
}

const hanging = (): string => join(bench.project().root, '.cache', 'hanging.log');

/** The processes that hang, once they do. */
async function hangingPids(): Promise<number[]> {
  const untilMs = performance.now() + 20_000;
  for (;;) {
    const text = existsSync(hanging()) ? readFileSync(hanging(), 'utf8') : '';
    if (/^(\d+\n){3}/.test(text)) return text.trim().split('\n').map(Number);
    if (performance.now() > untilMs) throw new Error('expected a command that hangs');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const WITHOUT = { reviews: { without: true, recorded: new Map() } };

describe('a loop that is killed', () => {
  it.each(COMMANDS)('in %s leaves nothing behind', { timeout: 120_000 }, async (command) => {
    const project = bench.project();
    const env = await bench.environment();
    await bench.loop(env, WITHOUT);
    project.script({ ...project.good, [command]: { hangs: true } });
    const child = start();
    const end = ended(child);
    const pids = await hangingPids();
    child.kill('SIGKILL');
    expect((await end).signal).toBe('SIGKILL');
    expect(await verifyArchive(bench.archive())).toMatchObject({ value: { faults: [] } });
    expect(readdirSync(join(bench.archive(), 'runs'))).toHaveLength(1);
    project.script(project.good);
    const again = await bench.loop(env, WITHOUT);
    expect(again.lines.at(-1)).toBe('[UnifiedGate] MECHANICAL-PASS (reviews not run)');
    expect(again.lines.filter((line) => line.includes(' WAIT '))).toEqual([]);
    expect(readdirSync(join(bench.archive(), 'runs'))).toHaveLength(2);
    await gone(pids);
  });
});

describe('a loop that is interrupted', () => {
  it('ends what it started, reports, and exits with 3', { timeout: 120_000 }, async () => {
    const project = bench.project();
    project.script({ ...project.good, lint: { hangs: true } });
    const child = start();
    const end = ended(child);
    const pids = await hangingPids();
    child.kill('SIGINT');
    const { status, lines } = await end;
    expect([status, lines.at(-1)]).toEqual([3, '[UnifiedGate] CANCELLED before the end']);
    const verified = await verifyArchive(bench.archive());
    expect(verified).toMatchObject({ value: { faults: [], report: { outcome: 'CANCELLED' } } });
    await gone(pids);
  });
});
