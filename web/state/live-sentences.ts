/**
 * What the verdict says of a run in real time: how it stands while it goes on, and what nobody can
 * know of it once it is over. Never `passed` early.
 */
import { assertUnreachable } from '../../sim/index.ts';
import { ms } from '../format/figures.ts';
import type { LiveWords } from '../format/words/live-en.ts';
import type { Member, Recorded, Standing, UnknownStretch } from '../live/contract.ts';

/** The verdict so far, in a word and the rest. */
export interface Told {
  readonly verdict: Standing['verdict'];
  readonly word: string;
  readonly rest: string;
}

/** How it stands; `isCut`: the connection that the run needs is lost at the moment. */
export function soFarSentence(
  standing: Standing | undefined,
  isCut: boolean,
  { soFar }: LiveWords,
): Told {
  const cut = isCut ? ` ${soFar.lost}` : '';
  const violated = standing?.violated ?? [];
  if (standing?.verdict !== 'violated' || violated.length === 0) {
    return { verdict: 'inconclusive', word: soFar.word, rest: soFar.none + cut };
  }
  const rest = soFar.violated(violated.join(', ')) + cut;
  return { verdict: 'violated', word: soFar.violatedWord, rest };
}

/** What nobody knows of the run; undefined where that is nothing. */
export function unknownSentence(
  { unknown, lost }: Pick<Recorded, 'unknown' | 'lost'>,
  symbols: readonly string[],
  { unknown: words }: LiveWords,
): string | undefined {
  const us = unknown.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
  const whys = [...new Set(unknown.map(({ why }) => words.why[why]))].join(', ');
  const members = lost.map((member) => memberName(member, symbols, words.member)).join(', ');
  const said = [
    ...(unknown.length === 0 ? [] : [words.sentence(ms(us), whys)]),
    ...(lost.length === 0 ? [] : [words.lost(members)]),
  ];
  return said.length === 0 ? undefined : said.join(' ');
}

/** A stretch as people name it: from when to when, and why. */
export function stretchText(stretch: UnknownStretch, { unknown }: LiveWords): string {
  return unknown.stretch(ms(stretch.startUs), ms(stretch.endUs), unknown.why[stretch.why]);
}

/** The unknown stretch that a time lies in, if any. */
export function unknownAt(
  unknown: readonly UnknownStretch[],
  timeUs: number,
): UnknownStretch | undefined {
  return unknown.find(({ startUs, endUs }) => startUs <= timeUs && timeUs <= endUs);
}

function memberName(
  member: Member,
  symbols: readonly string[],
  words: LiveWords['unknown']['member'],
): string {
  switch (member.kind) {
    case 'symbol':
      return words.symbol(symbols[member.symbol] ?? `symbol ${member.symbol}`);
    case 'lock':
      return words.lock;
    case 'account':
      return words.account;
    case 'conductor':
      return words.conductor;
    default:
      return assertUnreachable(member);
  }
}
