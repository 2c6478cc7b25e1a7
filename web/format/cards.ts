/** What the page says of each scenario of the gallery, as the build read it off the core. */
import { CARDS as FROM_BUILD } from 'virtual:gallery-cards';
import type { GalleryCard } from './core-text.ts';

export const CARDS = FROM_BUILD as readonly GalleryCard[];
