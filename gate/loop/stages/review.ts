/**
 * LOGIC-REVIEW and CONTEXT-REVIEW: one service judges the code, the other the documents.
 *
 * A pass is a valid verdict on exactly the files of this tree that says pass and brings no finding
 * of the two highest severities. Anything else that can come back is waited out or dies. Every
 * answer costs, so only a few that are no verdict are borne.
 */
import { plural } from '../../render/figures.ts';
import { type Answer, FAILING, type ReviewVerdict } from '../reviewers/contract.ts';
import { type ReviewInput, reviewInput } from '../reviewers/input.ts';
import { instructionsOf, requestOf } from '../reviewers/prompt.ts';
import { type RecordedReview, recordOf } from '../reviewers/recorded.ts';
import { connectReviewer, modelOf, SERVICES } from '../reviewers/services.ts';
import { judgeVerdict, passes, readVerdict } from '../reviewers/verdict.ts';
import type { ReviewFacts } from '../report/schema.ts';
import { deadlineOf, type LoopContext } from '../run/context.ts';
import { CANCELLED, died, failed, notRun, passed, type ReviewName } from '../run/stage.ts';
import type { StageEnd } from '../run/stage.ts';
import type { ReviewTask } from '../task/schema.ts';
import { type Attempt, waitOrDie } from '../time/wait-or-die.ts';

/** Answers that are no verdict, after which asking again is given up. */
const FLAWED_ANSWERS_MAX = 3;
const MS_PER_S = 1_000;

interface Review {
  readonly name: ReviewName;
  readonly task: ReviewTask;
  readonly input: ReviewInput;
}

/** Judges the files that the task gives to this review. */
export async function review(
  context: LoopContext,
  name: ReviewName,
  recorded: RecordedReview | undefined,
): Promise<StageEnd> {
  const wanted = context.found.task.stages[name];
  if (wanted === undefined) return failed('expected a task that asks for this stage');
  const task = { ...wanted, model: modelOf(name, context.env, wanted.model) };
  const files = context.facts.projectFiles ?? [];
  const input = await reviewInput(name, task, context.root, files, instructionsOf(name));
  if (input.kind === 'error') return failed(input.error.message);
  const reviewed = { name, task, input: input.value };
  note(context, reviewed, { source: 'not-run' });
  return recorded === undefined ? ask(context, reviewed) : judgeRecord(context, reviewed, recorded);
}

function judgeRecord(context: LoopContext, reviewed: Review, record: RecordedReview): StageEnd {
  const verdict = judgeVerdict(record.verdict, reviewed.input);
  if (verdict.kind === 'error')
    return failed(`the recorded review does not count: ${verdict.error}`);
  const { reviewer, model } = record;
  note(context, reviewed, { source: 'recorded', reviewer, model, ...said(verdict.value) });
  return endOf(verdict.value, `${reviewer} (recorded)`);
}

async function ask(context: LoopContext, reviewed: Review): Promise<StageEnd> {
  const { name, task, input } = reviewed;
  const connected = await connectReviewer(name, context.env, context.guard);
  if (connected.kind === 'error') return died(connected.error.message);
  const reviewer = connected.value;
  if (reviewer === undefined) return notRun(`${SERVICES[name].keys.join(' or ')} is not set`);
  const request = requestOf(input, task);
  const spent = { input: 0, output: 0 };
  let flawed = 0;
  const attempt = async (signal: AbortSignal): Promise<Attempt<Heard>> => {
    let use = { input: 0, output: 0 };
    const outcome = await reviewer.ask(request, signal, (counted) => {
      // An attempt that was let go of is counted too: its tokens are spent.
      spent.input += counted.input - use.input;
      spent.output += counted.output - use.output;
      use = counted;
    });
    if (outcome.kind !== 'done') return outcome;
    const heard = hear(outcome.value, input);
    if (typeof heard !== 'string') return { kind: 'done', value: heard };
    flawed += 1;
    return flawed < FLAWED_ANSWERS_MAX
      ? { kind: 'again', reason: heard }
      : { kind: 'hopeless', reason: `no verdict in ${flawed} answers; the last: ${heard}` };
  };
  const { clock, chance, backOff, signal } = context;
  const waited = await waitOrDie({
    ...{ clock, chance, backOff, signal, attempt },
    deadlineMs: deadlineOf(context, task.deadlineSeconds),
    attemptMs: task.attemptSeconds * MS_PER_S,
    onWait: (notice) => context.onWait(name, clean(context, notice)),
  });
  const tokens = { input: Math.max(0, spent.input), output: Math.max(0, spent.output) };
  const asked = { source: 'asked', attempts: waited.attempts, tokens } as const;
  if (waited.kind !== 'done') {
    note(context, reviewed, asked);
    return waited.kind === 'cancelled' ? CANCELLED : died(waited.reason);
  }
  const { verdict, model } = waited.value;
  note(context, reviewed, { ...asked, model, ...said(verdict) });
  const record = recordOf({ review: name, reviewer: reviewer.name, model, verdict });
  const text = context.guard.foreign(JSON.stringify(record, null, 2));
  context.evidence.set(`evidence/reviews/${name}.json`, `${text}\n`);
  return endOf(verdict, `${reviewer.name} (${model})`);
}

interface Heard {
  readonly verdict: ReviewVerdict;
  readonly model: string;
}

/** The verdict in an answer, or why there is none. */
function hear(answer: Answer, input: ReviewInput): Heard | string {
  if (answer.kind === 'flawed') return answer.reason;
  const verdict = readVerdict(answer.text, input);
  return verdict.kind === 'ok' ? { verdict: verdict.value, model: answer.model } : verdict.error;
}

function endOf(verdict: ReviewVerdict, who: string): StageEnd {
  const { findings } = verdict;
  const grave = findings.filter(({ severity }) => FAILING.includes(severity));
  const found = plural(findings.length, 'finding');
  if (passes(verdict)) return passed(`${who}: pass, ${found}`);
  const [first] = grave;
  const example = first === undefined ? '' : `, first ${first.file}:${first.line}`;
  return failed(`${who}: ${verdict.verdict}, ${found}, ${grave.length} grave${example}`);
}

function said({ verdict, summary, findings }: ReviewVerdict) {
  return { verdict, summary, findings };
}

function clean<T extends { readonly reason: string }>(context: LoopContext, notice: T): T {
  return { ...notice, reason: context.guard.foreign(notice.reason) };
}

/** Writes into the facts what is known of the review so far; text of others goes in cleaned. */
function note(context: LoopContext, reviewed: Review, known: Partial<ReviewFacts>): void {
  const { name, task, input } = reviewed;
  const foreign = (text: string): string => context.guard.foreign(text);
  context.facts.reviews[name] = {
    review: name,
    source: 'asked',
    inputHash: input.inputHash,
    files: input.files,
    bytes: input.bytes,
    verdict: null,
    tokens: { input: 0, output: 0 },
    attempts: 0,
    ...known,
    reviewer: foreign(known.reviewer ?? SERVICES[name].name),
    model: foreign(known.model ?? task.model),
    summary: foreign(known.summary ?? ''),
    findings: (known.findings ?? []).map((finding) => ({
      ...finding,
      evidence: foreign(finding.evidence),
    })),
  };
}
