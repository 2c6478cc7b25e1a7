/**
 * A server of the test's own: another folder, another version, or none any more.
 *
 * It is the same program that `npm start` runs, as a child process, on a port that is free.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const SERVE = join(ROOT, 'scripts', 'page', 'serve.ts');
const BUILT = join(ROOT, 'dist');

/** A server that listens, and can be taken away. */
export interface OwnServer {
  readonly url: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Serves `directory` below `base`; `port` 0 takes any that is free. */
export async function serve(directory = BUILT, base = '/', port = 0): Promise<OwnServer> {
  const args = ['--dir', directory, '--base', base, '--port', String(port)];
  const child = spawn(process.execPath, ['--import', 'tsx', SERVE, ...args], { cwd: ROOT });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  const url = await addressOf(child);
  return {
    url,
    port: Number(new URL(url).port),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function addressOf({ stdout, stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer): void => {
      said += text.toString();
      const url = /Interlock: (http\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    stdout?.on('data', hear);
    stderr?.on('data', hear);
    stdout?.once('end', () => reject(new Error(`expected the server's address, got: ${said}`)));
  });
}

/** A copy of the built page, to make another version of; the caller removes it. */
export function copyOfPage(): { readonly directory: string; readonly remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'interlock-page-'));
  cpSync(BUILT, directory, { recursive: true });
  return { directory, remove: () => rmSync(directory, { recursive: true }) };
}

/**
 * Turns the page in `directory` into another version, as a build of changed sources would: its
 * entry has other content and so another name, and all that name it follow.
 */
export function nextVersion(directory: string, mark: string): void {
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  const entry = /assets\/(index-[\w-]+\.js)/.exec(page)?.[1];
  if (entry === undefined) throw new Error('expected the name of an entry in index.html');
  const next = entry.replace('.js', `${mark}.js`);
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(html|js)$/.test(file)) continue;
    const path = join(directory, file);
    const text = readFileSync(path, 'utf8').replaceAll(entry, next);
    writeFileSync(path, text);
  }
  const script = readFileSync(join(directory, 'assets', entry), 'utf8');
  const marked = `${script}\n;document.documentElement.dataset.version=${JSON.stringify(mark)};\n`;
  writeFileSync(join(directory, 'assets', next), marked);
  rmSync(join(directory, 'assets', entry));
}
