/**
 * The world in which a lock's code runs: a context of its own whose promises, timers, clock and
 * randomness are ours, and which has nothing else that could differ from one execution to the next.
 *
 * Invariant: nothing in it runs but in a turn that the explorer takes. Text cannot become code
 * there, because that code would not be lowered. Known limit: this keeps honest code deterministic;
 * it is no prison for hostile code, which runs with the rights of whoever started it.
 */
import { constants, createContext, runInContext, Script } from 'node:vm';
import { Jobs, promiseClass, RandomStream, type TimerKind, Timers } from '../../sim/index.ts';
import { SubjectProblem } from './problem.ts';

/** What a module is called with. */
export type Factory = (
  exports: object,
  require: (specifier: string) => unknown,
  module: { exports: unknown },
) => void;

/** The time at which every execution begins: 2026-01-01 in UTC. */
const EPOCH_MS = 1_767_225_600_000;
const US_PER_MS = 1_000;

/** Lets executions differ, shows when memory is collected, or makes promises of the engine. */
const BANNED = ['WeakRef', 'FinalizationRegistry', 'WebAssembly', 'Atomics', 'SharedArrayBuffer'];

/** Put into the context: the clock is asked, and the engine's own promises are of no use. */
const SETUP = `(({ now, random, escaped, banned, globals }) => {
  for (const name of banned) delete globalThis[name];
  delete Array.fromAsync;
  // Where an error was made costs more than all the rest, and nobody is told.
  Error.stackTraceLimit = 0;
  const nowOf = () => now();
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (type, args, target) =>
      Reflect.construct(type, args.length === 0 ? [now()] : args, target),
    apply: () => new RealDate(now()).toString(),
    get: (type, key) => (key === 'now' ? nowOf : Reflect.get(type, key)),
  });
  Math.random = () => random();
  Promise.prototype.then = function () { escaped(); };
  Object.assign(globalThis, globals);
})`;

export class Realm {
  readonly jobs = new Jobs();
  readonly timers = new Timers();
  readonly promise = promiseClass(this.jobs);
  /** Without the interceptors of a sandbox object, which make each look at a global slow. */
  readonly #context = createContext(constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
    name: 'lock',
  });
  #random = new RandomStream(0, 'subject');

  constructor() {
    const setup = runInContext(SETUP, this.#context) as (world: object) => void;
    setup({
      now: () => EPOCH_MS + Math.floor(this.timers.nowUs / US_PER_MS),
      random: () => this.#random.nextU32() / 2 ** 32,
      escaped,
      banned: BANNED,
      globals: this.#globals(),
    });
  }

  /** Begins anew: the same random numbers as before. */
  restart(): void {
    this.#random = new RandomStream(0, 'subject');
  }

  /** A module's text as a function that can be called as often as executions need it. */
  compile(path: string, text: string): Factory {
    const source = `(function (exports, require, module) {${text}\n})`;
    return new Script(source, { filename: path }).runInContext(this.#context) as Factory;
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

function escaped(): never {
  throw new SubjectProblem(
    'subject-native-promise',
    'expected only promises made in the lock’s own modules, got one of the engine: it cannot be ' +
      'followed',
  );
}
