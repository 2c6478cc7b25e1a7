/**
 * async-lock with `maxExecutionTime`: past it the next one is let in while the last one goes on.
 */
import AsyncLock from 'async-lock';

type Section = () => Promise<void>;

export function createLock() {
  const lock = new AsyncLock({ maxExecutionTime: 1_000 });
  return { run: (section: Section) => lock.acquire('socket', section) };
}
