/**
 * How the reader wants the page: language, theme and layout, remembered where the browser allows.
 *
 * Known limit: without storage a choice lasts until the page is closed. A language that cannot be
 * loaded (the page is offline, say) leaves the words as they are, and the choice too.
 */
import { EN, type Language, LANGUAGES, loadWords, type Words } from '../format/words.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** A part of Storage; null where there is none to be had. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const LANGUAGE_KEY = 'interlock.language';
const THEME_KEY = 'interlock.theme';
const GALLERY_KEY = 'interlock.left';
const DOCK_KEY = 'interlock.dock';

/** The dock's height in CSS pixels: what it starts with, and how far it may be drawn. */
export const DOCK_PX = { least: 120, usual: 256, most: 720 } as const;

export class Preferences {
  words: Words = $state.raw(EN);
  language: Language = $state('en');
  theme: Theme = $state('system');
  /** Whether the left column is open, where the page is wide enough for one. */
  isLeftOpen: boolean = $state(true);
  dockPx: number = $state(DOCK_PX.usual);
  readonly #memory: Memory | null;
  readonly #load: typeof loadWords;
  readonly #first: Language;

  /** `wanted`: the languages that the browser says its reader knows, best first. */
  constructor(memory: Memory | null, wanted: readonly string[], load = loadWords) {
    this.#memory = memory;
    this.#load = load;
    const saved = LANGUAGES.find((each) => each === memory?.getItem(LANGUAGE_KEY));
    this.#first = saved ?? (wanted[0]?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en');
    this.theme = THEMES.find((each) => each === memory?.getItem(THEME_KEY)) ?? 'system';
    this.isLeftOpen = memory?.getItem(GALLERY_KEY) !== 'closed';
    this.dockPx = dockWithin(Number(memory?.getItem(DOCK_KEY) ?? DOCK_PX.usual));
  }

  /** Loads the words of the reader's language; the page is not shown before. */
  async start(): Promise<void> {
    await this.#speak(this.#first);
  }

  /** Changes the language, for good once its words are there. */
  async choose(language: Language): Promise<void> {
    if (await this.#speak(language)) this.#remember(LANGUAGE_KEY, language);
  }

  paint(theme: Theme): void {
    this.theme = theme;
    this.#remember(THEME_KEY, theme);
  }

  openLeft(isOpen: boolean): void {
    this.isLeftOpen = isOpen;
    this.#remember(GALLERY_KEY, isOpen ? 'open' : 'closed');
  }

  /** Makes the dock `px` high, within its limits. */
  sizeDock(px: number): void {
    this.dockPx = dockWithin(px);
    this.#remember(DOCK_KEY, String(this.dockPx));
  }

  async #speak(language: Language): Promise<boolean> {
    try {
      this.words = await this.#load(language);
      this.language = language;
      return true;
    } catch {
      return false;
    }
  }

  #remember(key: string, value: string): void {
    try {
      this.#memory?.setItem(key, value);
    } catch {
      // A full or forbidden storage is no reason to refuse the choice.
    }
  }
}

function dockWithin(px: number): number {
  const whole = Number.isFinite(px) ? Math.round(px) : DOCK_PX.usual;
  return Math.min(DOCK_PX.most, Math.max(DOCK_PX.least, whole));
}
