/**
 * How the reader wants the page: language and theme, remembered where the browser allows it.
 *
 * Known limit: without storage a choice lasts until the page is closed.
 */
import { type Language, LANGUAGES, WORDS, type Words } from '../format/words.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** A part of Storage; null where there is none to be had. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const LANGUAGE_KEY = 'interlock.language';
const THEME_KEY = 'interlock.theme';

export class Preferences {
  language: Language = $state('en');
  theme: Theme = $state('system');
  readonly #memory: Memory | null;

  /** `wanted`: the languages that the browser says its reader knows, best first. */
  constructor(memory: Memory | null, wanted: readonly string[]) {
    this.#memory = memory;
    const saved = LANGUAGES.find((each) => each === memory?.getItem(LANGUAGE_KEY));
    this.language = saved ?? (wanted[0]?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en');
    this.theme = THEMES.find((each) => each === memory?.getItem(THEME_KEY)) ?? 'system';
  }

  get words(): Words {
    return WORDS[this.language];
  }

  choose(language: Language): void {
    this.language = language;
    this.#remember(LANGUAGE_KEY, language);
  }

  paint(theme: Theme): void {
    this.theme = theme;
    this.#remember(THEME_KEY, theme);
  }

  #remember(key: string, value: string): void {
    try {
      this.#memory?.setItem(key, value);
    } catch {
      // A full or forbidden storage is no reason to refuse the choice.
    }
  }
}
