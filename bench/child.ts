/**
 * Measures one subject of one claim once: `tsx bench/child.ts FILE SUBJECT`, a line of JSON out.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Claim } from './claim.ts';

const [file = '', name = ''] = process.argv.slice(2);
const module = (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as {
  claim?: Claim;
};
const subject = module.claim?.subjects.find((one) => one.name === name);
if (subject === undefined) throw new Error(`expected ${file} to export a claim about ${name}`);
process.stdout.write(`${JSON.stringify(await subject.measure())}\n`);
