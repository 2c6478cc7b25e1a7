/** How many device pixels a CSS pixel has, which changes with zoom and from screen to screen. */

/** Beyond this nobody sees a difference, and a canvas costs its square. */
const RATIO_MAX = 3;

/** Calls back with the present ratio, now and at every change; gives back how to stop. */
export function watchRatio(tell: (ratio: number) => void): () => void {
  let query: MediaQueryList | undefined;
  const look = (): void => {
    query?.removeEventListener('change', look);
    // A query about the present ratio changes once: when the ratio is no longer that.
    query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', look);
    tell(Math.min(RATIO_MAX, Math.max(1, window.devicePixelRatio)));
  };
  look();
  return () => query?.removeEventListener('change', look);
}
