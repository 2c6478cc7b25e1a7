/**
 * The world in which a lock's code runs: promises, timers, clock and randomness that are ours, put
 * into whatever global object the code will find.
 *
 * Invariant: nothing in it runs but in a turn that the explorer takes, and each execution begins
 * with the same clock and the same random numbers. A loop is cut off after so many turns in one
 * execution, and said to be endless; so is what fills memory. Known limit: the time zone is that of
 * the machine.
 */
import { Jobs, Lowered, promiseClass, RandomStream, type TimerKind, Timers } from '../sim/index.ts';
import { BYTES_MAX, Meter } from './meter.ts';
import { Natives } from './natives.ts';
import { Pristine } from './pristine.ts';
import { SubjectProblem } from './problem.ts';

/** What a module's lowered text is called with, besides what it requires and exports. */
export interface Runtime
  extends
    Pick<Lowered, 'run' | 'generate' | 'iterate'>,
    Pick<Meter, 'made' | 'grown' | 'copied' | 'spread'> {
  /** Counts the turn of a loop, and what it can make. */
  turn(line: number, bytes: number): void;
  /** Counts what one pass through a function, or a whole module, can make. */
  pass(bytes: number): void;
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

const STACK_FRAMES = 50;

/** Lets executions differ, shows when memory is collected, or makes what nobody counts. */
const BANNED =
  'WeakRef FinalizationRegistry WebAssembly Atomics SharedArrayBuffer Intl Iterator'.split(' ');

export class World {
  readonly jobs = new LockJobs((isInside) => {
    this.#natives.isInside = isInside;
  });
  readonly timers = new Timers();
  readonly promise = promiseClass(this.jobs);
  readonly runtime: Runtime;
  /** The line of the lock's own module that an error's stack names, where one is known. */
  lineOf: (error: unknown) => number | undefined = () => undefined;
  #random = new RandomStream(0, 'subject');
  /** Symbols by their names: the engine would keep its own for ever. */
  readonly #symbols = new Map<string, symbol>();
  #turns = 0;
  readonly #meter = new Meter((bytes) => this.#cutOff(() => this.#flooded(bytes)));
  readonly #natives = new Natives(this.#meter);
  #pristine: Pristine | undefined = undefined;
  /** Bytes that were made since the language was put back as it was. */
  #madeSince = 0;
  /** Why the execution was cut off, be it that the code caught what that threw. */
  #problem: SubjectProblem | undefined = undefined;
  #errors: Errors = Error;

  constructor() {
    const { run, generate, iterate } = new Lowered(this.promise);
    const { made, grown, copied, spread } = this.#meter;
    this.runtime = Object.freeze({
      ...{ run, generate, iterate, made, grown, copied, spread },
      turn: (line: number, bytes: number) => this.#turn(line, bytes),
      pass: (bytes: number) => this.#pass(bytes),
    });
  }

  /** Begins anew: the same random numbers as before. Throws where the last had to be cut off. */
  restart(): void {
    this.leave();
    this.settle();
    this.#random = new RandomStream(0, 'subject');
    this.#symbols.clear();
    this.#turns = 0;
    this.#madeSince += this.#meter.bytes;
    this.#meter.restart();
    if (this.#madeSince < BYTES_MAX) return;
    this.#madeSince = 0;
    this.#pristine?.restore();
  }

  /** What runs from here on is no code of a lock's. */
  leave(): void {
    this.#natives.isInside = false;
  }

  /** Throws where an execution had to be cut off. */
  settle(): void {
    const problem = this.#problem;
    this.#problem = undefined;
    if (problem !== undefined) throw problem;
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
    target.Symbol.for = (name) => this.#symbolOf(String(name));
    target.Symbol.keyFor = (symbol) =>
      [...this.#symbols].find(([, known]) => known === symbol)?.[0];
    Object.assign(target, this.#globals());
    this.#natives.replace(target);
    this.#pristine = new Pristine(target);
  }

  /** What `act` gives; errors that are made meanwhile say where. */
  traced<T>(act: () => T): T {
    // Ours, too: where we live in the world of the code they are the same.
    const all: readonly Errors[] = [Error, this.#errors];
    const limits = all.map(({ stackTraceLimit }) => stackTraceLimit ?? 0);
    for (const each of all) each.stackTraceLimit = STACK_FRAMES;
    try {
      return act();
    } finally {
      for (const [at, each] of all.entries()) each.stackTraceLimit = limits[at] ?? 0;
    }
  }

  #turn(line: number, bytes: number): void {
    this.#turns += 1;
    if (this.#turns > TURNS_MAX) this.#cutOff(() => endless(line));
    this.#meter.take(bytes);
  }

  #pass(bytes: number): void {
    this.#natives.isInside = true;
    this.#meter.take(bytes);
  }

  #cutOff(problem: () => SubjectProblem): never {
    // What we say about it is not the lock's to pay for.
    this.leave();
    this.#problem ??= problem();
    this.#natives.isInside = true;
    throw this.#problem;
  }

  #flooded(bytes: number): SubjectProblem {
    const line = this.lineOf(this.traced(() => new Error()));
    return flooded(bytes, line);
  }

  #symbolOf(name: string): symbol {
    const known = this.#symbols.get(name) ?? Symbol(name);
    this.#symbols.set(name, known);
    return known;
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

/** Jobs in which a lock's code runs, and after which it does not. */
class LockJobs extends Jobs {
  readonly #onRun: (isInside: boolean) => void;

  constructor(onRun: (isInside: boolean) => void) {
    super();
    this.#onRun = onRun;
  }

  override run(max: number): boolean {
    this.#onRun(true);
    const rests = super.run(max);
    this.#onRun(false);
    return rests;
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

const BYTES_PER_MB = 1_000_000;

function flooded(bytes: number, line: number | undefined): SubjectProblem {
  const got = Math.ceil(bytes / BYTES_PER_MB).toLocaleString('en');
  const place = line === undefined ? '' : ` in line ${line}`;
  return new SubjectProblem(
    'subject-flood',
    `expected at most ${BYTES_MAX / BYTES_PER_MB} MB to be made in one execution, got ${got} MB${place}: ` +
      'look for a list, a text or a buffer that grows without an end',
    line,
  );
}
