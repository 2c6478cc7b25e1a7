/**
 * The verdict in one sentence. A passed run is never called more than that: not a proof.
 *
 * Invariant: what was cut short, or is not the run of the link, is said whatever the verdict is.
 */
import type { Outcome } from '../state/outcome.ts';
import { wholePercent } from './figures.ts';
import { evidenceText } from './core-text.ts';
import type { Words } from './words.ts';

/** The verdict's word with its full stop, and the rest. */
export interface Sentence {
  readonly word: string;
  readonly rest: string;
}

export function verdictSentence(
  outcome: Outcome,
  words: Words,
  linkMatches: boolean | undefined,
): Sentence {
  const { sentence } = words;
  const reserved = reservations(outcome, words, linkMatches);
  switch (outcome.verdict) {
    case 'passed':
      return {
        word: {
          run: sentence.onSchedule,
          recorded: sentence.onRecording,
          log: sentence.onLog,
        }[outcome.source],
        rest: [holders(outcome, words), sentence.notProof, ...reserved].join(' '),
      };
    case 'violated':
      return {
        word: sentence.violated,
        rest: [breach(outcome, words), ...reserved].join(' '),
      };
    case 'inconclusive':
      return { word: sentence.inconclusive, rest: doubt(outcome, words, reserved) };
  }
}

function reservations(
  { judged }: Outcome,
  { sentence }: Words,
  linkMatches: boolean | undefined,
): string[] {
  return [
    ...(judged < 1 ? [sentence.judged(wholePercent(judged))] : []),
    ...(linkMatches === false ? [sentence.linkDiffers] : []),
  ];
}

function holders({ lock }: Outcome, { sentence }: Words): string {
  return lock.acquires === 0 ? sentence.nobody : sentence.never(lock.maxHolders);
}

function breach({ checks, lock }: Outcome, words: Words): string {
  const { sentence } = words;
  const violated = checks.filter(({ verdict }) => verdict === 'violated');
  const required = violated.filter((check) => check.required);
  const first = required.find(({ id }) => id === 'lock.exclusion') ?? required[0] ?? violated[0];
  if (first === undefined) return sentence.nothing;
  // Of an explored run durations mean nothing, so what they violate is not required, nor said.
  const told = first.required ? required : violated;
  const others = told.filter((check) => check !== first).map(({ id }) => id);
  const also = others.length === 0 ? '' : sentence.also(others.join(', '));
  if (first.id !== 'lock.exclusion') {
    const [finding] = first.evidence;
    return `${finding === undefined ? first.id : evidenceText(finding, words)}${also}`;
  }
  const pairs =
    lock.acquires === lock.releases
      ? sentence.balance(lock.acquires)
      : sentence.unbalanced(lock.acquires, lock.releases);
  return `${pairs}${sentence.overlap(first.count, lock.maxHolders)}${also}`;
}

function doubt(outcome: Outcome, words: Words, reserved: readonly string[]): string {
  const { sentence } = words;
  const { source, checks, notes, lines } = outcome;
  const isJudged = checks.some(({ verdict }) => verdict !== 'inconclusive');
  if (source === 'log' && !isJudged) return [...reserved, sentence.noLockEvents(lines)].join(' ');
  const open = checks.find((check) => check.required && check.verdict === 'inconclusive');
  const told = open?.evidence[0];
  const reasons = [...reserved];
  if (told !== undefined) reasons.push(`${open?.id ?? ''}: ${evidenceText(told, words)}`);
  else if (notes[0] !== undefined) reasons.push(notes[0]);
  return reasons.length === 0 ? sentence.nothing : reasons.join(' ');
}
