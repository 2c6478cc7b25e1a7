/** Turns of a worker's event loop, and what becomes of a promise that nobody caught there. */

/** Calls work back in a later turn: at once by a message, because timers are clamped to 4 ms. */
export function nextTurn(): (work: () => void, delayMs: number) => void {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (work, delayMs) => {
    if (delayMs > 0) {
      setTimeout(work, delayMs);
      return;
    }
    waiting.push(work);
    port2.postMessage(0);
  };
}

/** Turns a promise that was rejected and not caught into an error that the page can hear. */
export function raiseRejections(): void {
  self.addEventListener('unhandledrejection', (event) => {
    setTimeout(() => {
      throw event.reason;
    }, 0);
  });
}
