/**
 * The process that ends what a killed loop leaves behind.
 *
 * Its standard input is a pipe from the loop: `+N` names a process group, `-N` says that it is
 * gone. When the pipe closes, whatever is still named is ended with all that it started, politely
 * first. It runs apart from the terminal, so that Ctrl-C reaches the loop alone.
 */
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { descendantsOf, endSeen } from './descendants.ts';

const GRACE_MS = 2_000;

const groups = new Set<number>();
for await (const line of createInterface({ input: process.stdin })) {
  const group = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(group);
  else groups.delete(group);
}
if (groups.size > 0) {
  const started = descendantsOf([...groups]);
  end('SIGTERM');
  await setTimeout(GRACE_MS);
  const late = descendantsOf([...groups]);
  end('SIGKILL');
  endSeen([...started, ...late]);
}

function end(signal: NodeJS.Signals): void {
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch {
      groups.delete(group);
    }
  }
}
