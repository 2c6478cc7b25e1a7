/**
 * The processes that others started, however deep, so that what left its process group can be ended
 * too: Playwright gives its servers and browsers groups of their own.
 *
 * Invariant: a process is ended only if it began when the one did that was seen; its number may
 * have gone to another. Known limits: what was given up by its parent before is not seen; outside
 * Linux nothing is seen, and process groups alone are ended.
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface SeenProcess {
  readonly pid: number;
  /** When it began, in the kernel's own ticks. */
  readonly born: string;
}

interface Stat extends SeenProcess {
  readonly parent: number;
}

/** Everything that `roots` started and that is still there. */
export function descendantsOf(roots: readonly number[]): SeenProcess[] {
  const children = new Map<number, Stat[]>();
  for (const stat of allProcesses()) {
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat]);
  }
  const found: SeenProcess[] = [];
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of children.get(pid) ?? []) {
      found.push({ pid: child.pid, born: child.born });
      open.push(child.pid);
    }
  }
  return found;
}

/** Ends those that are still the ones that were seen. */
export function endSeen(seen: readonly SeenProcess[]): void {
  for (const { pid, born } of seen) {
    if (statOf(String(pid))?.born !== born) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has gone already, which is what was wanted.
    }
  }
}

function allProcesses(): Stat[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => statOf(name) ?? []);
}

/** What the kernel says of a process; its name stands in brackets and may hold anything. */
function statOf(name: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [parent, born] = [fields[1], fields[19]];
    if (parent === undefined || born === undefined) return undefined;
    return { pid: Number(name), parent: Number(parent), born };
  } catch {
    return undefined;
  }
}
