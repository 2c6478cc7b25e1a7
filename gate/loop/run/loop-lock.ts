/**
 * One loop at a time in one tree: a lock that the operating system gives back when its owner dies,
 * however it dies.
 *
 * The lock is a listening local socket; who asks in vain is told by its owner who that is. On Linux
 * and Windows the name vanishes with the process. Elsewhere it is a file: one that nobody answers
 * behind is a dead owner's and is taken away. Known limits: two loops that find the same dead
 * owner's file at the same instant may both begin; and containers that share a tree but no network
 * do not see each other.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attempt } from '../time/wait-or-die.ts';

export interface LoopLock {
  release(): Promise<void>;
}

const ANSWER_MS = 2_000;
const ANSWER_CHARS_MAX = 200;

/** Tries once. `owner` is what others are told: `process 4711, task 127`. */
export async function acquireLoopLock(root: string, owner: string): Promise<Attempt<LoopLock>> {
  const path = lockPath(root);
  const server = await listen(path, owner);
  if (server !== undefined) return { kind: 'done', value: lockOf(server) };
  const other = await ask(path);
  if (other === undefined && isFile(path)) {
    rmSync(path, { force: true });
    const second = await listen(path, owner);
    if (second !== undefined) return { kind: 'done', value: lockOf(second) };
  }
  return { kind: 'again', reason: `another loop runs in this tree: ${other ?? 'it says nothing'}` };
}

function lockPath(root: string): string {
  const name = `interlock-gate-${createHash('sha256').update(root).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

function isFile(path: string): boolean {
  return !path.startsWith('\0') && !path.startsWith('\\');
}

/** The server that is the lock; undefined if another one is there. */
function listen(path: string, owner: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(owner);
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}

/** What the owner says; undefined if nobody answers. */
function ask(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let answer = '';
    const end = (value: string | undefined): void => {
      socket.destroy();
      resolve(value);
    };
    socket.setEncoding('utf8');
    socket.setTimeout(ANSWER_MS, () => end(''));
    socket.on('data', (piece: string) => {
      answer = (answer + piece).slice(0, ANSWER_CHARS_MAX);
    });
    socket.on('end', () => end(answer));
    socket.on('error', () => end(undefined));
  });
}

function lockOf(server: Server): LoopLock {
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}
