/**
 * Goes back to the first violation of a run and keeps the holds around it.
 *
 * A run is a function of its scenario, so going back means running again up to that place; that
 * costs no memory, however long the run. A log is read again in the same way, by whoever has it.
 */
import { setImmediate } from 'node:timers/promises';
import type { RunResult } from '../../sim/index.ts';
import { HoldWindow } from '../evidence/hold-window.ts';
import type { Shell } from '../shell/shell.ts';
import type { MakeRun } from './execute.ts';
import { firstPlace } from './first-place.ts';
import type { Scene } from './report.ts';

const STEPS_PER_TURN = 20_000;

/** The scene of a run's first violation; undefined where there is none, or nobody held anything. */
export async function sceneOf(
  result: RunResult,
  makeRun: MakeRun,
  shell: Shell,
): Promise<Scene | undefined> {
  const place = firstPlace(result.checks, result.pnl.partedAt);
  if (place === undefined) return undefined;
  const window = new HoldWindow(place.seq);
  const run = makeRun([window.read]);
  while (run.advance(STEPS_PER_TURN) && !window.done) {
    const done = run.progress();
    shell.progress(() => ({ done, detail: `back to ${place.check}` }));
    await setImmediate();
    if (shell.interrupt.requested) {
      run.cancel();
      return undefined;
    }
  }
  // The last stretch of the trace reaches its readers when the run is asked for its result.
  if (!window.done) run.result();
  shell.progress(undefined);
  const picture = window.picture();
  return picture && { check: place.check, picture, marks: place.marks };
}
