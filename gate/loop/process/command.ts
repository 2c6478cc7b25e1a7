/**
 * Runs a command of the project as a child process of its own, without a shell in between.
 *
 * What it prints is kept up to a limit and goes line by line, cleaned, into its log. At the end of
 * its time or when the loop is cancelled the whole process group, and what left it, is ended: asked
 * first, then killed. A command that cannot be started is an outcome, not a crash.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '../time/clock.ts';
import { descendantsOf, endSeen, type SeenProcess } from './descendants.ts';
import type { Leash } from './leash.ts';

export interface Command {
  /** Program and arguments; never a line for a shell. */
  readonly words: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Finished {
  readonly kind: 'exited' | 'killed' | 'timed-out' | 'cancelled' | 'not-started' | 'too-much';
  /** The exit status, where it exited. */
  readonly status: number | undefined;
  /** What happened, for people: `exit status 2`, `no end within 60 s`. */
  readonly how: string;
  readonly out: string;
  /** Standard output and error in the order in which they came. */
  readonly log: string;
  readonly tookMs: number;
}

export interface CommandLimits {
  readonly clock: Clock;
  readonly leash: Leash;
  readonly signal: AbortSignal;
  /** On the clock's scale. */
  readonly deadlineMs: number;
  /** Raised when nobody waits for it any more; then `onAbandoned` gets what it has printed. */
  readonly abandoned?: AbortSignal | undefined;
  readonly onAbandoned?: (log: string) => void;
}

const GRACE_MS = 2_000;
/** The most that a command may print: beyond it is ended, and nothing it said is believed. */
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const SECOND_MS = 1_000;

/** Runs it to its end, or ends it. */
export function runCommand(command: Command, limits: CommandLimits): Promise<Finished> {
  return new RunningCommand(command, limits).ended;
}

class RunningCommand {
  readonly ended: Promise<Finished>;
  readonly #limits: CommandLimits;
  readonly #startMs: number;
  readonly #out: Buffer[] = [];
  readonly #log: Buffer[] = [];
  #bytes = 0;
  /** What it had started by the time it was asked to end. */
  #started: readonly SeenProcess[] = [];
  #stopped: 'timed-out' | 'cancelled' | 'too-much' | undefined;

  constructor(command: Command, limits: CommandLimits) {
    this.#limits = limits;
    this.#startMs = limits.clock.now();
    const [program, ...words] = command.words;
    const child = spawn(program, words, {
      cwd: command.cwd,
      env: command.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.ended = new Promise((resolve) => this.#follow(child, resolve));
  }

  #follow(child: ChildProcess, resolve: (finished: Finished) => void): void {
    const { clock, leash, signal, deadlineMs } = this.#limits;
    const group = child.pid;
    if (group !== undefined) leash.hold(group);
    child.stdout?.on('data', (piece: Buffer) => this.#take(piece, child, true));
    child.stderr?.on('data', (piece: Buffer) => this.#take(piece, child, false));
    const cancel = (): void => this.#stop(child, 'cancelled');
    const forget = clock.at(deadlineMs, () => this.#stop(child, 'timed-out'));
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    const { abandoned, onAbandoned } = this.#limits;
    const tell = (): void => onAbandoned?.(textOf(this.#log));
    abandoned?.addEventListener('abort', tell, { once: true });
    const finish = (finished: Finished): void => {
      forget();
      signal.removeEventListener('abort', cancel);
      abandoned?.removeEventListener('abort', tell);
      if (group !== undefined) {
        endGroup(group, 'SIGKILL');
        endSeen(this.#started);
        leash.letGo(group);
      }
      resolve(finished);
    };
    child.on('error', (error) => {
      if (child.pid === undefined) finish(this.#finished('not-started', undefined, error.message));
    });
    child.on('close', (status, by) => finish(this.#closed(status, by)));
  }

  #take(piece: Buffer, child: ChildProcess, isOut: boolean): void {
    this.#bytes += piece.length;
    if (this.#bytes > OUTPUT_BYTES_MAX) {
      this.#stop(child, 'too-much');
      return;
    }
    if (isOut) this.#out.push(piece);
    this.#log.push(piece);
  }

  #stop(child: ChildProcess, why: 'timed-out' | 'cancelled' | 'too-much'): void {
    if (this.#stopped !== undefined || child.pid === undefined) return;
    this.#stopped = why;
    const group = child.pid;
    this.#started = descendantsOf([group]);
    endGroup(group, 'SIGTERM');
    const { clock } = this.#limits;
    const forget = clock.at(clock.now() + GRACE_MS, () => {
      this.#started = [...this.#started, ...descendantsOf([group])];
      endGroup(group, 'SIGKILL');
      endSeen(this.#started);
      // A grandchild that nobody saw may hold the pipes open for ever.
      child.stdout?.destroy();
      child.stderr?.destroy();
    });
    child.once('close', forget);
  }

  #closed(status: number | null, by: string | null): Finished {
    const seconds = Math.round((this.#limits.deadlineMs - this.#startMs) / SECOND_MS);
    switch (this.#stopped) {
      case 'timed-out':
        return this.#finished('timed-out', undefined, `no end within ${seconds} s`);
      case 'cancelled':
        return this.#finished('cancelled', undefined, 'cancelled');
      case 'too-much':
        return this.#finished('too-much', undefined, `printed more than ${OUTPUT_BYTES_MAX} bytes`);
      default:
        return status === null
          ? this.#finished('killed', undefined, `ended by ${by ?? 'a signal'}`)
          : this.#finished('exited', status, `exit status ${status}`);
    }
  }

  #finished(kind: Finished['kind'], status: number | undefined, how: string): Finished {
    return {
      kind,
      status,
      how,
      out: textOf(this.#out),
      log: textOf(this.#log),
      tookMs: this.#limits.clock.now() - this.#startMs,
    };
  }
}

function textOf(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString('utf8');
}

function endGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It has gone already, which is what was wanted.
  }
}
