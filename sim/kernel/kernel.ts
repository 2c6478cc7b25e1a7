/**
 * The virtual driver: runs tasks against a virtual clock as fast as the processor goes.
 *
 * Invariant: one step is one resumption of one task, or one delivery; the oracle picks it among all
 * that could happen. With timing `virtual` those are the ready ones, and the clock moves only when
 * none is. With timing `abstract` every sleeping task, deadline and delivery may come next too, so
 * that no duration hides a race, and the clock is the latest due time so far.
 */
import { assert, assertUnreachable } from '../base/assert.ts';
import { type Timed, TimerHeap } from '../base/heap.ts';
import { NONE, RunEnd } from '../trace/event.ts';
import type { Oracle } from './oracle.ts';
import type { Driver, TaskBody, TaskRef } from './task.ts';

/** Where the kernel keeps the present time; a recorder takes its time stamps from there. */
export interface Clock {
  nowUs: number;
}

export type Timing = 'virtual' | 'abstract';

export interface KernelOptions {
  readonly clock: Clock;
  readonly oracle: Oracle;
  readonly timing: Timing;
  /** The run ends with `limit` when the clock would pass this time. */
  readonly timeLimitUs: number;
}

type State = 'ready' | 'sleeping' | 'parked' | 'done';

/** Something that runs: a task, or a single delivery. */
interface Entry extends Timed {
  /** As in Option: what the oracle sees of it. */
  readonly task: number;
  state: State;
  /** The next resumption's value. */
  woken: boolean;
  readonly body: TaskBody | undefined;
  readonly deliver: (() => void) | undefined;
  readonly daemon: boolean;
}

/** A task as the kernel keeps it. */
class Task implements Entry, TaskRef {
  dueUs = 0;
  seq = 0;
  index = -1;
  state: State = 'ready';
  woken = true;
  readonly deliver = undefined;

  constructor(
    readonly id: number,
    readonly name: string,
    readonly symbol: number,
    readonly daemon: boolean,
    readonly body: TaskBody,
  ) {}

  get task(): number {
    return this.id;
  }
}

export class Kernel implements Driver {
  readonly #clock: Clock;
  readonly #oracle: Oracle;
  readonly #timing: Timing;
  readonly #timeLimitUs: number;
  readonly #ready: Entry[] = [];
  readonly #timers = new TimerHeap<Entry>();
  readonly #tasks: Task[] = [];
  #seq = 0;
  #unfinished = 0;
  #steps = 0;
  #end: RunEnd | undefined;

  constructor(options: KernelOptions) {
    this.#clock = options.clock;
    this.#oracle = options.oracle;
    this.#timing = options.timing;
    this.#timeLimitUs = options.timeLimitUs;
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
    if (task.state !== 'parked') return;
    if (task.index >= 0) this.#timers.remove(task);
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
      body: undefined,
      deliver,
      daemon: true,
    };
    this.#timers.push(entry);
    return () => {
      if (entry.index >= 0) this.#timers.remove(entry);
    };
  }

  choose(count: number): number {
    return count < 2 ? 0 : this.#oracle.choose(count);
  }

  /** Runs up to `stepsMax` steps. False once the run is over. */
  run(stepsMax: number): boolean {
    for (let left = stepsMax; left > 0; left--) {
      if (this.#end !== undefined) return false;
      const entry = this.#timing === 'virtual' ? this.#nextVirtual() : this.#nextAbstract();
      if (entry === undefined) return false;
      this.#step(entry);
    }
    return this.#end === undefined;
  }

  #step(entry: Entry): void {
    this.#steps += 1;
    if (entry.body === undefined) {
      entry.state = 'done';
      entry.deliver?.();
      return;
    }
    const next = entry.body.next(entry.woken);
    if (next.done === true) {
      entry.state = 'done';
      if (!entry.daemon) this.#finishOne();
      return;
    }
    const suspension = next.value;
    switch (suspension.kind) {
      case 'sleep':
        this.#suspend(entry, suspension.us, true);
        return;
      case 'park':
        this.#suspend(entry, suspension.timeoutUs, false);
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
    const options = [
      ...this.#ready,
      ...[...this.#timers.pending()].sort((x, y) => x.dueUs - y.dueUs || x.seq - y.seq),
    ];
    if (options.length === 0) {
      this.#stop(RunEnd.stuck);
      return undefined;
    }
    const chosen = options.length === 1 ? 0 : this.#oracle.chooseNext(options);
    if (chosen < this.#ready.length) return this.#take(chosen);
    const entry = options[chosen];
    assert(entry !== undefined, 'expected a choice among the options');
    this.#timers.remove(entry);
    this.#clock.nowUs = Math.max(this.#clock.nowUs, entry.dueUs);
    if (this.#clock.nowUs > this.#timeLimitUs) {
      this.#stop(RunEnd.limit);
      return undefined;
    }
    return entry;
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
