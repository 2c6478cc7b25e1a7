/**
 * Replays the schedule that the link of a lock carries, in this process, and prints the outcome.
 *
 * A schedule that does not fit is refused; a digest that differs makes a pass inconclusive.
 */
import {
  type CheckResult,
  decodeSchedule,
  encodeSchedule,
  inevitableSince,
  type LockLink,
  replay,
  type Result,
  scheduleOfAttempt,
  type Schedule,
  type Story,
  tellStory,
  type Verdict,
} from '../../sim/index.ts';
import { storyDocument } from '../documents/explore.ts';
import { storyLines } from '../render/explore-story.ts';
import { named } from '../render/section.ts';
import { glyph, paint, type Style } from '../render/style.ts';
import { type Expectation, exitOfReport, expectedOf } from '../report/expectation.ts';
import type { Exit } from '../shell/exit.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';
import { scopeOf } from './explore-here.ts';
import type { SubjectSource } from './source.ts';
import { guarded, type LoadedSubject, loadSubject } from './subject-file.ts';

/** All that a replay of a lock needs to know, as data. */
export interface ReplayJob {
  readonly source: SubjectSource;
  readonly expectation: Expectation | undefined;
  readonly json: boolean;
}

interface Replayed {
  readonly title: string;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly digest: string;
  /** Whether it is the digest that the link promised; undefined where it promised none. */
  readonly kept: boolean | undefined;
  readonly schedule: string;
  readonly story: Story | undefined;
}

const DEFAULT = { kind: 'ok', value: [] } as const;

/** Replays the lock of a link, prints the outcome, and gives its status. */
export async function replayHere(
  { source, expectation, json }: ReplayJob,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const { link, path } = source;
  if (link === undefined) return refuse('usage', 'expected the link of a lock');
  const loaded = await loadSubject(source, scopeOf(link));
  if (loaded.kind === 'error') return loaded;
  // Without a schedule the link means the default one.
  const choices = link.schedule === undefined ? DEFAULT : decodeSchedule(link.schedule);
  if (choices.kind === 'error') return refuse(choices.error.code, choices.error.message);
  const told = guarded(path, () => replayedOf(source.title, link, loaded.value, choices.value));
  if (told.kind === 'error') return told;
  if (told.value.kind === 'error') {
    return refuse(told.value.error.code, told.value.error.message);
  }
  const replayed = told.value.value;
  shell.print(json ? [documentOf(replayed)] : linesOf(shell.style, replayed));
  const { verdict, checks } = replayed;
  const expected = expectation && expectedOf(expectation, verdict, checks);
  return { kind: 'ok', value: exitOfReport({ verdict, cancelled: false, expected }) };
}

/** What one schedule came to; throws where one of its executions had to be cut off. */
function replayedOf(
  title: string,
  link: LockLink,
  { target: { subject }, settle }: LoadedSubject,
  choices: Schedule,
): Result<Replayed> {
  const attempt = replay(subject, choices);
  if (attempt.kind === 'error') return attempt;
  const { checks, digest, violated } = attempt.value;
  const [check] = violated;
  const kept = link.digest === undefined ? undefined : digest.startsWith(link.digest);
  const isOpen = attempt.value.verdict === 'passed' && kept === false;
  const inevitable = check && inevitableSince(subject, attempt.value, check);
  settle();
  const value: Replayed = {
    title,
    verdict: isOpen ? 'inconclusive' : attempt.value.verdict,
    checks,
    digest,
    kept,
    schedule: encodeSchedule(scheduleOfAttempt(attempt.value)),
    story: check && tellStory(attempt.value, check, inevitable),
  };
  return { kind: 'ok', value };
}

function documentOf({ title, kept, story, ...told }: Replayed): string {
  const promised = kept === undefined ? null : { kept };
  const all = { ...told, title, promisedDigest: promised };
  return JSON.stringify(
    { ...all, story: story === undefined ? null : storyDocument(story) },
    null,
    2,
  );
}

function linesOf(
  style: Style,
  { title, verdict, checks, digest, kept, story }: Replayed,
): string[] {
  const violated = checks.filter((check) => check.verdict === 'violated').map(({ id }) => id);
  const word = { violated: 'Violated.', passed: 'Passed on this schedule. Not a proof.' } as const;
  const said = verdict === 'inconclusive' ? 'Inconclusive: the digest differs.' : word[verdict];
  const dot = paint(style, 'faint', ` ${glyph(style, 'dot')} `);
  const promise = kept === undefined ? '' : kept ? ' (as the link promised)' : ' (not the link’s)';
  return [
    ['Interlock', paint(style, 'heading', title)].join(dot),
    '',
    paint(style, verdict, `${glyph(style, verdict)} ${said}`) +
      (violated.length === 0 ? '' : ` ${violated.join(', ')}`),
    ...storyLines(style, story),
    '',
    ...named(style, [['Digest', `${digest}${promise}`]]),
  ];
}
