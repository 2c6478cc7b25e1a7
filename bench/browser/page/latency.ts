/**
 * How long it takes from a click on the timeline until its details are painted.
 *
 * From the time stamp that the browser gave the input to the first task after the frame in which
 * the inspector changed.
 */

const found: number[] = [];

/** Begins to watch clicks on `canvas` and changes of `details`. */
export function watchLatency(canvas: Element, details: Element): void {
  let clickMs = -1;
  canvas.addEventListener('pointerup', (event) => (clickMs = event.timeStamp), { capture: true });
  const observer = new MutationObserver(() => {
    if (clickMs < 0) return;
    const sinceMs = clickMs;
    clickMs = -1;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => found.push(performance.now() - sinceMs);
      port2.postMessage(0);
    });
  });
  observer.observe(details, { subtree: true, childList: true, characterData: true });
}

/** What was measured so far, in milliseconds. */
export function latencies(): readonly number[] {
  return found;
}
