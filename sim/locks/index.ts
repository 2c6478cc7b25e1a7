/** Every lock by its name: the correct ones and the faulty zoo. */
import type { LockImplementation } from './contract.ts';
import { fifo } from './fifo.ts';

export const LOCKS = {
  fifo,
} as const satisfies Record<string, LockImplementation>;

export type LockName = keyof typeof LOCKS;
export const LOCK_NAMES = Object.keys(LOCKS) as [LockName, ...LockName[]];
