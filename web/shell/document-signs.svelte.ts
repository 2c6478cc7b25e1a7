/** What the document itself says: its language, its theme, and the verdict in its title. */
import type { Page } from './page.svelte.ts';

const GLYPHS = { passed: '✓ ', violated: '◆ ', inconclusive: '? ' };

/** Keeps them up to date for as long as the component lives that calls it while it is made. */
export function signDocument(pageOf: () => Page): void {
  $effect(() => {
    const { words, preferences } = pageOf();
    document.documentElement.lang = words.tag;
    document.documentElement.dataset['theme'] = preferences.theme;
  });

  $effect(() => {
    const { words, session } = pageOf();
    const { verdict } = session.outcome ?? {};
    const glyph = verdict === undefined ? '' : GLYPHS[verdict];
    const name =
      session.source.kind === 'log' ? session.source.name : (session.scenario?.title ?? '');
    document.title = `${glyph}${name === '' ? words.ownScenario : name} – Interlock`;
  });
}
