/**
 * The virtual driver's side of a lock: stamps what its machine decides and wakes whom it lets in.
 *
 * Tasks use a guard, never a machine. The guard trusts the machine in nothing: it stamps what the
 * machine does, right or wrong, and the checks judge it.
 */
import { EventKind } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Driver, TaskRef } from '../kernel/task.ts';
import type { Hold, Lock, LockImplementation, LockMachine, LockOptions } from './contract.ts';

export interface GuardOptions extends LockOptions {
  /** The lock's number in the trace. */
  readonly object: number;
  readonly timeoutUs: number;
}

export class LockGuard implements Lock {
  readonly #driver: Driver;
  readonly #recorder: Recorder;
  readonly #options: GuardOptions;
  readonly #machine: LockMachine;
  readonly #nextHold: () => number;
  #waiting = 0;

  /** `nextHold` numbers holds, so that every hold of a run has a number of its own. */
  constructor(
    implementation: LockImplementation,
    driver: Driver,
    recorder: Recorder,
    options: GuardOptions,
    nextHold: () => number,
  ) {
    this.#driver = driver;
    this.#recorder = recorder;
    this.#options = options;
    this.#nextHold = nextHold;
    this.#machine = implementation.create(
      {
        grant: (claim) => this.#grant(claim as Hold),
        release: (claim, caller) => this.#released(claim as Hold, caller),
        after: (us, callback) => driver.after(us, callback),
      },
      options,
    );
  }

  request(task: TaskRef): Hold {
    const hold: Hold = {
      hold: this.#nextHold(),
      task: task.id,
      symbol: task.symbol,
      owner: task,
      state: 'waiting',
    };
    this.#stamp(EventKind.request, task.id, hold, 0);
    this.#waiting += 1;
    this.#machine.request(hold);
    return hold;
  }

  get timeoutUs(): number {
    return this.#options.timeoutUs;
  }

  expire(hold: Hold): void {
    // A grant and the deadline may fall into one instant; then the grant stands.
    if (hold.state !== 'waiting') return;
    hold.state = 'gave-up';
    this.#waiting -= 1;
    this.#stamp(EventKind.timeout, hold.task, hold, 0);
    this.#machine.cancel(hold);
  }

  release(hold: Hold, caller: TaskRef): void {
    this.#machine.release(hold, caller.id);
  }

  #grant(hold: Hold): void {
    if (hold.state === 'waiting') {
      this.#waiting -= 1;
      hold.state = 'held';
    }
    this.#stamp(EventKind.grant, hold.task, hold, this.#waiting);
    this.#driver.wake(hold.owner);
  }

  #released(hold: Hold, caller: number | undefined): void {
    hold.state = 'over';
    this.#stamp(EventKind.release, caller ?? hold.task, hold, caller === undefined ? 1 : 0);
  }

  #stamp(kind: EventKind, task: number, hold: Hold, detail: number): void {
    this.#recorder.stamp(kind, task, hold.symbol, this.#options.object, hold.hold, detail, 0);
  }
}
