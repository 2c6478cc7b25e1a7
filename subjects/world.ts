/**
 * The world in which a lock's code runs: promises, timers, clock and randomness that are ours, put
 * into whatever global object the code will find.
 *
 * Invariant: nothing in it runs but in a turn that the explorer takes, and each execution begins
 * with the same clock and the same random numbers. A loop is cut off after so many turns in one
 * execution, and said to be endless. Known limit: the time zone is that of the machine.
 */
import { Jobs, Lowered, promiseClass, RandomStream, type TimerKind, Timers } from '../sim/index.ts';
import { SubjectProblem } from './problem.ts';

/** What a module's lowered text is called with, besides what it requires and exports. */
export interface Runtime extends Pick<Lowered, 'run' | 'generate' | 'iterate'> {
  /** Counts the turn of a loop. */
  turn(line: number): void;
}

/** A module's text as a function that can be called as often as executions need it. */
export type Factory = (
  exports: object,
  require: (specifier: string) => unknown,
  module: { exports: unknown },
  runtime: Runtime,
) => void;

/** V8 can be told how much of the stack an error remembers. */
type Errors = ErrorConstructor & { stackTraceLimit?: number };

/** The parts of a global object that are changed or replaced. */
type Globals = typeof globalThis & Record<string, unknown> & { Error: Errors };

/** The time at which every execution begins: 2026-01-01 in UTC. */
const EPOCH_MS = 1_767_225_600_000;
const US_PER_MS = 1_000;
/** Turns of all loops of one execution together. */
const TURNS_MAX = 1_000_000;

const STACK_FRAMES = 20;

/** Lets executions differ, shows when memory is collected, or makes promises of the engine. */
const BANNED = ['WeakRef', 'FinalizationRegistry', 'WebAssembly', 'Atomics', 'SharedArrayBuffer'];

export class World {
  readonly jobs = new Jobs();
  readonly timers = new Timers();
  readonly promise = promiseClass(this.jobs);
  readonly runtime: Runtime;
  #random = new RandomStream(0, 'subject');
  #turns = 0;
  /** The line of a loop that was cut off, be it that the code caught what that threw. */
  #endless: number | undefined = undefined;
  #errors: Errors = Error;

  constructor() {
    const { run, generate, iterate } = new Lowered(this.promise);
    this.runtime = { run, generate, iterate, turn: (line) => this.#turn(line) };
  }

  /** Begins anew: the same random numbers as before. Throws where a loop had to be cut off. */
  restart(): void {
    this.settle();
    this.#random = new RandomStream(0, 'subject');
    this.#turns = 0;
  }

  /** Throws where a loop had to be cut off. */
  settle(): void {
    const line = this.#endless;
    this.#endless = undefined;
    if (line !== undefined) throw endless(line);
  }

  /** Puts the world's parts into a global object, in place of what it had. */
  furnish(globals: object): void {
    const target = globals as Globals;
    for (const name of BANNED) Reflect.deleteProperty(target, name);
    Reflect.deleteProperty(target.Array, 'fromAsync');
    // Where an error was made costs more than all the rest; only `traced` asks for it.
    this.#errors = target.Error;
    target.Error.stackTraceLimit = 0;
    target.Math.random = () => this.#random.nextU32() / 2 ** 32;
    const { Date: RealDate } = target;
    const nowOf = (): number => EPOCH_MS + Math.floor(this.timers.nowUs / US_PER_MS);
    target.Date = new Proxy(RealDate, {
      construct: (type, args: unknown[], made) =>
        Reflect.construct(type, args.length === 0 ? [nowOf()] : args, made) as object,
      apply: () => new RealDate(nowOf()).toString(),
      get: (type, key) => (key === 'now' ? nowOf : (Reflect.get(type, key) as unknown)),
    });
    Object.assign(target, this.#globals());
  }

  /** What `act` gives; errors that are made meanwhile say where. */
  traced<T>(act: () => T): T {
    this.#errors.stackTraceLimit = STACK_FRAMES;
    try {
      return act();
    } finally {
      this.#errors.stackTraceLimit = 0;
    }
  }

  #turn(line: number): void {
    this.#turns += 1;
    if (this.#turns <= TURNS_MAX) return;
    this.#endless ??= line;
    throw endless(line);
  }

  #globals(): object {
    const { timers, jobs } = this;
    const set =
      (kind: TimerKind) =>
      (act: unknown, delayMs?: unknown, ...rest: readonly unknown[]): unknown => {
        if (typeof act !== 'function') throw new TypeError('expected a function to call back');
        // Of an immediate the second argument is the first of the call.
        const args = kind === 'immediate' && delayMs !== undefined ? [delayMs, ...rest] : rest;
        return timers.set(
          kind,
          () => void (act as (...all: unknown[]) => unknown)(...args),
          delayMs,
        );
      };
    const clear = (which: unknown): void => timers.clear(which);
    return {
      Promise: this.promise,
      queueMicrotask: (act: () => void) => jobs.push(() => act()),
      setTimeout: set('timeout'),
      setInterval: set('interval'),
      setImmediate: set('immediate'),
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
      performance: { now: () => timers.nowUs / US_PER_MS },
      console: QUIET,
    };
  }
}

const nothing = (): void => undefined;
/** Thousands of executions have nothing to say to anybody. */
const QUIET = {
  debug: nothing,
  error: nothing,
  info: nothing,
  log: nothing,
  trace: nothing,
  warn: nothing,
};

function endless(line: number): SubjectProblem {
  return new SubjectProblem(
    'subject-endless',
    `expected each loop to end or to wait, but that of line ${line} went on for ` +
      `${TURNS_MAX.toLocaleString('en')} turns in one execution`,
    line,
  );
}
