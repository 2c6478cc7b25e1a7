/** What the kernel keeps of whatever it runs: a task, or a single delivery. */
import type { Timed } from '../base/heap.ts';
import { NOBODY } from './footprints.ts';
import type { TaskBody, TaskRef } from './task.ts';

type State = 'ready' | 'sleeping' | 'parked' | 'done';

/** Something that runs: a task, or a single delivery. */
export interface Entry extends Timed {
  /** As in Option: what the oracle sees of it. */
  readonly task: number;
  readonly process: number;
  state: State;
  /** The next resumption's value. */
  woken: boolean;
  /** Parked with a deadline that is pending. */
  deadline: boolean;
  /** The step that made its next one possible, or NOBODY. */
  enabler: number;
  /** How many deliveries it has set off, and how often it has slept. */
  deliveries: number;
  sleeps: number;
  readonly body: TaskBody | undefined;
  readonly deliver: (() => void) | undefined;
  readonly daemon: boolean;
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
