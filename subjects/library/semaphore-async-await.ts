/** semaphore-async-await as its manual shows it: one release for each acquire. */
import { Lock } from 'semaphore-async-await';

export const fairness = 'fifo';

export function createLock() {
  const lock = new Lock();
  return { acquire: () => lock.acquire(), release: () => lock.release() };
}
