/**
 * Measures one subject of one claim once: `tsx bench/child.ts FILE SUBJECT`, a line of JSON out.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Claim, Measurement, Sample } from './claim.ts';
import { secondsOf } from './stopwatch.ts';

const [file = '', name = ''] = process.argv.slice(2);
const module = (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as {
  claim?: Claim;
};
const subject = module.claim?.subjects.find((one) => one.name === name);
if (subject === undefined) throw new Error(`expected ${file} to export a claim about ${name}`);
let measurement: Measurement = { value: NaN };
const before = process.cpuUsage();
const seconds = await secondsOf(async () => {
  measurement = await subject.measure();
});
const used = process.cpuUsage(before);
const coreShare = (used.user + used.system) / 1e6 / seconds;
const sample: Sample =
  measurement.isElsewhere === true ? measurement : { ...measurement, coreShare };
process.stdout.write(`${JSON.stringify(sample)}\n`);
