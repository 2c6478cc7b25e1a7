/**
 * BROWSER: the Playwright suite, in which the page must say what the command line says.
 *
 * The suite's own report is read, not its exit status alone: a flaky test found something, and the
 * tests that the task names as proofs must be among those that ran and passed.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plural } from '../../render/figures.ts';
import {
  browserDocumentSchema,
  complaintOf,
  passedTitles,
  readDocument,
} from '../process/documents.ts';
import { deadlineOf, type LoopContext } from '../run/context.ts';
import { failed, passed, type StageEnd } from '../run/stage.ts';
import { runPatiently, saysUnavailable } from './waiting.ts';

/** How the suite, Playwright and the page's server say that a browser or a port is missing. */
const MISSING = /expected a (?:Chromium|browser)|Executable doesn't exist|EADDRINUSE|is taken/;

/** How the suite names a test that holds the page to the command line's digests of scenarios. */
const SAME = /^as on the command line: (.+)$/;

export async function browser(context: LoopContext): Promise<StageEnd> {
  const wanted = context.found.task.stages.browser;
  if (wanted === undefined) return failed('expected a task that asks for this stage');
  const reports = join(context.work, 'browser');
  const result = join(reports, 'e2e.json');
  await mkdir(reports, { recursive: true });
  const answered = await runPatiently(context, {
    stage: 'browser',
    what: 'the browser tests',
    words: context.tools.browser,
    deadlineMs: deadlineOf(context, wanted.deadlineSeconds),
    logName: 'logs/browser.log',
    env: { INTERLOCK_REPORTS: reports, CI: '1' },
    // A suite that ran has a result, and what that says is never for want of a browser.
    lacked: (finished) =>
      saysUnavailable(finished) || (!existsSync(result) && MISSING.test(finished.log)),
  });
  if (answered.kind !== 'answered') return answered;
  const text = await readFile(result, 'utf8').catch(() => undefined);
  if (text === undefined) {
    return failed(`the browser tests left no result: ${complaintOf(answered.finished)}`);
  }
  const document = readDocument(browserDocumentSchema, text);
  if (document.kind === 'error') return failed(`the browser tests' result: ${document.error}`);
  const { stats, suites, errors } = document.value;
  const titles = passedTitles(suites);
  const proofs = wanted.proofs.map((word) => ({
    word,
    tests: titles.filter((title) => title.toLowerCase().includes(word.toLowerCase())).sort(),
  }));
  context.facts.browser = {
    passed: stats.expected,
    failed: stats.unexpected + errors.length,
    flaky: stats.flaky,
    skipped: stats.skipped,
    proofs,
    sameDigest: titles.flatMap((title) => SAME.exec(title)?.[1]?.split(', ') ?? []).sort(),
  };
  return judge(context, answered.finished.status, wanted.scenarios);
}

function judge(
  context: LoopContext,
  status: number | undefined,
  scenarios: readonly string[],
): StageEnd {
  const facts = context.facts.browser;
  if (facts === undefined) return failed('the browser tests were not counted');
  const { flaky, skipped, proofs, sameDigest } = facts;
  if (facts.failed > 0) return failed(`${plural(facts.failed, 'browser test')} failed`);
  if (flaky > 0) return failed(`${plural(flaky, 'browser test')} passed only when repeated`);
  if (facts.passed === 0) return failed('no browser test ran');
  if (status !== 0) return failed(`the browser tests ended with exit status ${status}`);
  const missing = proofs.filter(({ tests }) => tests.length === 0).map(({ word }) => word);
  if (missing.length > 0) {
    return failed(`no browser test that passed has ${missing.join(' or ')} in its title`);
  }
  const unseen = scenarios.filter((scenario) => !sameDigest.includes(scenario));
  if (unseen.length > 0) {
    return failed(`no browser test held ${unseen.join(', ')} to the command line's digest`);
  }
  const left = skipped === 0 ? '' : `, ${skipped} left out`;
  const proven = proofs.map(({ word, tests }) => `${tests.length} on ${word}`).join(', ');
  const same = plural(sameDigest.length, 'scenario');
  return passed(
    `${plural(facts.passed, 'browser test')}${left}; ${same} to the command line's digest; ${proven}`,
  );
}
