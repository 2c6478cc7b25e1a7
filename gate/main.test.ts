/** The process itself: statuses, pipes that close, interrupts, and a crash that is no verdict. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ESCAPING = 'fixtures/logs/asyncio-escaping-lock.log';

function start(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  node: readonly string[] = [],
): ChildProcessWithoutNullStreams {
  const { PATH, HOME } = process.env;
  return spawn(process.execPath, [...node, '--import', 'tsx', 'gate/main.ts', ...words], {
    env: { PATH, HOME, LANG: 'C.UTF-8', ...env },
  });
}

async function ended(child: ChildProcessWithoutNullStreams) {
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { status, signal, out, err };
}

describe.concurrent('the process', () => {
  it('exits with the verdict, its output plain in a pipe, its notes elsewhere', async () => {
    const { status, out, err } = await ended(start(['check-log', ESCAPING]));
    expect([status, err]).toEqual([1, '']);
    expect(out).toContain('149 acquisitions began while another');
    expect(out).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('prints one document and nothing else with --json, an error too', async () => {
    const good = await ended(start(['run', 'reference', '--json']));
    expect([good.status, good.err]).toEqual([0, '']);
    expect(JSON.parse(good.out)).toMatchObject({ verdict: 'passed', ticks: 150 });
    const bad = await ended(start(['run', 'nothing-like-it', '--json']));
    expect([bad.status, bad.err]).toEqual([2, '']);
    expect(JSON.parse(bad.out)).toMatchObject({ error: { code: 'unknown-scenario' } });
  });

  it('colours where it is forced to, and not where it is forbidden', async () => {
    const forced = await ended(start(['gallery'], { FORCE_COLOR: '1' }));
    expect(forced.out).toContain('\u001b[36m');
    const forbidden = await ended(start(['gallery'], { FORCE_COLOR: '1', NO_COLOR: '1' }));
    expect(forbidden.out).not.toContain('\u001b[');
  });

  it('is quiet when its reader goes away, and keeps its status', async () => {
    const child = start(['run', 'escaping-lock']);
    child.stdout.destroy();
    const { status, err } = await ended(child);
    expect([status, err]).toEqual([1, '']);
  });

  it('says that the disk behind its output is full, and that it is not its own fault', async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, ['--import', 'tsx', 'gate/main.ts', 'gallery'], {
      stdio: ['ignore', full, 'pipe'],
    });
    let err = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [status] = (await once(child, 'close')) as [number | null];
    closeSync(full);
    expect([status, err]).toEqual([
      2,
      expect.stringMatching(/^lab: cannot write the output: .+\n$/),
    ]);
  });

  it('judges what it has read when it is interrupted', async () => {
    const child = start(['check-log', '-', '--json']);
    const done = ended(child);
    const log = readFileSync(ESCAPING, 'utf8').repeat(40);
    child.stdin.on('error', () => {});
    // Once the last of this much has gone, the reader has long been at work.
    await new Promise<void>((resolve) => {
      child.stdin.write(log, () => resolve());
    });
    child.kill('SIGINT');
    const { status, signal, out } = await done;
    expect([status, signal]).toEqual([3, null]);
    const document = JSON.parse(out) as { cancelled: boolean; lock: { acquires: number } };
    expect(document.cancelled).toBe(true);
    expect(document.lock.acquires).toBeGreaterThan(0);
  });

  it('ends in 70 when a part of it cannot be loaded', async () => {
    const hook =
      'export async function resolve(name,context,next){' +
      'if(name.endsWith("program.ts"))throw new Error("missing part");return next(name,context)}';
    const hookUrl = `data:text/javascript,${encodeURIComponent(hook)}`;
    const setup = `import{register}from"node:module";register(${JSON.stringify(hookUrl)})`;
    const node = ['--import', `data:text/javascript,${encodeURIComponent(setup)}`];
    const { status, err } = await ended(start(['gallery'], {}, node));
    expect([status, err]).toEqual([70, expect.stringContaining('missing part')]);
  });

  it('ends in 70 when it crashes, with an error that is no verdict', async () => {
    const broken = 'data:text/javascript,performance.now=()=>{throw new Error("broken clock")}';
    const { status, out, err } = await ended(
      start(['run', 'reference', '--json'], {}, ['--import', broken]),
    );
    expect(status).toBe(70);
    expect(err).toContain('broken clock');
    expect(JSON.parse(out)).toEqual({ error: { code: 'internal', message: 'broken clock' } });
  });
});
