/** What the core says, in the reader's language; what has no translation stays English. */
import type { AcceptanceRow, CheckId, Evidence, GalleryEntry } from '../../sim/index.ts';
import { CLAIMS_ZH, CRITERIA_ZH, EVIDENCE_ZH, NAMES_ZH, TITLES_ZH } from './core-zh.ts';
import type { Language } from './words.ts';

/** A finding in prose. */
export function evidenceText({ template, values, text }: Evidence, language: Language): string {
  const translated = language === 'zh' ? EVIDENCE_ZH[template] : undefined;
  if (translated === undefined) return text;
  return translated.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = String(values[name] ?? gap);
    return NAMES_ZH[value] ?? value;
  });
}

/** What a check claims, in a sentence. */
export function claimOf(
  id: CheckId,
  claims: Readonly<Record<string, string>>,
  language: Language,
): string {
  const claim = claims[id] ?? '';
  return language === 'zh' ? (CLAIMS_ZH[id] ?? claim) : claim;
}

export function criterionOf(row: AcceptanceRow, language: Language): string {
  return language === 'zh' ? (CRITERIA_ZH[row.id] ?? row.criterion) : row.criterion;
}

const REPAIRED = '-repaired';

/** A scenario's title. */
export function titleOf({ name, title }: GalleryEntry, language: Language): string {
  if (language === 'en') return title;
  const isRepaired = name.endsWith(REPAIRED);
  const translated = TITLES_ZH[isRepaired ? name.slice(0, -REPAIRED.length) : name];
  if (translated === undefined) return title;
  return isRepaired ? `${translated}，已修复` : translated;
}
