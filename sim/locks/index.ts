/** Every lock by its name: the correct ones and the faulty zoo. */
import type { LockImplementation } from './contract.ts';
import { admitsTwo } from './faulty/admits-two.ts';
import { bargingClaimsFifo } from './faulty/barging-claims-fifo.ts';
import { bypassOver } from './faulty/bypass-over.ts';
import { checkThenAct } from './faulty/check-then-act.ts';
import { doubleGrant } from './faulty/double-grant.ts';
import { doubleRelease } from './faulty/double-release.ts';
import { dropsWhenFull } from './faulty/drops-when-full.ts';
import { escaping } from './faulty/escaping.ts';
import { foreignRelease } from './faulty/foreign-release.ts';
import { forgetsRelease } from './faulty/forgets-release.ts';
import { ghostWaiter } from './faulty/ghost-waiter.ts';
import { grantsTwoAfterCancel } from './faulty/grants-two-after-cancel.ts';
import { leaseExpires } from './faulty/lease-expires.ts';
import { lifoClaimsFifo } from './faulty/lifo-claims-fifo.ts';
import { lostWakeup } from './faulty/lost-wakeup.ts';
import { none } from './faulty/none.ts';
import { perSymbol } from './faulty/per-symbol.ts';
import { starving } from './faulty/starving.ts';
import { staysShut } from './faulty/stays-shut.ts';
import { timeoutFreesHolder } from './faulty/timeout-frees-holder.ts';
import { timeoutLosesWakeup } from './faulty/timeout-loses-wakeup.ts';
import { wakesAll } from './faulty/wakes-all.ts';
import { fifo } from './fifo.ts';
import { lifo } from './lifo.ts';
import { priorityBounded } from './priority-bounded.ts';
import { randomOrder } from './random-order.ts';
import { roundRobin } from './round-robin.ts';

export const LOCKS = {
  fifo,
  lifo,
  'priority-bounded': priorityBounded,
  'random-order': randomOrder,
  'round-robin': roundRobin,
  'admits-two': admitsTwo,
  'barging-claims-fifo': bargingClaimsFifo,
  'bypass-over': bypassOver,
  'check-then-act': checkThenAct,
  'double-grant': doubleGrant,
  'double-release': doubleRelease,
  'drops-when-full': dropsWhenFull,
  escaping,
  'foreign-release': foreignRelease,
  'forgets-release': forgetsRelease,
  'ghost-waiter': ghostWaiter,
  'grants-two-after-cancel': grantsTwoAfterCancel,
  'lease-expires': leaseExpires,
  'lifo-claims-fifo': lifoClaimsFifo,
  'lost-wakeup': lostWakeup,
  none,
  'per-symbol': perSymbol,
  starving,
  'stays-shut': staysShut,
  'timeout-frees-holder': timeoutFreesHolder,
  'timeout-loses-wakeup': timeoutLosesWakeup,
  'wakes-all': wakesAll,
} as const satisfies Record<string, LockImplementation>;

export type LockName = keyof typeof LOCKS;
export const LOCK_NAMES = Object.keys(LOCKS) as [LockName, ...LockName[]];
