/** A command runs without a shell, within its time and its bounds, and takes nothing along. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFiles } from '../../testing/files.ts';
import { systemClock } from '../time/clock.ts';
import { runCommand } from './command.ts';
import { PROJECT_TOOLS } from './tools.ts';

const files = testFiles();
const leash = { hold: () => {}, letGo: () => {}, close: () => {} };

function run(code: string, { ms = 20_000, signal = new AbortController().signal } = {}) {
  const words = [process.execPath, '-e', code] as const;
  const limits = { clock: systemClock, leash, signal, deadlineMs: systemClock.now() + ms };
  return runCommand({ words, cwd: files.directory, env: {} }, limits);
}

describe('a command', () => {
  it('gives its status, its output, and the log of both streams', async () => {
    const finished = await run('console.log("out"); console.error("err"); process.exitCode = 7');
    expect(finished).toMatchObject({
      kind: 'exited',
      status: 7,
      how: 'exit status 7',
      out: 'out\n',
    });
    expect(finished.log.split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  it('that is not there is an outcome', async () => {
    const words = ['no-such-command'] as const;
    const { signal } = new AbortController();
    const limits = { clock: systemClock, leash, signal, deadlineMs: systemClock.now() + 1_000 };
    const finished = await runCommand({ words, cwd: files.directory, env: {} }, limits);
    expect(finished).toMatchObject({ kind: 'not-started', status: undefined });
    expect(finished.how).toContain('ENOENT');
  });

  it('that is ended by a signal has no status', async () => {
    const finished = await run('process.kill(process.pid, "SIGKILL")');
    expect(finished).toMatchObject({ kind: 'killed', status: undefined, how: 'ended by SIGKILL' });
  });

  it('is asked to end at its deadline, and keeps what it had said', async () => {
    const finished = await run('console.log("so far"); setInterval(() => {}, 1e3)', { ms: 1_000 });
    expect(finished).toMatchObject({
      kind: 'timed-out',
      how: 'no end within 1 s',
      out: 'so far\n',
    });
  });

  it('is ended when the loop is cancelled, also before it began', async () => {
    const cancel = new AbortController();
    cancel.abort();
    const finished = await run('setInterval(() => {}, 1e3)', { signal: cancel.signal });
    expect(finished.kind).toBe('cancelled');
  });

  it('that prints without end is ended, and nothing it said is believed', async () => {
    const finished = await run(
      'const more = () => { while (process.stdout.write("x".repeat(1e6))); };' +
        'process.stdout.on("drain", more); more()',
    );
    expect(finished.kind).toBe('too-much');
  });

  it('reads its words as words: no shell expands, splits or runs them', async () => {
    const marker = join(files.directory, 'made');
    const hostile = `$(touch ${marker}); touch ${marker} | touch ${marker} && \`touch ${marker}\``;
    const words = [process.execPath, '-e', 'console.log(process.argv[1])', hostile] as const;
    const { signal } = new AbortController();
    const limits = { clock: systemClock, leash, signal, deadlineMs: systemClock.now() + 20_000 };
    const finished = await runCommand({ words, cwd: files.directory, env: {} }, limits);
    expect([finished.out, existsSync(marker)]).toEqual([`${hostile}\n`, false]);
  });

  it('of the project is always a program with its arguments', () => {
    const { git, lab, unit, ...fixed } = PROJECT_TOOLS;
    const all = [...Object.values(fixed), git(['status']), lab(['run', 'x']), unit('file')];
    for (const [program] of all) expect(program).toMatch(/^(git|npm|.*node)$/);
    expect(lab(['run', 'a b; c']).at(-1)).toBe('a b; c');
  });
});
