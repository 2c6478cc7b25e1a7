/**
 * A small project under git for tests of the whole loop, with fake commands that do what a script
 * says: each is a real child process, so exits, output, hanging and being killed are real too.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runLab } from '../../testing/fake-shell.ts';
import type { Tools } from '../process/tools.ts';

/** What a fake command does. */
export interface Fake {
  readonly status?: number;
  readonly out?: string;
  readonly err?: string;
  /**
   * Never ends, and starts two that never end either, one of them in a process group of its own;
   * all ignore being asked to.
   */
  readonly hangs?: boolean;
  /** Writes this where the command is expected to leave its result. */
  readonly result?: string;
  /** Prints its environment. */
  readonly showsEnvironment?: boolean;
  /** Copies these files into the directory of `--out`. */
  readonly files?: string;
}

export type Script = Readonly<Record<string, Fake>>;

export interface FakeProject {
  readonly root: string;
  readonly tools: Tools;
  /** The script of a project in which everything is as it should be. */
  readonly good: Script;
  write(path: string, text: string): void;
  script(script: Script): void;
  commit(): void;
}

const FAKE = `
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spawn } from 'node:child_process';
const [name, ...words] = process.argv.slice(2);
const key = name === 'lab' ? ['lab', ...words.slice(0, 2)].join(' ') : name;
appendFileSync('.cache/calls.log', key + '\\n');
const script = JSON.parse(readFileSync('.cache/script.json', 'utf8'));
const fake = script[key] ?? script[key.split(' ').slice(0, 2).join(' ')] ?? { status: 127 };
if (fake.showsEnvironment) console.log(JSON.stringify(process.env));
if (fake.files !== undefined) {
  cpSync(fake.files, words[words.indexOf('--out') + 1], { recursive: true });
}
if (fake.result !== undefined) {
  const reports = process.env.INTERLOCK_REPORTS;
  const file = name === 'browser' ? join(reports, 'e2e.json') : words[0];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, fake.result);
}
if (fake.out !== undefined) process.stdout.write(fake.out);
if (fake.err !== undefined) process.stderr.write(fake.err);
if (fake.hangs) {
  process.on('SIGTERM', () => {});
  const words = ['-e', 'process.on("SIGTERM",()=>{});setInterval(()=>{},1e3)'];
  const child = spawn(process.execPath, words);
  const apart = spawn(process.execPath, words, { detached: true, stdio: 'ignore' });
  const pids = [process.pid, child.pid, apart.pid];
  appendFileSync('.cache/hanging.log', pids.join('\\n') + '\\n');
  setInterval(() => {}, 1_000);
} else process.exitCode = fake.status ?? 0;
`;

const UNIT = JSON.stringify({
  success: true,
  numPassedTests: 12,
  numFailedTests: 0,
  numPendingTests: 0,
});

/** What Playwright reports of tests that passed. */
export function browserResult(titles: readonly string[], flaky = 0): string {
  const specs = titles.map((title) => ({ title, ok: true, tests: [{ status: 'expected' }] }));
  const stats = { expected: titles.length, unexpected: 0, flaky, skipped: 0 };
  return JSON.stringify({ suites: [{ suites: [{ specs }] }], stats, errors: [] });
}

/** What `explore` says of a search that refuted nothing. */
export function searchResult(more: object = {}): string {
  const scope = 'default bounds';
  const document = { verdict: 'passed', schedules: 500, complete: true, scope, violation: null };
  return JSON.stringify({ ...document, ...more });
}

/** What `live --bridge` says of a session that passed. */
export function liveResult(more: object = {}): string {
  const check = { id: 'lock.exclusion', verdict: 'passed', required: true, examined: 9, count: 0 };
  const lock = { acquires: 150, releases: 150, maxHolders: 1 };
  const document = { verdict: 'passed', checks: [check], bridge: true, gateway: 'reference' };
  return JSON.stringify({ ...document, orders: { sent: true }, trades: 80, lock, ...more });
}

/** Real runs, made once and replayed by the fake command. */
export interface RealRuns {
  readonly reference: Fake;
  readonly escaping: Fake;
  readonly checkLog: Fake;
}

/** Runs the real command line in this process and keeps what it printed and wrote. */
export async function realRuns(directory: string): Promise<RealRuns> {
  const run = async (scenario: string, expect: string): Promise<Fake> => {
    const files = join(directory, scenario);
    const words = ['run', scenario, '--json', '--out', files, '--expect', expect];
    const { status, out } = await runLab(words);
    return { status, out, files };
  };
  const reference = await run('reference', 'passed');
  const log = join(directory, 'reference', 'run.log');
  const checkLog = await runLab(['check-log', log, '--json']);
  return {
    reference,
    escaping: await run('escaping-lock', 'violated:lock.exclusion'),
    checkLog: { status: checkLog.status, out: checkLog.out },
  };
}

/** Commands that do what the project's script says, whatever their words are. */
export function fakeTools(): Tools {
  const fake = (...words: string[]) => [process.execPath, '.cache/fake.mjs', ...words] as const;
  return {
    git: (words) => ['git', ...words],
    typecheck: fake('typecheck'),
    lint: fake('lint'),
    unit: (file) => fake('unit', file),
    lab: (words) => fake('lab', ...words),
    browser: fake('browser'),
  };
}

/** Makes the project in a new directory. */
export function fakeProject(directory: string, runs: RealRuns): FakeProject {
  mkdirSync(join(directory, '.cache'), { recursive: true });
  const root = realpathSync(directory);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const git = (...words: string[]): void => {
    const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
    execFileSync('git', [...identity, ...words], { cwd: root, stdio: 'pipe' });
  };
  write('.cache/fake.mjs', FAKE);
  write('.gitignore', '.cache/\ndocs/archive/\n');
  write('package.json', JSON.stringify({ scripts: { typecheck: 't', lint: 'l', e2e: 'e' } }));
  write('src/lock.ts', 'export const lock = 1;\n');
  write('README.md', '# A project\n');
  const commit = (): void => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'a change');
  };
  git('init', '--quiet');
  commit();
  return {
    root,
    write,
    commit,
    script: (script) => write('.cache/script.json', JSON.stringify(script)),
    tools: fakeTools(),
    good: {
      typecheck: {},
      lint: {},
      unit: { result: UNIT },
      'lab run reference': runs.reference,
      'lab run escaping-lock': runs.escaping,
      'lab check-log': runs.checkLog,
      'lab explore reference': { out: searchResult() },
      'lab explore escaping-lock': {
        status: 1,
        out: searchResult({
          verdict: 'violated',
          complete: false,
          violation: { check: 'lock.exclusion', url: 'http://localhost/#s1=x&p=y', steps: 3 },
        }),
      },
      browser: {
        result: browserResult(['a link keeps its digest', 'as on the command line: a, reference']),
      },
      'lab live reference': { out: liveResult() },
    },
  };
}

/** The commands that were called, in their order. */
export function callsOf(root: string): string[] {
  return readFileSync(join(root, '.cache', 'calls.log'), 'utf8')
    .trim()
    .split('\n');
}
