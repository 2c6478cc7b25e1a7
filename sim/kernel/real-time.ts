/**
 * The real-time driver: runs the same tasks as the virtual one against a clock on the wall.
 *
 * It owns no clock and no timer: both are given, so it runs in Node, in a page and in a test.
 * Invariants: one step at a time, each stamped with the time at which it really ran, never going
 * back, so that a trace has one total order; what happens outside enters as a step of its own; once
 * it is over nothing of it is pending and nothing that arrives later has an effect. Known limit: a
 * task resumes as late as the given timer fires, and a step that takes long delays all others.
 */
import { assert, assertUnreachable } from '../base/assert.ts';
import { TimerHeap } from '../base/heap.ts';
import { NONE, RunEnd } from '../trace/event.ts';
import type { Clock } from './clock.ts';
import { resume, type Runnable } from './entry.ts';
import type { Driver, TaskBody, TaskRef } from './task.ts';

/** A clock that never goes back, and a timer; both of the host. */
export interface WallClock {
  /** Microseconds since some fixed instant. */
  nowUs(): number;
  /** Calls back once, at the earliest after `us` microseconds; the result withdraws it. */
  later(us: number, callback: () => void): () => void;
}

export interface RealTimeOptions {
  /** Gets the time of each step; a recorder takes its time stamps from there. */
  readonly clock: Clock;
  readonly wall: WallClock;
  /** The run ends with `limit` once so much time has passed. */
  readonly timeLimitUs: number;
  /** Called between turns, when no step is under way: to write down what is known by then. */
  readonly betweenTurns?: () => void;
  /**
   * True where this is one of several kernels of a run: what wakes its tasks may come from another
   * at any time, so it is never stuck by itself, and `isQuiet` says what it knows of that.
   */
  readonly isPart?: boolean;
  /** Number of the first task; those of another kernel of the run come before. */
  readonly firstTask?: number;
}

/** How a real-time run ended: as runs do, or by a programmer's mistake in one of its steps. */
export type RealTimeEnd =
  | { readonly kind: 'over'; readonly end: RunEnd }
  | { readonly kind: 'crashed'; readonly error: unknown };

/** Steps in one turn of the host's event loop, so that sockets and signals get theirs. */
const STEPS_PER_TURN = 256;

export class RealTimeKernel implements Driver {
  readonly #clock: Clock;
  readonly #wall: WallClock;
  readonly #timeLimitUs: number;
  readonly #betweenTurns: (() => void) | undefined;
  readonly #isPart: boolean;
  readonly #firstTask: number;
  readonly #tasks: Runnable[] = [];
  readonly #timers = new TimerHeap<Runnable>();
  #ready: Runnable[] = [];
  #seq = 0;
  #steps = 0;
  #unfinished = 0;
  /** Operations outside that may still bring something. */
  #awaited = 0;
  #originUs: number | undefined = undefined;
  #finished: ((end: RealTimeEnd) => void) | undefined = undefined;
  #over: RealTimeEnd | undefined = undefined;
  #running = false;
  /** Withdraws the one timer of the host that is set, which comes due at `#alarmUs`. */
  #withdraw: (() => void) | undefined = undefined;
  #alarmUs = Infinity;

  constructor(options: RealTimeOptions) {
    this.#clock = options.clock;
    this.#wall = options.wall;
    this.#timeLimitUs = options.timeLimitUs;
    this.#betweenTurns = options.betweenTurns;
    this.#isPart = options.isPart ?? false;
    this.#firstTask = options.firstTask ?? 0;
  }

  /** The time of the present step, or of the last one. */
  get nowUs(): number {
    return this.#clock.nowUs;
  }

  /** Atomic steps so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Why the run is over, or undefined while it is not, or if it crashed. */
  get end(): RunEnd | undefined {
    return this.#over?.kind === 'over' ? this.#over.end : undefined;
  }

  /** Tasks that have to finish and have not. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** Whether nothing can happen any more, unless it comes from outside unannounced. */
  get isQuiet(): boolean {
    return this.#ready.length === 0 && this.#timers.size === 0 && this.#awaited === 0;
  }

  /** Makes a task ready, before the start or while it runs. A daemon is not waited for. */
  spawn(
    name: string,
    symbol: number,
    kind: 'worker' | 'daemon',
    makeBody: (self: TaskRef) => TaskBody,
  ): TaskRef {
    const id = this.#firstTask + this.#tasks.length;
    assert(id < NONE, `expected at most ${NONE} tasks`);
    const self = { id, name, symbol };
    const daemon = kind === 'daemon';
    const entry = this.#entry(makeBody(self), undefined, daemon);
    if (!daemon) this.#unfinished += 1;
    this.#tasks.push(entry);
    this.#ready.push(entry);
    this.#goOn();
    return self;
  }

  wake(ref: TaskRef): void {
    const task = this.#tasks[ref.id - this.#firstTask];
    assert(task !== undefined, 'expected a task of this kernel');
    if (task.state !== 'parked' || this.#over !== undefined) return;
    if (task.index >= 0) this.#timers.remove(task);
    this.#makeReady(task, true);
    this.#goOn();
  }

  after(us: number, deliver: () => void): () => void {
    const entry = this.#entry(undefined, deliver, true);
    this.#setTimer(entry, us);
    this.#goOn();
    return () => {
      if (entry.index >= 0) this.#timers.remove(entry);
    };
  }

  /** Always the first: what happens here is decided outside. */
  choose(): number {
    return 0;
  }

  /** Something happened outside: takes it in as a step. Nothing happens once the run is over. */
  outside(deliver: () => void): void {
    this.#takeIn(deliver);
    this.#goOn();
  }

  /** An error of our own came up outside: the run ends with it, as if a step had thrown it. */
  fail(error: unknown): void {
    this.outside(() => {
      throw error;
    });
  }

  /**
   * Something arrived: takes it in as a step, and the steps that follow from it, before it returns.
   * For messages of another thread, which come in a turn of their own.
   */
  arrive(deliver: () => void): void {
    this.#takeIn(deliver);
    if (this.#originUs !== undefined && !this.#running) this.#turn();
  }

  /**
   * Notes that something outside may still bring a wake-up; the result notes that it no longer can.
   * A run in which nothing is ready, set or awaited is stuck.
   */
  await(): () => void {
    let open = true;
    this.#awaited += 1;
    return () => {
      if (!open) return;
      open = false;
      this.#awaited -= 1;
      this.#goOn();
    };
  }

  /** Starts the clock where it stands; `finished` is called once, when the run is over. */
  start(finished: (end: RealTimeEnd) => void): void {
    assert(this.#originUs === undefined, 'expected to be started once');
    this.#originUs = this.#wall.nowUs() - this.#clock.nowUs;
    this.#finished = finished;
    this.#goOn();
  }

  /** Ends the run here, as cancelled. */
  stop(): void {
    this.#finish({ kind: 'over', end: RunEnd.cancelled });
  }

  /** Moves the clock to the present; for stamps after the end. */
  touch(): void {
    const passedUs = Math.floor(this.#wall.nowUs() - (this.#originUs ?? 0));
    if (passedUs > this.#clock.nowUs) this.#clock.nowUs = passedUs;
  }

  #takeIn(deliver: () => void): void {
    if (this.#over !== undefined) return;
    const entry = this.#entry(undefined, deliver, true);
    entry.state = 'ready';
    this.#ready.push(entry);
  }

  /** Sees to it that a turn comes, unless one is under way. */
  #goOn(): void {
    if (this.#running || this.#over !== undefined || this.#originUs === undefined) return;
    if (this.#ready.length > 0) this.#setAlarm(0);
    else this.#rest();
  }

  #alarmed(): void {
    this.#withdraw = undefined;
    this.#alarmUs = Infinity;
    this.#turn();
  }

  #turn(): void {
    if (this.#over !== undefined) return;
    this.#running = true;
    try {
      for (let left = STEPS_PER_TURN; left > 0 && this.#over === undefined; left--) {
        if (!this.#next()) break;
      }
      this.#betweenTurns?.();
    } catch (error) {
      this.#finish({ kind: 'crashed', error });
    }
    this.#running = false;
    this.#goOn();
  }

  /** Takes one step; false if none is due. */
  #next(): boolean {
    this.touch();
    const { nowUs } = this.#clock;
    if (nowUs > this.#timeLimitUs) {
      this.#finish({ kind: 'over', end: RunEnd.limit });
      return false;
    }
    for (;;) {
      const first = this.#timers.peek();
      if (first === undefined || first.dueUs > nowUs) break;
      this.#timers.remove(first);
      first.state = 'ready';
      this.#ready.push(first);
    }
    const entry = this.#ready.shift();
    if (entry === undefined) return false;
    this.#step(entry);
    return true;
  }

  #step(entry: Runnable): void {
    this.#steps += 1;
    const suspension = resume(entry);
    if (suspension === undefined) {
      if (!entry.daemon) this.#finishOne();
      return;
    }
    switch (suspension.kind) {
      case 'sleep':
        entry.woken = true;
        if (suspension.us === 0) this.#makeReady(entry, true);
        else this.#suspend(entry, 'sleeping', suspension.us);
        return;
      case 'park':
        entry.woken = false;
        this.#suspend(entry, 'parked', suspension.timeoutUs);
        return;
      default:
        assertUnreachable(suspension);
    }
  }

  #suspend(entry: Runnable, state: 'sleeping' | 'parked', us: number): void {
    entry.state = state;
    if (us !== Infinity) this.#setTimer(entry, us);
  }

  #makeReady(entry: Runnable, woken: boolean): void {
    entry.state = 'ready';
    entry.woken = woken;
    this.#ready.push(entry);
  }

  #finishOne(): void {
    this.#unfinished -= 1;
    if (this.#unfinished === 0) this.#finish({ kind: 'over', end: RunEnd.done });
  }

  /** Nothing is ready: waits for the next timer, or for the outside, or is stuck. */
  #rest(): void {
    const first = this.#timers.peek();
    if (first === undefined && this.#awaited === 0 && !this.#isPart) {
      // Not at once: whoever has just ended one operation may be about to begin the next.
      this.#setAlarm(0, () => {
        if (!this.isQuiet) {
          this.#alarmed();
          return;
        }
        this.touch();
        this.#finish({ kind: 'over', end: RunEnd.stuck });
      });
      return;
    }
    const dueUs = Math.min(first?.dueUs ?? Infinity, this.#timeLimitUs + 1);
    if (dueUs === Infinity) return;
    const originUs = this.#originUs ?? 0;
    this.#setAlarm(Math.max(0, dueUs - (this.#wall.nowUs() - originUs)));
  }

  #setAlarm(us: number, callback: () => void = () => this.#alarmed()): void {
    const dueUs = this.#wall.nowUs() + us;
    if (this.#withdraw !== undefined) {
      if (this.#alarmUs <= dueUs) return;
      this.#withdraw();
    }
    this.#alarmUs = dueUs;
    this.#withdraw = this.#wall.later(us, callback);
  }

  #setTimer(entry: Runnable, us: number): void {
    entry.dueUs = this.#clock.nowUs + us;
    entry.seq = this.#seq++;
    this.#timers.push(entry);
  }

  #entry(body: TaskBody | undefined, deliver: Runnable['deliver'], daemon: boolean): Runnable {
    const state = body === undefined ? 'sleeping' : 'ready';
    return { dueUs: 0, seq: 0, index: -1, state, woken: true, body, deliver, daemon };
  }

  #finish(end: RealTimeEnd): void {
    if (this.#over !== undefined) return;
    this.#over = end;
    this.#withdraw?.();
    this.#withdraw = undefined;
    this.#ready = [];
    for (let first = this.#timers.peek(); first !== undefined; first = this.#timers.peek()) {
      this.#timers.remove(first);
    }
    this.#finished?.(end);
  }
}
