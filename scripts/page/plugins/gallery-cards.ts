/**
 * Gives the page what its cards say of the gallery, without the scenarios and the schema.
 *
 * The cards are read off the core when the page is built; the scenarios themselves stay with the
 * engine's worker. A repaired twin has no card: the page makes it from its defect's. Invariant: a
 * card says what the core's entry says, and nothing else.
 */
import type { Plugin } from 'vite';

const PUBLIC_ID = 'virtual:gallery-cards';
const RESOLVED_ID = `\0${PUBLIC_ID}`;

export const galleryCards: Plugin = {
  name: 'gallery-cards',
  resolveId: (id) => (id === PUBLIC_ID ? RESOLVED_ID : undefined),
  load: async (id) => {
    if (id !== RESOLVED_ID) return undefined;
    // Only now, so that a build or a test that needs no cards does not wait for the core.
    const { GALLERY } = await import('../../../sim/index.ts');
    const told = GALLERY.filter(({ name }) => !name.endsWith('-repaired'));
    const cards = told.map(({ scenario, ...card }) => ({
      ...card,
      symbols: scenario.symbols.length,
    }));
    return `export const CARDS = ${JSON.stringify(cards)};`;
  },
};
