/** What the core says, in the reader's language; what has no translation stays English. */
import type { AcceptanceRow, CheckId, Evidence } from '../../sim/index.ts';
import type { GalleryCard } from './core-words.ts';
import type { Words } from './words.ts';

/** A finding in prose. */
export function evidenceText({ template, values, text }: Evidence, { core }: Words): string {
  const translated = core.evidence[template];
  if (translated === undefined) return text;
  return translated.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = String(values[name] ?? gap);
    return core.names[value] ?? value;
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
