/** BUILD: types, lint and unit tests, one after the other, since each takes the whole machine. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plural } from '../../render/figures.ts';
import { clip, plain } from '../../render/text.ts';
import { readDocument, type UnitDocument, unitDocumentSchema } from '../process/documents.ts';
import type { BuildFacts } from '../report/schema.ts';
import { deadlineOf, type LoopContext, runTool } from '../run/context.ts';
import { failed, passed, type StageEnd } from '../run/stage.ts';
import { troubleOf } from './endings.ts';

/** The most failed tests that the reason names, and how much of each name. */
const NAMES_MAX = 3;
const NAME_CHARS_MAX = 120;

type Step = BuildFacts['steps'][number];

export async function build(context: LoopContext): Promise<StageEnd> {
  const deadlineMs = deadlineOf(context, context.found.task.stages.build?.deadlineSeconds ?? 0);
  const result = join(context.work, 'unit.json');
  const { typecheck, lint, unit } = context.tools;
  const commands = [
    { name: 'types', words: typecheck, again: 'npm run typecheck' },
    { name: 'lint', words: lint, again: 'npm run lint' },
    { name: 'unit', words: unit(result), again: 'npx vitest run' },
  ] as const;
  const steps: Step[] = [];
  for (const { name, words, again } of commands) {
    const finished = await runTool(context, words, deadlineMs, `logs/build-${name}.log`);
    const trouble = troubleOf(name, finished, [0]);
    steps.push({ name, passed: trouble === undefined, again });
    context.facts.build = { steps, tests: null };
    if (trouble !== undefined) {
      const told = name === 'unit' ? await countTests(context, result) : undefined;
      // The tests' own report names them; what was printed last may be anything.
      return told !== undefined && trouble.kind === 'fail' && context.facts.build.tests !== null
        ? failed(`unit: ${told}`)
        : trouble;
    }
  }
  const problem = await countTests(context, result);
  if (problem !== undefined) return failed(`unit: ${problem}`);
  const tests = context.facts.build?.tests;
  const left = (tests?.skipped ?? 0) === 0 ? '' : `, ${tests?.skipped} left out`;
  return passed(`types, lint, ${plural(tests?.passed ?? 0, 'unit test')}${left}`);
}

/** Takes the number of tests from their own report; gives what is wrong with it. */
async function countTests(context: LoopContext, file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return 'the tests left no result';
  const document = readDocument(unitDocumentSchema, text);
  if (document.kind === 'error') return document.error;
  const { success, numPassedTests, numFailedTests, numPendingTests } = document.value;
  const tests = { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  context.facts.build = { steps: context.facts.build?.steps ?? [], tests };
  if (!success || numFailedTests > 0) return failuresIn(document.value);
  return numPassedTests === 0 ? 'no test ran' : undefined;
}

/** How many tests failed, and the first of them by name. */
function failuresIn({ numFailedTests, testResults }: UnitDocument): string {
  const names = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => clip(plain(fullName), NAME_CHARS_MAX));
  const shown = names.slice(0, NAMES_MAX).join('; ');
  const more = names.length > NAMES_MAX ? `; and ${names.length - NAMES_MAX} more` : '';
  const what = numFailedTests === 0 ? 'a test file could not be run' : '';
  const failures = what || `${plural(numFailedTests, 'test')} failed`;
  return shown === '' ? failures : `${failures}: ${shown}${more}`;
}
