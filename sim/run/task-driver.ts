/** A driver that can be given tasks: what an engine and a gateway are started on. */
import type { Driver, TaskBody, TaskRef } from '../kernel/task.ts';

export interface TaskDriver extends Driver {
  spawn(
    name: string,
    symbol: number,
    kind: 'worker' | 'daemon',
    makeBody: (self: TaskRef) => TaskBody,
  ): TaskRef;
}

/** Whose task it is, and where its name is noted by its id. */
export interface TaskHost {
  readonly driver: TaskDriver;
  readonly taskNames: string[];
}

/** Spawns a task, as the driver does, and notes its name. */
export function spawnNamed(
  { driver, taskNames }: TaskHost,
  name: string,
  symbol: number,
  kind: 'worker' | 'daemon',
  makeBody: (self: TaskRef) => TaskBody,
): TaskRef {
  const task = driver.spawn(name, symbol, kind, makeBody);
  taskNames[task.id] = name;
  return task;
}
