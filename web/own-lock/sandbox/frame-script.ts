/**
 * The one script of the frame in which the code of a lock runs: it starts a worker from the text
 * that the page sends, hands it the page's port, and tells what it cannot catch itself.
 *
 * The page's policy names this text by its hash, so the two change together, and hosts that state
 * the policy in headers of their own have to be told: let it stay as it is.
 */
export const FRAME_SCRIPT = `addEventListener('message', (event) => {
  if (event.source !== parent || event.ports.length !== 2) return;
  const [port, failures] = event.ports;
  const blob = new Blob([event.data], { type: 'text/javascript' });
  const worker = new Worker(URL.createObjectURL(blob));
  worker.onerror = (error) => {
    error.preventDefault();
    failures.postMessage({ message: error.message, line: error.lineno });
  };
  worker.postMessage(0, [port]);
});
`;

/**
 * What the frame may do, besides what the page's own policy leaves it, which it inherits: run that
 * script, and the worker. No request leaves it, and text does not become code in it.
 */
export const FRAME_POLICY = "default-src 'none'; script-src 'unsafe-inline'; worker-src blob:";
