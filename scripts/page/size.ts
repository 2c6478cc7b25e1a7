/**
 * `npm run size`: prints what the built page weighs in script, and fails when that is over budget.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BUDGET, overBudget, PARTS, scriptsOf, sumOf } from './sizes.ts';

const DIRECTORY = join(import.meta.dirname, '..', '..', 'dist');

if (existsSync(join(DIRECTORY, 'index.html'))) {
  const scripts = scriptsOf(DIRECTORY);
  const line = (name: string, bytes: number, note = ''): string =>
    `${name.padEnd(44)}${(bytes / 1_000).toFixed(1).padStart(8)} kB${note}\n`;
  for (const part of PARTS) {
    const those = scripts.filter((script) => script.part === part);
    const most = part === 'first load' ? `  of ${BUDGET.firstLoadBytes / 1_000}` : '';
    process.stdout.write(line(part, sumOf(scripts, [part]), most));
    for (const { path, gzipBytes } of those) process.stdout.write(line(`  ${path}`, gzipBytes));
  }
  process.stdout.write(line('in all', sumOf(scripts), `  of ${BUDGET.totalBytes / 1_000}`));
  for (const fault of overBudget(scripts)) {
    process.stderr.write(`${fault}\n`);
    process.exitCode = 1;
  }
} else {
  process.stderr.write(`expected a built page in ${DIRECTORY}: npm run build makes one\n`);
  process.exitCode = 2;
}
