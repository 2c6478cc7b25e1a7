/** `lab gate` as a person types it, and the shell script in front of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runJson, runLab } from '../testing/fake-shell.ts';
import { testFiles } from '../testing/files.ts';

const files = testFiles();
const ROOT = join(import.meta.dirname, '..', '..');
let projects = 0;

/** A directory that looks like the project from where the script stands. */
function project(): string {
  const root = join(files.directory, `project ${projects++}`);
  mkdirSync(join(root, 'scripts'), { recursive: true });
  cpSync(join(ROOT, 'scripts', 'dev_loop.sh'), join(root, 'scripts', 'dev_loop.sh'));
  writeFileSync(join(root, 'package.json'), '{"type":"module","scripts":{}}');
  return realpathSync(root);
}

function withPackages(): string {
  const root = project();
  for (const name of ['node_modules', 'gate', 'sim', 'tsconfig.json']) {
    symlinkSync(join(ROOT, name), join(root, name));
  }
  writeFileSync(join(root, '.gitignore'), 'docs/archive/\n.cache/\nnode_modules\ngate\nsim\n');
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  return root;
}

function door(root: string, words: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const options = { encoding: 'utf8', env, cwd: files.directory } as const;
  const { ANTHROPIC_API_KEY: _a, GEMINI_API_KEY: _g, GOOGLE_API_KEY: _o, ...rest } = env;
  return spawnSync('bash', [join(root, 'scripts', 'dev_loop.sh'), ...words], {
    ...options,
    env: rest,
  });
}

const TASK = `format: 1
task: small
title: A small one
stages:
  preflight: { deadlineSeconds: 60, tree: recorded }
`;

describe('the shell script', () => {
  it('is a thin door: no eval, nothing but the loop behind it', () => {
    const text = readFileSync(join(ROOT, 'scripts', 'dev_loop.sh'), 'utf8');
    expect(text).not.toMatch(/\beval\b|\bsource\b|\bcurl\b|`|\bsh -c\b/);
    expect(text.trim().split('\n').at(-1)).toBe(
      'exec node --import tsx gate/main.ts gate run "$@"',
    );
  });

  it('says what is missing and dies, where the packages are not there', () => {
    const { status, stderr } = door(project(), ['--task', '127']);
    expect([status, stderr]).toEqual([3, expect.stringMatching(/^\[UnifiedGate\] DIE: .*npm ci/)]);
  });

  it('runs a task from any directory, its words as they are', { timeout: 120_000 }, () => {
    const root = withPackages();
    mkdirSync(join(root, 'docs', 'tasks'), { recursive: true });
    writeFileSync(join(root, 'docs', 'tasks', 'small.yaml'), TASK);
    const { status, stdout } = door(root, ['--task', 'small']);
    expect(stdout.trim().split('\n').at(-1)).toBe(
      '[UnifiedGate] MECHANICAL-PASS (reviews not run)',
    );
    expect(status).toBe(0);
    expect(stdout).not.toContain('\u001b[');
    const archive = join(root, 'docs/archive/tasks/TASK_small');
    expect(readFileSync(join(archive, 'VERIFY_REPORT.md'), 'utf8')).not.toContain(root);
    const lab = (...words: string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', 'gate/main.ts', ...words], {
        cwd: root,
        encoding: 'utf8',
      });
    const verified = lab('gate', 'verify', 'docs/archive/tasks/TASK_small');
    expect([verified.status, verified.stdout]).toEqual([
      0,
      expect.stringMatching(
        /^\+ \d+ files: as they were written\nIts verdict: .*MECHANICAL/,
      ) as string,
    ]);
    expect(lab('gate', 'init').stdout).toContain('Wrote docs/tasks/1.yaml');
    expect(lab('gate', 'init').stdout).toContain('Wrote docs/tasks/2.yaml');
    expect(readFileSync(join(root, 'docs/tasks/2.yaml'), 'utf8')).toContain('\ntask: 2\n');
    const made = join(files.directory, 'made');
    const hostile = door(root, ['--task', `$(touch ${made}); touch ${made}`]);
    expect([hostile.status, existsSync(made)]).toEqual([2, false]);
  });
});

describe('lab gate', () => {
  it('helps with each of its commands', async () => {
    const help = await runLab(['gate', '--help']);
    for (const name of ['run', 'init', 'verify']) expect(help.out).toContain(name);
    expect((await runLab(['gate', 'run', '--help'])).out).toContain('--without-review');
  });

  it.each([
    [['gate']],
    [['gate', 'run']],
    [['gate', 'run', '--task', 'no-such-task']],
    [['gate', 'run', '--task', '127', '--format', 'html']],
    [['gate', 'run', '--task', '127', '--review-file', 'no-such-file.json']],
    [['gate', 'init', '--task', '../x']],
    [['gate', 'init', '--task', '127']],
    [['gate', 'verify']],
  ])('%j is a usage error with a message', async (words) => {
    const { status, out, notes } = await runLab(words);
    expect([status, out]).toEqual([2, '']);
    expect(notes).toMatch(/^lab: \S/);
  });

  it('says that a directory is no archive', async () => {
    const { status, document } = await runJson(['gate', 'verify', files.directory]);
    expect([status, document['error']]).toMatchObject([2, { code: 'not-an-archive' }]);
  });
});
