/**
 * async-mutex with a time-out and `mutex.release()` in `finally`: who never held it gives it back.
 */
import { Mutex, withTimeout } from 'async-mutex';

export function createLock() {
  const mutex = new Mutex();
  const patient = withTimeout(mutex, 1_000);
  return {
    async run(section: () => Promise<void>) {
      try {
        await patient.acquire();
        await section();
      } finally {
        mutex.release();
      }
    },
  };
}
