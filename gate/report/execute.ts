/** Runs a scenario while a person may watch or interrupt: the loop around the core's own steps. */
import { setImmediate } from 'node:timers/promises';
import type { ReplayRun, Run, RunResult, SegmentReader } from '../../sim/index.ts';
import { duration, rate } from '../render/figures.ts';
import type { Shell } from '../shell/shell.ts';

/** Steps between two looks at the outside: some milliseconds of work. */
const STEPS_PER_TURN = 20_000;

export interface Execution {
  readonly run: Runnable;
  readonly result: RunResult;
  readonly cancelled: boolean;
  /** 0 to 1: how much of the run was judged. */
  readonly progress: number;
  readonly tookMs: number;
}

/** A run, or a replay of a schedule. */
export type Runnable = Run | ReplayRun;

/** Makes the run with these readers of its trace, as often as it is asked. */
export type MakeRun = (readers: readonly SegmentReader[]) => Runnable;

/** Who follows a run as it goes by. */
export interface Audience {
  readonly readers?: readonly SegmentReader[];
  /** Gets the names of the run's tasks by id, before the first event. */
  nameTasks?(names: readonly string[]): void;
}

/** Runs to the end, or to an interrupt: what was judged by then is the result. */
export async function execute(
  makeRun: MakeRun,
  audience: Audience,
  shell: Shell,
): Promise<Execution> {
  const startMs = shell.now();
  let events = 0;
  const counter: SegmentReader = (segment) => {
    events += segment.size;
  };
  const readers = [...(audience.readers ?? []), counter];
  const run = makeRun(readers);
  audience.nameTasks?.(run.taskNames);
  let cancelled = false;
  while (run.advance(STEPS_PER_TURN)) {
    shell.progress(() => {
      const seconds = (shell.now() - startMs) / 1_000;
      const left = run.progress() > 0 ? seconds / run.progress() - seconds : 0;
      const detail = `${rate(events / seconds)} events/s, ${duration(left * 1e6)} left`;
      return { done: run.progress(), detail };
    });
    await setImmediate();
    if (shell.interrupt.requested) {
      cancelled = true;
      break;
    }
  }
  const progress = cancelled ? run.progress() : 1;
  if (cancelled) run.cancel();
  const result = run.result();
  const tookMs = shell.now() - startMs;
  shell.progress(undefined);
  return { run, result, cancelled, progress, tookMs };
}
