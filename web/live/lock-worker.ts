/** The worker of the lock. */
import { lifeLocks } from '../workers/life-line.ts';
import { playLock } from './lock-host.ts';
import { stepOnStage } from './thread.ts';

stepOnStage((part, around) => {
  if (part.kind !== 'lock') throw new Error(`expected the part of a lock, got ${part.kind}`);
  playLock(part.casting, part.ports, around, lifeLocks());
  return undefined;
});
