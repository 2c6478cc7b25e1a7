/** What the core says, in the reader's language; what has no translation stays English. */
import type { AcceptanceRow, CheckId, Evidence, GalleryEntry } from '../../sim/index.ts';
import type { Words } from './words.ts';

/** Translations of what the core says; English needs none. */
export interface CoreWords {
  /** By the template of the evidence. */
  readonly evidence: Translations;
  /** By the value that stands in a template's gap. */
  readonly names: Translations;
  /** By the id of a check. */
  readonly claims: Translations;
  /** By the id of an acceptance row. */
  readonly criteria: Translations;
  /** By the name of a gallery scenario; of a repaired twin by its defect's. */
  readonly titles: Translations;
  /** What a scenario shows, by its name. */
  readonly shows: Translations;
  /** What a repaired twin is called, by its defect's title. */
  readonly repaired: (title: string) => string;
}

type Translations = Readonly<Record<string, string | undefined>>;

/** A scenario of the gallery, as far as it is spoken of. */
export interface GalleryCard extends Omit<GalleryEntry, 'scenario' | 'shows'> {
  /** How many symbols it has. */
  readonly symbols: number;
  /** One sentence: what a reader learns from it; a repaired twin has none. */
  readonly shows: string | undefined;
}

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
