/**
 * The virtual driver: runs tasks against a virtual clock as fast as the processor goes.
 *
 * Invariant: one step is one resumption of one task, or one delivery; the oracle picks it among all
 * that could happen. With timing `virtual` those are the ready ones, and the clock moves only when
 * none is. With timing `abstract` every sleeping task, deadline and delivery may come next too, so
 * that no duration hides a race, and the clock is the latest due time so far, or, with footprints,
 * the latest that the step could know of.
 */
import { assert, assertUnreachable } from '../base/assert.ts';
import { TimerHeap } from '../base/heap.ts';
import { NONE, RunEnd } from '../trace/event.ts';
import type { Clock } from './clock.ts';
import { type Entry, isDueBefore, resume, Task } from './entry.ts';
import { FIRST_DELIVERY, type Footprints, NOBODY } from './footprints.ts';
import { type Oracle, STOP } from './oracle.ts';
import type { Driver, TaskBody, TaskRef } from './task.ts';

export type Timing = 'virtual' | 'abstract';

export interface KernelOptions {
  readonly clock: Clock;
  readonly oracle: Oracle;
  readonly timing: Timing;
  /** The run ends with `limit` when the clock would pass this time. */
  readonly timeLimitUs: number;
  /** Notes what each step did, and makes time causal; only with timing `abstract`. */
  readonly footprints?: Footprints;
  /** How often a daemon sleeps before it sleeps for ever, so that one cannot run on by itself. */
  readonly daemonSleepsMax?: number;
  /**
   * How many deadlines of parked tasks may pass at any time in abstract time; further ones pass
   * only when nothing else can happen, the earliest first. All of them unless it is given.
   */
  readonly deadlinesMax?: number;
}

export class Kernel implements Driver {
  readonly #clock: Clock;
  readonly #oracle: Oracle;
  readonly #timing: Timing;
  readonly #timeLimitUs: number;
  readonly #footprints: Footprints | undefined;
  readonly #endResource: number;
  readonly #daemonSleepsMax: number;
  #deadlinesLeft: number;
  /** The step at which they were used up. */
  #lastDeadline = NOBODY;
  readonly #deadlinesResource: number;
  readonly #quietResource: number;
  readonly #options: Entry[] = [];
  readonly #ready: Entry[] = [];
  readonly #timers = new TimerHeap<Entry>();
  readonly #tasks: Task[] = [];
  #seq = 0;
  #unfinished = 0;
  #steps = 0;
  #deliveries = 0;
  #running: Entry | undefined = undefined;
  #end: RunEnd | undefined;

  constructor(options: KernelOptions) {
    this.#clock = options.clock;
    this.#oracle = options.oracle;
    this.#timing = options.timing;
    this.#timeLimitUs = options.timeLimitUs;
    this.#footprints = options.footprints;
    this.#daemonSleepsMax = options.daemonSleepsMax ?? Infinity;
    this.#footprints?.start(options.clock);
    this.#deadlinesLeft = options.deadlinesMax ?? Infinity;
    this.#endResource = options.footprints?.resource('end') ?? NOBODY;
    this.#deadlinesResource = options.footprints?.resource('deadlines') ?? NOBODY;
    this.#quietResource = options.footprints?.resource('quiet') ?? NOBODY;
  }

  get nowUs(): number {
    return this.#clock.nowUs;
  }

  /** Atomic steps so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Why the run is over, or undefined while it is not. */
  get end(): RunEnd | undefined {
    return this.#end;
  }

  /** Tasks that have to finish and have not. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /**
   * Makes a task ready. `makeBody` gets its identity. A daemon (a gateway, a heartbeat) serves the
   * others: the run does not wait for it.
   */
  spawn(
    name: string,
    symbol: number,
    kind: 'worker' | 'daemon',
    makeBody: (self: TaskRef) => TaskBody,
  ): TaskRef {
    const id = this.#tasks.length;
    assert(id < NONE, `expected at most ${NONE} tasks`);
    const self = { id, name, symbol };
    const task = new Task(id, name, symbol, kind === 'daemon', makeBody(self));
    if (!task.daemon) this.#unfinished += 1;
    this.#tasks.push(task);
    this.#ready.push(task);
    return task;
  }

  wake(ref: TaskRef): void {
    const task = this.#tasks[ref.id];
    assert(task !== undefined, 'expected a task of this kernel');
    const log = this.#footprints;
    if (log !== undefined) log.touch(task.id * 2);
    if (task.state !== 'parked') return;
    const possible = task.index >= 0 && (!task.deadline || this.#deadlinesLeft > 0);
    if (task.index >= 0) this.#timers.remove(task);
    if (log !== undefined && !possible) task.enabler = log.current;
    task.deadline = false;
    this.#makeReady(task, true);
  }

  after(us: number, deliver: () => void): () => void {
    const entry: Entry = {
      dueUs: this.nowUs + us,
      seq: this.#seq++,
      index: -1,
      state: 'sleeping',
      woken: true,
      task: NONE,
      process: this.#nextDelivery(),
      deadline: false,
      enabler: this.#footprints?.current ?? NOBODY,
      deliveries: 0,
      sleeps: 0,
      body: undefined,
      deliver,
      daemon: true,
    };
    this.#timers.push(entry);
    return () => {
      const log = this.#footprints;
      // What a step sets off itself nobody else has seen.
      if (entry.enabler !== log?.current) log?.touch(entry.process * 2);
      if (entry.index < 0) return;
      log?.disable(entry.process, entry.enabler);
      this.#timers.remove(entry);
    };
  }

  choose(count: number, about: number = NOBODY): number {
    if (count < 2) return 0;
    const pick = this.#oracle.choose(count, about);
    assert(pick >= 0 && pick < count, 'expected a choice among the possibilities');
    this.#footprints?.decided(pick);
    return pick;
  }

  /** Runs up to `stepsMax` steps. False once the run is over. */
  run(stepsMax: number): boolean {
    for (let left = stepsMax; left > 0; left--) {
      if (this.#end !== undefined) return false;
      const entry = this.#timing === 'virtual' ? this.#nextVirtual() : this.#nextAbstract();
      if (entry === undefined) return false;
      if (this.#footprints === undefined) this.#step(entry);
      else this.#stepLogged(entry, this.#footprints);
    }
    return this.#end === undefined;
  }

  #stepLogged(entry: Entry, log: Footprints): void {
    log.begin(entry.process, entry.enabler, entry.dueUs);
    if (entry.daemon) log.look(this.#endResource);
    if (entry.deadline) this.#expire(log);
    else log.look(this.#quietResource);
    entry.deadline = false;
    entry.enabler = NOBODY;
    this.#running = entry;
    this.#step(entry);
    this.#running = undefined;
    if (this.#end !== undefined) {
      for (const left of this.#listOptions()) log.disable(left.process, left.enabler);
    }
    log.end();
  }

  /** A deadline passes: one of those that may at any time, or because all else is quiet. */
  #expire(log: Footprints): void {
    if (this.#deadlinesLeft === Infinity) log.look(this.#quietResource);
    else if (this.#deadlinesLeft === 0) log.settle(this.#quietResource);
    else {
      log.look(this.#quietResource);
      log.touch(this.#deadlinesResource);
      this.#deadlinesLeft -= 1;
      if (this.#deadlinesLeft > 0) return;
      this.#lastDeadline = log.current;
      for (const other of this.#timers.pending()) {
        if (other.deadline) log.disable(other.process, other.enabler);
      }
    }
  }

  /** A deadline that could have passed early, if others had not before. */
  #tooLate(entry: Entry): void {
    const log = this.#footprints;
    log?.forestall(this.#lastDeadline, entry.process, log.current);
  }

  #nextDelivery(): number {
    const delivery = FIRST_DELIVERY + this.#deliveries;
    const parent = this.#running;
    if (parent !== undefined) {
      this.#footprints?.setOff(delivery, parent.process, parent.deliveries++);
    } else this.#footprints?.setOff(delivery, NOBODY, this.#deliveries);
    this.#deliveries += 1;
    return delivery;
  }

  #step(entry: Entry): void {
    this.#steps += 1;
    const suspension = resume(entry);
    if (suspension === undefined) {
      if (!entry.daemon) this.#finishOne();
      return;
    }
    switch (suspension.kind) {
      case 'sleep':
        this.#suspend(entry, suspension.us, true);
        return;
      case 'park':
        this.#suspend(entry, suspension.timeoutUs, false);
        entry.deadline = entry.index >= 0 && suspension.works !== true;
        if (entry.deadline && this.#deadlinesLeft === 0) this.#tooLate(entry);
        return;
      default:
        assertUnreachable(suspension);
    }
  }

  #suspend(entry: Entry, us: number, woken: boolean): void {
    entry.woken = woken;
    if (us === 0 && woken) {
      this.#makeReady(entry, true);
      return;
    }
    entry.state = woken ? 'sleeping' : 'parked';
    if (us === Infinity) return;
    if (entry.daemon && woken && ++entry.sleeps > this.#daemonSleepsMax) return;
    entry.dueUs = this.#clock.nowUs + us;
    entry.seq = this.#seq++;
    this.#timers.push(entry);
  }

  #makeReady(entry: Entry, woken: boolean): void {
    entry.state = 'ready';
    entry.woken = woken;
    entry.dueUs = this.#clock.nowUs;
    this.#ready.push(entry);
  }

  #finishOne(): void {
    this.#unfinished -= 1;
    this.#footprints?.touch(this.#endResource);
    if (this.#unfinished === 0) this.#end = RunEnd.done;
  }

  #nextVirtual(): Entry | undefined {
    const ready = this.#ready;
    if (ready.length === 0 && !this.#advance()) return undefined;
    if (ready.length === 1) return ready.pop();
    return this.#take(this.#oracle.chooseNext(ready));
  }

  /** Moves the clock to the next due time and makes all that is due then ready, in order. */
  #advance(): boolean {
    const timers = this.#timers;
    const first = timers.peek();
    if (first === undefined) return this.#stop(RunEnd.stuck);
    const dueUs = first.dueUs;
    if (dueUs > this.#timeLimitUs) return this.#stop(RunEnd.limit);
    this.#clock.nowUs = dueUs;
    for (;;) {
      const entry = timers.peek();
      if (entry === undefined || entry.dueUs !== dueUs) return true;
      timers.remove(entry);
      entry.state = 'ready';
      this.#ready.push(entry);
    }
  }

  #nextAbstract(): Entry | undefined {
    const options = this.#listOptions();
    if (options.length === 0) this.#listFirstDeadline();
    if (options.length === 0) {
      this.#stop(RunEnd.stuck);
      return undefined;
    }
    const chosen = options.length === 1 ? 0 : this.#oracle.chooseNext(options);
    if (chosen === STOP) {
      this.#stop(RunEnd.cancelled);
      return undefined;
    }
    if (chosen < this.#ready.length) return this.#take(chosen);
    const entry = options[chosen];
    assert(entry !== undefined, 'expected a choice among the options');
    if (entry.dueUs > this.#timeLimitUs) {
      this.#stop(RunEnd.limit);
      return undefined;
    }
    this.#timers.remove(entry);
    entry.state = 'ready';
    if (this.#clock.nowUs < entry.dueUs) this.#clock.nowUs = entry.dueUs;
    return entry;
  }

  /** All that could happen next: the ready ones, then the timers in the order they come due. */
  #listOptions(): readonly Entry[] {
    const options = this.#options;
    const ready = this.#ready;
    const from = ready.length;
    for (let at = 0; at < from; at++) options[at] = ready[at] as Entry;
    const timers = this.#timers.pending();
    let size = from;
    for (let i = 0; i < timers.length; i++) {
      const entry = timers[i] as Entry;
      if (entry.deadline && this.#deadlinesLeft === 0) continue;
      let at = size++;
      for (; at > from && isDueBefore(entry, options[at - 1] as Entry); at--) {
        options[at] = options[at - 1] as Entry;
      }
      options[at] = entry;
    }
    // Setting the length costs more than looking at it.
    if (options.length !== size) options.length = size;
    return options;
  }

  /** Nothing else can happen: the deadline passes that comes first. */
  #listFirstDeadline(): void {
    let first: Entry | undefined;
    for (const entry of this.#timers.pending()) {
      const sooner =
        first === undefined ||
        entry.dueUs < first.dueUs ||
        (entry.dueUs === first.dueUs && entry.process < first.process);
      if (sooner) first = entry;
    }
    if (first !== undefined) this.#options.push(first);
  }

  #take(index: number): Entry {
    const ready = this.#ready;
    const entry = index === 0 ? ready.shift() : ready.splice(index, 1)[0];
    assert(entry !== undefined, 'expected a choice among the options');
    return entry;
  }

  #stop(end: RunEnd): false {
    this.#end = end;
    return false;
  }
}
