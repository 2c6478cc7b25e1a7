/**
 * What the page says of each scenario of the gallery, as the build read it off the core.
 *
 * A repaired twin follows its defect: same name and title with a word more, and it passes.
 */
import { CARDS as FROM_BUILD } from 'virtual:gallery-cards';
import type { GalleryCard } from './core-words.ts';

const TOLD = FROM_BUILD as readonly GalleryCard[];

export const CARDS: readonly GalleryCard[] = TOLD.flatMap((card) =>
  card.twin === undefined ? [card] : [card, repaired(card, card.twin)],
);

function repaired(card: GalleryCard, name: string): GalleryCard {
  return {
    ...card,
    name,
    title: `${card.title}, repaired`,
    shows: undefined,
    twin: card.name,
    expect: { verdict: 'passed', checks: [], races: [] },
  };
}
