/**
 * All that the page says, in English and Simplified Chinese: one catalogue, one shape.
 *
 * English is always there; another language comes when it is chosen, so that nobody loads what he
 * does not read. `core` translates what the core says (evidence, titles, the acceptance table);
 * what has no translation stays English.
 */
import { EN, type Words } from './words-en.ts';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
export { EN, type Words };

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  zh: '简体中文',
};

/** The catalogue of a language; rejects where it cannot be loaded. */
export async function loadWords(language: Language): Promise<Words> {
  return language === 'en' ? EN : (await import('./words-zh.ts')).ZH;
}
