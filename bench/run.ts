/**
 * Runs the benchmarks: `npm run bench`, or `npm run bench -- NAME ...` for some of them.
 *
 * Every measurement is a process of its own; the subjects of a claim take turns and change places
 * from round to round. Prints a table a claim and writes bench/out/NAME.json. The exit status is 1
 * if a goal is not reached. Absolute figures hold for one machine; ratios within a run are what can
 * be compared.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Claim, Sample, Subject } from './claim.ts';
import { summarize, table } from './summary.ts';

const HERE = import.meta.dirname;
const OUT = join(HERE, 'out');
const ENDING = '.bench.ts';

const wanted = process.argv.slice(2);
const files = readdirSync(HERE, { encoding: 'utf8', recursive: true });
const known = files
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length).replaceAll(sep, '/'))
  .sort();
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`expected one of ${known.join(', ')}, got ${unknown.join(', ')}\n`);
  process.exitCode = 2;
} else {
  mkdirSync(OUT, { recursive: true });
  for (const name of wanted.length > 0 ? wanted : known) await runClaim(name);
}

async function runClaim(name: string): Promise<void> {
  const file = name + ENDING;
  const { claim } = (await import(pathToFileURL(join(HERE, file)).href)) as { claim: Claim };
  const measured = new Map<string, Sample[]>(claim.subjects.map((one) => [one.name, []]));
  for (let round = 0; round < claim.rounds; round++) {
    for (const subject of turns(claim.subjects, round)) {
      process.stderr.write(`${name}: round ${round + 1} of ${claim.rounds}, ${subject.name}\n`);
      measured.get(subject.name)?.push(measure(file, subject));
    }
  }
  const summary = summarize(claim, measured);
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
  };
  const out = join(OUT, `${name.replaceAll('/', '-')}.json`);
  writeFileSync(out, `${JSON.stringify({ machine, ...summary }, null, 2)}\n`);
  process.stdout.write(`${table(summary)}\n\n`);
  if (!summary.reached) process.exitCode = 1;
}

/** The subjects in the order of a round: each comes first in its turn. */
function turns(subjects: readonly Subject[], round: number): readonly Subject[] {
  const first = round % subjects.length;
  return [...subjects.slice(first), ...subjects.slice(0, first)];
}

function measure(file: string, subject: Subject): Sample {
  const { status, stdout, error } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--expose-gc', join(HERE, 'child.ts'), file, subject.name],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`expected ${subject.name} to end well, got ${String(status)}`);
  return JSON.parse(stdout) as Sample;
}
