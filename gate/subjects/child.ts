/**
 * The process in which the code of a lock runs: explores it, and tells whoever started it.
 *
 * It ends when it is over, or when whoever started it is gone.
 */
import { Readable } from 'node:stream';
import { exploreHere } from './explore-here.ts';
import type { FromExplorer, ToExplorer } from './protocol.ts';
import { replayHere } from './replay-here.ts';
import type { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';
import type { Style } from '../render/style.ts';

/** How often it is told at most how far the work is, in milliseconds. */
const PROGRESS_EVERY_MS = 100;

type Begin = Extract<ToExplorer, { readonly kind: 'begin' }>;

const callbacks: (() => void)[] = [];
let interrupted = false;

function tell(message: FromExplorer, then: () => void = () => undefined): void {
  process.send?.(message, then);
}

function shellOf(style: Style): Shell {
  let toldMs = -Infinity;
  return {
    style,
    env: {},
    stdin: Readable.from([]),
    interrupt: {
      get requested() {
        return interrupted;
      },
      onRequest: (callback) => void (interrupted ? callback() : callbacks.push(callback)),
    },
    now: () => performance.now(),
    print: (lines) => tell({ kind: 'print', lines }),
    note: (line) => tell({ kind: 'note', line }),
    progress: (make) => {
      const nowMs = performance.now();
      if (make === undefined || nowMs - toldMs < PROGRESS_EVERY_MS) return;
      toldMs = nowMs;
      const { done, detail } = make();
      tell({ kind: 'progress', done: done ?? null, detail });
    },
  };
}

function done({ work, base, bounds, style }: Begin): Promise<Outcome<Exit>> {
  const shell = shellOf(style);
  return work.kind === 'explore'
    ? exploreHere(work.job, base, bounds, shell)
    : replayHere(work.job, shell);
}

process.on('disconnect', () => process.exit());
process.on('message', (message: ToExplorer) => {
  switch (message.kind) {
    case 'begin':
      done(message).then(
        (outcome) => tell({ kind: 'over', outcome }, () => process.exit()),
        (error: unknown) => {
          const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
          tell({ kind: 'crashed', message: told }, () => process.exit());
        },
      );
      return;
    case 'interrupt':
      interrupted = true;
      for (const callback of callbacks) callback();
      return;
  }
});
// An interrupt of the terminal reaches both; the one that watches passes it on.
process.on('SIGINT', () => undefined);
tell({ kind: 'ready' });
