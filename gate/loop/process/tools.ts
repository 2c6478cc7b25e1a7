/**
 * The command lines of the project's own commands, in one table.
 *
 * Words of a task file become single arguments of these and nothing else: no shell reads them, and
 * the schema lets none of them begin with a dash.
 */
import { commandLine } from '../../render/command-line.ts';

type Words = readonly [string, ...string[]];

export interface Tools {
  readonly git: (words: readonly string[]) => Words;
  readonly typecheck: Words;
  readonly lint: Words;
  /** Writes its result as JSON to the file named. */
  readonly unit: (resultFile: string) => Words;
  readonly lab: (words: readonly string[]) => Words;
  /** Leaves its result in the directory that INTERLOCK_REPORTS names. */
  readonly browser: Words;
}

/** The commands as they are in this project. */
export const PROJECT_TOOLS: Tools = {
  git: (words) => ['git', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...words],
  typecheck: ['npm', 'run', '--silent', 'typecheck'],
  lint: ['npm', 'run', '--silent', 'lint'],
  unit: (file) => [
    process.execPath,
    ...['node_modules/vitest/vitest.mjs', 'run'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ],
  lab: (words) => [process.execPath, '--import', 'tsx', 'gate/main.ts', ...words],
  browser: ['npm', 'run', '--silent', 'e2e'],
};

/** What a person types to see a run, a search or a live session again. */
export function again(words: readonly string[]): string {
  return commandLine(words);
}
