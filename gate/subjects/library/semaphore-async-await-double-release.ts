/** semaphore-async-await released twice, as by a section that releases and a `finally` that does. */
import { Lock } from 'semaphore-async-await';

export function createLock() {
  const lock = new Lock();
  return {
    acquire: () => lock.acquire(),
    release() {
      lock.release();
      lock.release();
    },
  };
}
