/**
 * `lab gate`: runs the governance loop on a task, writes a new task, checks an archive.
 *
 * The project is the directory in which the command runs.
 */
import { mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_TOOLS } from '../loop/process/tools.ts';
import { Narrator } from '../loop/narrator.ts';
import { systemDisk } from '../loop/report/disk.ts';
import { githubLines } from '../loop/report/github.ts';
import { verifyArchive } from '../loop/report/verify.ts';
import { readRecorded } from '../loop/reviewers/recorded.ts';
import { finalText } from '../loop/run/lines.ts';
import { type LoopResult, runLoop } from '../loop/run/loop.ts';
import { findTask, TASK_FOLDER } from '../loop/task/find.ts';
import { parseTask } from '../loop/task/read.ts';
import { taskTemplate } from '../loop/task/template.ts';
import { BACK_OFF } from '../loop/time/back-off.ts';
import { systemClock } from '../loop/time/clock.ts';
import { plural } from '../render/figures.ts';
import { glyph, paint } from '../render/style.ts';
import { Exit } from '../shell/exit.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';

export interface GateRunOptions {
  readonly task: string;
  readonly withoutReview: boolean;
  readonly reviewFiles: readonly string[];
  readonly format: 'text' | 'github';
  readonly json: boolean;
}

const SHOW_EVERY_MS = 250;

/** Runs the loop; the exit status is the gate's verdict. */
export async function gateRunCommand(
  options: GateRunOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const root = await realpath(process.cwd());
  const found = await findTask(options.task, root);
  if (found.kind === 'error') return found;
  const recorded = await readRecorded(options.reviewFiles);
  if (recorded.kind === 'error') return recorded;
  if (options.withoutReview && recorded.value.size > 0) {
    return refuse('usage', 'expected either --without-review or --review-file');
  }
  const cancel = new AbortController();
  shell.interrupt.onRequest(() => cancel.abort());
  const narrator = new Narrator(shell, options.json);
  const showing = setInterval(() => narrator.show(), SHOW_EVERY_MS);
  try {
    const result = await runLoop({
      root,
      found: found.value,
      reviews: { without: options.withoutReview, recorded: recorded.value },
      tools: PROJECT_TOOLS,
      env: shell.env,
      clock: systemClock,
      chance: Math.random,
      backOff: BACK_OFF,
      today: () => new Date(),
      disk: systemDisk,
      signal: cancel.signal,
      listener: narrator,
    });
    tell(result, options, narrator, shell);
    return { kind: 'ok', value: result.outcome.exit };
  } finally {
    clearInterval(showing);
    shell.progress(undefined);
  }
}

function tell(result: LoopResult, options: GateRunOptions, narrator: Narrator, shell: Shell): void {
  const { outcome } = result;
  const report = result.kind === 'finished' ? result.report : undefined;
  const archive = result.kind === 'finished' ? result.archive : undefined;
  if (options.format === 'github' && report !== undefined) shell.print(githubLines(report));
  narrator.close(outcome, archive);
  if (!options.json) return;
  const { kind, verdict, reasons } = outcome;
  const told = report ?? { outcome: kind, verdict, line: finalText(outcome), reasons };
  shell.print([JSON.stringify({ ...told, archive: archive ?? null }, null, 2)]);
}

/** Writes a new task, under this name or the next free number; never over another one. */
export async function gateInitCommand(
  name: string | undefined,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const folder = join(await realpath(process.cwd()), TASK_FOLDER);
  const task = name ?? (await nextNumber(folder));
  const text = taskTemplate(task);
  const file = `${TASK_FOLDER}/${task}.yaml`;
  const judged = parseTask(text, file);
  if (judged.kind === 'error') return judged;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${task}.yaml`), text, { flag: 'wx' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse('cannot-write', `expected to write a new task to ${file}: ${why}`);
  }
  shell.print([`Wrote ${file}; run it with: bash scripts/dev_loop.sh --task ${task}`]);
  return { kind: 'ok', value: Exit.passed };
}

async function nextNumber(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  const numbers = names.map((name) => Number(/^(\d+)\./.exec(name)?.[1] ?? 0));
  return String(Math.max(0, ...numbers) + 1);
}

/** Checks an archive against its own sums and its report against itself. */
export async function gateVerifyCommand(
  directory: string,
  options: { readonly json: boolean },
  shell: Shell,
): Promise<Outcome<Exit>> {
  const verified = await verifyArchive(directory);
  if (verified.kind === 'error') return verified;
  const { faults, files, report } = verified.value;
  const verdict = faults.length === 0 ? 'passed' : 'violated';
  const line = report?.line ?? null;
  if (options.json) {
    shell.print([JSON.stringify({ verdict, files, faults, line }, null, 2)]);
  } else {
    const whole = `${glyph(shell.style, verdict)} ${plural(files, 'file')}: `;
    const said = faults.length === 0 ? 'as they were written' : plural(faults.length, 'difference');
    shell.print([
      paint(shell.style, verdict, whole + said),
      ...faults.map((fault) => `  ${fault}`),
      ...(line === null ? [] : [`Its verdict: ${line}`]),
    ]);
  }
  return { kind: 'ok', value: faults.length === 0 ? Exit.passed : Exit.violated };
}
