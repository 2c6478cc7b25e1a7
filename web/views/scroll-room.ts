/** How much height can be seen at once around an element: its scroller’s, or the window’s. */

/** Calls back with the height in CSS pixels, now and at every change; gives back how to stop. */
export function watchRoom(element: Element, tell: (height: number) => void): () => void {
  let scroller: Element | undefined;
  const observer = new ResizeObserver(() => tell(heightOf(scroller)));
  // Another width may be another layout, in which something else scrolls.
  const look = (): void => {
    scroller = scrollerOf(element);
    observer.disconnect();
    if (scroller !== undefined) observer.observe(scroller);
    tell(heightOf(scroller));
  };
  window.addEventListener('resize', look);
  look();
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', look);
  };
}

function heightOf(scroller: Element | undefined): number {
  return scroller === undefined ? window.innerHeight : scroller.clientHeight;
}

/** The nearest ancestor that scrolls upright; undefined where the page itself does. */
function scrollerOf(element: Element): Element | undefined {
  for (let one = element.parentElement; one !== null; one = one.parentElement) {
    if (one === document.body) return undefined;
    const { display, overflowY } = getComputedStyle(one);
    // What has no box of its own does not scroll, whatever it is told.
    if (display !== 'contents' && /auto|scroll/.test(overflowY)) return one;
  }
  return undefined;
}
