/** async-mutex as its manual recommends it: whoever acquires gets the function that releases. */
import { Mutex } from 'async-mutex';

export const fairness = 'fifo';

export function createLock() {
  const mutex = new Mutex();
  return { acquire: () => mutex.acquire() };
}
