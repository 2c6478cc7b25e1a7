/**
 * The virtual driver's side of a lock: stamps what its machine decides and wakes whom it lets in.
 *
 * Tasks use a guard, never a machine. The guard trusts the machine in nothing: it stamps what the
 * machine does, right or wrong, and the checks judge it.
 */
import { EventKind } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Driver, TaskRef } from '../kernel/task.ts';
import type {
  Hold,
  Lock,
  LockEffects,
  LockImplementation,
  LockMachine,
  LockOptions,
} from './contract.ts';

export interface GuardOptions extends LockOptions {
  /** The lock's number in the trace. */
  readonly object: number;
  readonly timeoutUs: number;
}

/** Where the machine's decisions take effect. */
class Floor implements LockEffects {
  readonly #driver: Driver;
  readonly #recorder: Recorder;
  readonly #object: number;
  #waiting = 0;

  constructor(driver: Driver, recorder: Recorder, object: number) {
    this.#driver = driver;
    this.#recorder = recorder;
    this.#object = object;
  }

  asked(hold: Hold): void {
    this.#stamp(EventKind.request, hold.task, hold, 0);
    this.#waiting += 1;
  }

  gaveUp(hold: Hold): void {
    hold.state = 'gave-up';
    this.#waiting -= 1;
    this.#stamp(EventKind.timeout, hold.task, hold, 0);
  }

  grant(hold: Hold): void {
    if (hold.state === 'waiting') {
      this.#waiting -= 1;
      hold.state = 'held';
    }
    this.#stamp(EventKind.grant, hold.task, hold, this.#waiting);
    this.#driver.wake(hold.owner);
  }

  release(hold: Hold, caller: number | undefined): void {
    hold.state = 'over';
    this.#stamp(EventKind.release, caller ?? hold.task, hold, caller === undefined ? 1 : 0);
  }

  after(us: number, callback: () => void): () => void {
    return this.#driver.after(us, callback);
  }

  #stamp(kind: EventKind, task: number, hold: Hold, detail: number): void {
    this.#recorder.stamp(kind, task, hold.symbol, this.#object, hold.hold, detail, 0);
  }
}

export class LockGuard implements Lock {
  readonly timeoutUs: number;
  readonly #floor: Floor;
  readonly #machine: LockMachine;
  readonly #nextHold: () => number;

  /** `nextHold` numbers holds, so that every hold of a run has a number of its own. */
  constructor(
    implementation: LockImplementation,
    driver: Driver,
    recorder: Recorder,
    options: GuardOptions,
    nextHold: () => number,
  ) {
    this.timeoutUs = options.timeoutUs;
    this.#floor = new Floor(driver, recorder, options.object);
    this.#machine = implementation.create(this.#floor, options);
    this.#nextHold = nextHold;
  }

  request(task: TaskRef): Hold {
    const hold: Hold = {
      hold: this.#nextHold(),
      task: task.id,
      symbol: task.symbol,
      owner: task,
      state: 'waiting',
    };
    this.#floor.asked(hold);
    this.#machine.request(hold);
    return hold;
  }

  expire(hold: Hold): void {
    // A grant and the deadline may fall into one instant; then the grant stands.
    if (hold.state !== 'waiting') return;
    this.#floor.gaveUp(hold);
    this.#machine.cancel(hold);
  }

  release(hold: Hold, caller: TaskRef): void {
    this.#machine.release(hold, caller.id);
  }
}
