/** A context for tests of single stages: a project in a directory of its own, nothing else. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LoopContext } from '../run/context.ts';
import type { Environment } from '../../shell/style.ts';
import { PROJECT_TOOLS, type Tools } from '../process/tools.ts';
import { secretGuard } from '../secrets/guard.ts';
import type { Task } from '../task/schema.ts';
import { systemClock } from '../time/clock.ts';
import type { WaitNotice } from '../time/wait-or-die.ts';

export interface ContextParts {
  readonly root: string;
  readonly stages: Partial<Task['stages']>;
  readonly env?: Environment;
  readonly tools?: Tools;
  readonly files?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The context, and the waits that its stages tell of. */
export function loopContext(parts: ContextParts): LoopContext & { readonly waits: WaitNotice[] } {
  const { root, env = {}, files = {} } = parts;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const work = join(root, '.work');
  mkdirSync(work, { recursive: true });
  const waits: WaitNotice[] = [];
  const preflight = { deadlineSeconds: 10, tree: 'recorded' } as const;
  const stages = { preflight, ...parts.stages };
  const task: Task = { format: 1, task: '5', title: 'A test', stages };
  return {
    root,
    work,
    env,
    waits,
    found: { task, file: 'docs/tasks/5.yaml', text: '', sha256: '0'.repeat(64) },
    tools: parts.tools ?? PROJECT_TOOLS,
    guard: secretGuard(env, root),
    clock: systemClock,
    chance: () => 0.5,
    backOff: { firstMs: 10, mostMs: 40 },
    leash: { hold: () => {}, letGo: () => {}, close: () => {} },
    signal: parts.signal ?? new AbortController().signal,
    facts: { reviews: {}, measured: [], projectFiles: Object.keys(files).sort() },
    evidence: new Map(),
    onWait: (_, notice) => waits.push(notice),
  };
}
