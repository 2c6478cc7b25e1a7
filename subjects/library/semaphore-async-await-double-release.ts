/** semaphore-async-await released twice: by the section, and by a `finally` once more. */
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
