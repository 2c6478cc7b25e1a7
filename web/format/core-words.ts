/** The form of what the page has to say about the core: translations, and a scenario's card. */
import type { GalleryEntry } from '../../sim/index.ts';

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
  /** Parts of the acceptance table's figures, one after the other, with what each is to say. */
  readonly phrases: readonly (readonly [said: RegExp, translated: string])[];
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
