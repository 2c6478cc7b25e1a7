/**
 * A bridge of the test's own, with the reference gateway behind it: the program that a reader runs,
 * as a child process, with what it prints.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const MAIN = join(ROOT, 'bridge', 'main.ts');

/** A bridge that serves the page, and can be taken away. */
export interface OwnBridge {
  readonly url: string;
  readonly port: number;
  /** Waits for the pairing code that it shows now. */
  readonly code: () => Promise<string>;
  /** Ends it as Ctrl-C does. */
  readonly stop: () => Promise<void>;
  /** Takes it away without a word. */
  readonly kill: () => Promise<void>;
}

/** Starts `npm run bridge` on a port, 0 for any that is free, with more of its options. */
export async function startBridge(options: readonly string[] = [], port = 0): Promise<OwnBridge> {
  const args = ['--import', 'tsx', MAIN, '--port', String(port), ...options];
  const child = spawn(process.execPath, args, { cwd: ROOT });
  const said = new Said(child);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  const url = await said.next(/Interlock bridge: (http\S+)/g);
  return {
    url,
    port: Number(new URL(url).port),
    code: () => said.next(/Pairing code, for one page: (\S+)/g),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** What a program has printed so far. */
class Said {
  #text = '';
  #isOver = false;
  #waiting: (() => void)[] = [];

  constructor({ stdout, stderr }: ChildProcess) {
    const hear = (text: Buffer): void => {
      this.#text += text.toString();
      this.#wake();
    };
    stdout?.on('data', hear);
    stderr?.on('data', hear);
    stdout?.once('end', () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  /** The last thing that fits `pattern`, once there is one. */
  async next(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = [...this.#text.matchAll(pattern)].at(-1)?.[1];
      if (found !== undefined) return found;
      if (this.#isOver) throw new Error(`expected ${pattern.source}, got: ${this.#text}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
