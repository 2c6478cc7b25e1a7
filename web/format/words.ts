/**
 * All that the page says by itself, in English and Simplified Chinese: one catalogue, one shape.
 *
 * What the core says (evidence, titles, the acceptance table) is English there; translations of it
 * stand in `core-zh.ts`, and what has none stays English.
 */
import { EN, type Words } from './words-en.ts';
import { ZH } from './words-zh.ts';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
export type { Words };

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, zh: ZH };
