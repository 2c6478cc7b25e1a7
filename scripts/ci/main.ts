/**
 * Prints the outcome of a whole run: `tsx scripts/ci/main.ts NAME|STATUS|REPORT,REPORT ...`.
 *
 * STATUS is the exit status of the stage's command, REPORT the path of a report that it writes.
 * The status of this command is 0 only if nothing failed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { outcomeLines, stageCounts, type Stage } from './outcome.ts';

const stages = process.argv.slice(2).map((argument): Stage => {
  const [name = '', status = '', paths = ''] = argument.split('|');
  const wanted = paths.split(',').filter((path) => path !== '');
  const reports = wanted
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'));
  return { name, succeeded: status === '0' && reports.length === wanted.length, reports };
});
for (const line of outcomeLines(stages)) process.stdout.write(`${line}\n`);
process.exitCode =
  stages.length > 0 && stages.every((one) => stageCounts(one).failed === 0) ? 0 : 1;
