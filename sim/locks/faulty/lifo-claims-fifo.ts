/** The last to come is served first, under a promise of order of arrival. */
import type { LockImplementation } from '../contract.ts';
import { LifoMutex } from '../lifo.ts';

export const lifoClaimsFifo: LockImplementation = {
  name: 'lifo-claims-fifo',
  about: 'Faulty: promises order of arrival and serves the waiter that came last.',
  fairness: { kind: 'fifo' },
  create: (effects) => new LifoMutex(effects),
};
