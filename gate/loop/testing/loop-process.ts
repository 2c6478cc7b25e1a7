/**
 * The loop as a process of its own, on a fake project, for tests that kill or interrupt it.
 *
 * Arguments: the project's directory. It has the task 5 and leaves its reviews out.
 */
import { PLAIN } from '../../testing/samples.ts';
import { systemDisk } from '../report/disk.ts';
import { finalLine, stageLine, waitLine } from '../run/lines.ts';
import { runLoop } from '../run/loop.ts';
import { findTask } from '../task/find.ts';
import { systemClock } from '../time/clock.ts';
import { fakeTools } from './fake-project.ts';

const [root = ''] = process.argv.slice(2);
const cancel = new AbortController();
process.on('SIGINT', () => cancel.abort());

const found = await findTask('5', root);
if (found.kind === 'error') throw new Error(found.error.message);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const result = await runLoop({
  root,
  found: found.value,
  reviews: { without: true, recorded: new Map() },
  tools: fakeTools(),
  env: process.env,
  clock: systemClock,
  chance: () => 0.5,
  backOff: { firstMs: 20, mostMs: 100 },
  today: () => new Date(),
  disk: systemDisk,
  signal: cancel.signal,
  listener: {
    begin: () => {},
    wait: (stage, notice) => say(waitLine(PLAIN, stage, notice)),
    end: (stage, end) => say(stageLine(PLAIN, stage, end)),
  },
});
say(finalLine(PLAIN, result.outcome));
process.exitCode = result.outcome.exit;
