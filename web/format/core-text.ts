/** What the core says, in the reader's language; what has no translation stays English. */
import type { AcceptanceRow, CheckId, Evidence } from '../../sim/index.ts';
import type { GalleryCard } from './core-words.ts';
import { money } from './figures.ts';
import type { Words } from './words.ts';

/** Values that are names, although they are written in digits. */
const NUMBERED: readonly string[] = ['order', 'signal', 'seq'];

/** A finding in prose, its figures grouped as everywhere on the page. */
export function evidenceText({ template, values }: Evidence, { core }: Words): string {
  const told = core.evidence[template] ?? template;
  return told.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = String(values[name] ?? gap);
    const isFigure = /^-?\d+(\.\d+)?$/.test(value) && !NUMBERED.includes(name);
    return isFigure ? money(value) : (core.names[value] ?? value);
  });
}

/** What a check claims, in a sentence. */
export function claimOf(
  id: CheckId,
  claims: Readonly<Record<string, string>>,
  { core }: Words,
): string {
  return core.claims[id] ?? claims[id] ?? '';
}

export function criterionOf({ id, criterion }: AcceptanceRow, { core }: Words): string {
  return core.criteria[id] ?? criterion;
}

const REPAIRED = '-repaired';

/** A scenario's title. */
export function titleOf({ name, title }: GalleryCard, { core }: Words): string {
  const isRepaired = name.endsWith(REPAIRED);
  const translated = core.titles[isRepaired ? name.slice(0, -REPAIRED.length) : name];
  if (translated === undefined) return title;
  return isRepaired ? core.repaired(translated) : translated;
}

/** One sentence: what a reader learns from a scenario. */
export function showsOf({ name, shows }: GalleryCard, { core }: Words): string | undefined {
  return core.shows[name] ?? shows;
}
