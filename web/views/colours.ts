/** Which palette a canvas has to use: CSS has light-dark(), a canvas has to be told. */

export type Colours = 'light' | 'dark' | 'forced';

/** Calls back with the present palette, now and at every change; gives back how to stop. */
export function watchColours(tell: (colours: Colours) => void): () => void {
  const forced = matchMedia('(forced-colors: active)');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const look = (): void => {
    const theme = root.dataset['theme'];
    const isDark = theme === 'dark' || (theme !== 'light' && dark.matches);
    tell(forced.matches ? 'forced' : isDark ? 'dark' : 'light');
  };
  const observer = new MutationObserver(look);
  observer.observe(root, { attributeFilter: ['data-theme'] });
  forced.addEventListener('change', look);
  dark.addEventListener('change', look);
  look();
  return () => {
    observer.disconnect();
    forced.removeEventListener('change', look);
    dark.removeEventListener('change', look);
  };
}
