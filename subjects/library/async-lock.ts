/** async-lock as its manual shows it: a key, and a function that holds it. */
import AsyncLock from 'async-lock';

type Section = () => Promise<void>;

export const fairness = 'fifo';

export function createLock() {
  const lock = new AsyncLock();
  return { run: (section: Section) => lock.acquire('socket', section) };
}
