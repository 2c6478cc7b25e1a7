/** What a driver keeps of whatever it runs, a task or a single delivery, and how it is resumed. */
import type { Timed } from '../base/heap.ts';
import { NOBODY } from './footprints.ts';
import type { Suspension, TaskBody, TaskRef } from './task.ts';

type State = 'ready' | 'sleeping' | 'parked' | 'done';

/** Something that runs: a task, or a single delivery. */
export interface Runnable extends Timed {
  state: State;
  /** The next resumption's value. */
  woken: boolean;
  readonly body: TaskBody | undefined;
  readonly deliver: (() => void) | undefined;
  /** The run does not wait for it: a task that serves others, or a delivery. */
  readonly daemon: boolean;
}

/** The same where an oracle chooses among them. */
export interface Entry extends Runnable {
  /** As in Option: what the oracle sees of it. */
  readonly task: number;
  readonly process: number;
  /** Parked with a deadline that is pending. */
  deadline: boolean;
  /** The step that made its next one possible, or NOBODY. */
  enabler: number;
  /** How many deliveries it has set off, and how often it has slept. */
  deliveries: number;
  sleeps: number;
}

/** A task as the kernel keeps it. */
export class Task implements Entry, TaskRef {
  dueUs = 0;
  seq = 0;
  index = -1;
  state: State = 'ready';
  woken = true;
  deadline = false;
  enabler = NOBODY;
  deliveries = 0;
  sleeps = 0;
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

  get process(): number {
    return this.id;
  }
}

/** Whether one timer comes before another. */
export function isDueBefore(one: Entry, other: Entry): boolean {
  return one.dueUs < other.dueUs || (one.dueUs === other.dueUs && one.seq < other.seq);
}

/** Runs one step of it: what it waits for then, or undefined if it is over. */
export function resume(entry: Runnable): Suspension | undefined {
  const { body } = entry;
  if (body === undefined) {
    entry.state = 'done';
    entry.deliver?.();
    return undefined;
  }
  const next = body.next(entry.woken);
  if (next.done !== true) return next.value;
  entry.state = 'done';
  return undefined;
}
