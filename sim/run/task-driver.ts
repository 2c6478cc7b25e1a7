/** A driver that can be given tasks: what an engine is started on. */
import type { Driver, TaskBody, TaskRef } from '../kernel/task.ts';

export interface TaskDriver extends Driver {
  spawn(
    name: string,
    symbol: number,
    kind: 'worker' | 'daemon',
    makeBody: (self: TaskRef) => TaskBody,
  ): TaskRef;
}
