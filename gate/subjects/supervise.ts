/**
 * Explores a lock in a process of its own, which is bounded in memory and ended when it is stuck.
 *
 * Whatever the code does, an endless loop or a flood of objects, ends as a refusal that says so.
 * What is not bounded: the code runs with the rights of whoever started it. It is offered no
 * modules of Node and no network, but nothing keeps hostile code from reaching for them.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { playgroundUrl } from '../report/playground.ts';
import type { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';
import { READS_TYPESCRIPT } from '../shell/typescript.ts';
import { type Bounds, DEFAULT_BOUNDS, died, interrupted, START_MS, stuck } from './bounds.ts';
import type { SubjectJob } from './explore-here.ts';
import type { FromExplorer, SubjectWork, ToExplorer } from './protocol.ts';
import type { ReplayJob } from './replay-here.ts';
import { refusalOf } from './refusal.ts';

/** Explores in another process and passes on what it prints; gives its status. */
export function superviseSubject(
  job: SubjectJob,
  shell: Shell,
  bounds: Bounds = DEFAULT_BOUNDS,
): Promise<Outcome<Exit>> {
  return supervise({ kind: 'explore', job }, shell, bounds);
}

/** Replays one schedule in another process, in the same way. */
export function superviseReplay(job: ReplayJob, shell: Shell): Promise<Outcome<Exit>> {
  return supervise({ kind: 'replay', job }, shell, DEFAULT_BOUNDS);
}

function supervise(work: SubjectWork, shell: Shell, bounds: Bounds): Promise<Outcome<Exit>> {
  const base = playgroundUrl(shell.env);
  if (base.kind === 'error') return Promise.resolve(base);
  const { name } = work.job.source;
  const child = fork(join(import.meta.dirname, 'child.ts'), [], {
    execArgv: [
      ...READS_TYPESCRIPT,
      `--max-old-space-size=${bounds.memoryMb}`,
      // Executions are alike and short: where V8 takes their objects for long-lived, as it does in
      // about one process of three, a search takes nearly twice as long.
      '--no-allocation-site-pretenuring',
    ],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const send = (message: ToExplorer): void => void (child.connected && child.send(message));
  let isReady = false;
  return new Promise((resolve, reject) => {
    const watch = new Watch(child, () => resolve(refusalOf(stuck(name, bounds))));
    const end = (act: () => void): void => {
      watch.over();
      shell.progress(undefined);
      act();
    };
    watch.expect(START_MS);
    shell.interrupt.onRequest(() => send({ kind: 'interrupt' }));
    child.on('error', (error) => end(() => reject(error)));
    child.on('exit', (status, signal) =>
      end(() => {
        if (isReady) resolve(refusalOf(died(name, bounds)));
        // An interrupt of the terminal reaches it too, and ends it while it does not know better.
        else if (shell.interrupt.requested) resolve(refusalOf(interrupted(name)));
        else
          reject(new Error(`expected the explorer to begin, got ${signal ?? `status ${status}`}`));
      }),
    );
    child.on('message', (message: FromExplorer) => {
      watch.expect(bounds.silentMs);
      switch (message.kind) {
        case 'ready':
          isReady = true;
          send({ kind: 'begin', work, bounds, base: base.value, style: shell.style });
          return;
        case 'print':
          shell.print(message.lines);
          return;
        case 'note':
          shell.note(message.line);
          return;
        case 'progress': {
          const { done, detail } = message;
          shell.progress(() => ({ done: done ?? undefined, detail }));
          return;
        }
        case 'over':
          end(() => resolve(message.outcome));
          return;
        case 'crashed':
          end(() => reject(new Error(message.message)));
      }
    });
  });
}

/** Ends a process that says nothing for too long. */
class Watch {
  readonly #child: ChildProcess;
  readonly #onSilence: () => void;
  #timer: NodeJS.Timeout | undefined = undefined;

  constructor(child: ChildProcess, onSilence: () => void) {
    this.#child = child;
    this.#onSilence = onSilence;
  }

  /** Something has to come within so many milliseconds from now. */
  expect(withinMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#onSilence();
      this.#child.kill('SIGKILL');
    }, withinMs);
  }

  over(): void {
    clearTimeout(this.#timer);
  }
}
