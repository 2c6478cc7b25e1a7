/**
 * The verdict in one sentence, and beside it what a counter of pairs would have said.
 *
 * A passed run is never called more than that: passed on this schedule, which is not a proof.
 */
import type { CheckResult, LockStats, Verdict } from '../../sim/index.ts';
import { assertUnreachable } from '../../sim/index.ts';
import { count, plural } from './figures.ts';
import { glyph, paint, type Style } from './style.ts';
import { hang, plain, widthOf } from './text.ts';

/** What the sentence is about. */
export interface Judged {
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly lock: LockStats;
  /** A schedule that ran here, a recording in real time, or a log that was written elsewhere. */
  readonly source: 'run' | 'live' | 'log';
  /** Why the outcome is worth less than its checks say: cut short, or not the run of the link. */
  readonly reservations: readonly string[];
}

const SOURCES = { run: 'schedule', live: 'recording', log: 'log' } as const;

/** The verdict's sentences without its word: `Never more than 1 holder. Not a proof.` */
export function sentenceOf(judged: Judged): string {
  switch (judged.verdict) {
    case 'passed':
      return `Passed on this ${SOURCES[judged.source]}. ${holders(judged)} Not a proof.`;
    case 'violated':
      return `Violated. ${breach(judged)}`;
    case 'inconclusive':
      return `Inconclusive. ${doubt(judged)}`;
    default:
      return assertUnreachable(judged.verdict);
  }
}

/** The sentence behind its glyph, wrapped. */
export function verdictLines(style: Style, judged: Judged): string[] {
  const lead = `${glyph(style, judged.verdict)} `;
  const [word = '', ...rest] = sentenceOf(judged).split('. ');
  const lines = hang(lead, plain(`${word}. ${rest.join('. ')}`), style.columns);
  const marked = `${lead}${word}.`;
  return lines.map((line, at) =>
    at === 0 && line.startsWith(marked)
      ? paint(style, judged.verdict, marked) + line.slice(marked.length)
      : line,
  );
}

/** The split verdict: what counting pairs says, beside what watching the holders says. */
export function splitLines(style: Style, lock: LockStats, verdict: Verdict): string[] {
  const { acquires, releases, maxHolders } = lock;
  const balanced = acquires === releases;
  const sign = balanced ? '=' : acquires > releases ? '>' : '<';
  const counter = `Pair counter: ${acquires} ${sign} ${releases}, ${balanced ? 'PASS' : 'FAIL'}`;
  const most = maxHolders > 1 ? `${maxHolders} holders at once` : `never more than ${maxHolders}`;
  const ours = `Interlock: ${verdict}, ${most}`;
  const painted = paint(style, verdict, ours);
  const between = '   |   ';
  return widthOf(counter + between + ours) <= style.columns
    ? [counter + paint(style, 'faint', between) + painted]
    : [counter, painted];
}

function holders({ lock }: Judged): string {
  if (lock.acquires === 0) return 'Nobody entered the critical section.';
  return `Never more than ${plural(lock.maxHolders, 'holder')}.`;
}

function breach({ checks, lock }: Judged): string {
  const violated = checks.filter((check) => check.verdict === 'violated');
  const required = violated.filter((check) => check.required);
  const first =
    required.find((check) => check.id === 'lock.exclusion') ?? required[0] ?? violated[0];
  if (first === undefined) return 'No check names the cause.';
  const others = violated.filter((check) => check !== first).map((check) => check.id);
  const also = others.length === 0 ? '' : ` Also violated: ${others.join(', ')}.`;
  if (first.id !== 'lock.exclusion') {
    return `${first.id}: ${first.evidence[0]?.text ?? plural(first.count, 'finding')}${also}`;
  }
  const pairs =
    lock.acquires === lock.releases
      ? `All ${count(lock.acquires)} pairs balance, yet `
      : `${plural(lock.acquires, 'acquisition')}, ${plural(lock.releases, 'release')}, and `;
  const began = `${plural(first.count, 'acquisition')} began while another symbol held the lock.`;
  return `${pairs}${began} At most ${count(lock.maxHolders)} held at once.${also}`;
}

function doubt({ checks, reservations }: Judged): string {
  const open = checks.filter((check) => check.required && check.verdict === 'inconclusive');
  const reasons = [...reservations];
  const first = open[0];
  if (first !== undefined) {
    const text = first.evidence[0]?.text ?? 'it could not be judged.';
    reasons.push(`${first.id}: ${text}`);
    if (open.length > 1) {
      reasons.push(
        `Not judged either: ${open
          .slice(1)
          .map((check) => check.id)
          .join(', ')}.`,
      );
    }
  }
  return reasons.length === 0 ? 'Nothing was judged.' : reasons.join(' ');
}
