/**
 * Keeps the process groups that the loop starts on a leash: none of them outlives the loop, even
 * if it is killed.
 *
 * Known limit: on Windows, which has no process groups, a killed loop leaves its children behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { READS_TYPESCRIPT } from '../../shell/typescript.ts';

export interface Leash {
  hold(group: number): void;
  letGo(group: number): void;
  /** Ends whatever is still held, and the leash with it. */
  close(): void;
}

/** Starts the process at the other end. */
export function startLeash(): Leash {
  const undertaker = fileURLToPath(new URL('./undertaker.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [...READS_TYPESCRIPT, undertaker], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  child.unref();
  const tell = (line: string): void => {
    child.stdin?.write(`${line}\n`);
  };
  return {
    hold: (group) => tell(`+${group}`),
    letGo: (group) => tell(`-${group}`),
    close: () => child.stdin?.end(),
  };
}
