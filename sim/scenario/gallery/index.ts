/** The gallery: every scenario that ships, in the order in which it is best read. */
import { assertExists } from '../../base/assert.ts';
import type { GalleryEntry } from './entry.ts';
import { escapingLock } from './escaping-lock.ts';
import { bargingLock, crossedLocks, lostOnError, lostWakeup } from './lock-order.ts';
import {
  doubleRelease,
  heartbeatSharesSocket,
  leaseExpires,
  lockPerSymbol,
  noLock,
} from './locks-on-one-socket.ts';
import { booksForgetCommission, floatDrift, lostUpdate, sharedSlot, snapshotGap } from './money.ts';
import { dayAt100ms, gatewayRestartMidOrder, twentySymbols1ms } from './pleasures.ts';
import { reference, referenceAsClaimed } from './reference.ts';
import {
  breakerBlocksClose,
  breakerIgnored,
  exposureIgnored,
  failedQueryReadsFlat,
  limitBlocksClose,
} from './risk.ts';
import {
  announcedWait,
  retryDuplicatesOrder,
  timeoutLeavesEfsm,
  timeoutsCount,
  timerPumpFourClients,
  timerPumpGateway,
} from './slow-gateway.ts';

export type { Expectation, GalleryEntry } from './entry.ts';

export const GALLERY: readonly GalleryEntry[] = [
  reference,
  ...referenceAsClaimed,
  ...escapingLock,
  ...noLock,
  ...lockPerSymbol,
  ...heartbeatSharesSocket,
  ...leaseExpires,
  ...doubleRelease,
  ...crossedLocks,
  ...lostWakeup,
  ...bargingLock,
  ...lostOnError,
  ...timeoutLeavesEfsm,
  ...retryDuplicatesOrder,
  ...timerPumpGateway,
  ...timerPumpFourClients,
  ...timeoutsCount,
  ...announcedWait,
  ...snapshotGap,
  ...floatDrift,
  ...lostUpdate,
  ...sharedSlot,
  ...booksForgetCommission,
  ...breakerBlocksClose,
  ...limitBlocksClose,
  ...failedQueryReadsFlat,
  ...exposureIgnored,
  ...breakerIgnored,
  twentySymbols1ms,
  gatewayRestartMidOrder,
  dayAt100ms,
];

const BY_NAME = new Map(GALLERY.map((entry) => [entry.name, entry]));

/** The scenario of that name, or undefined. */
export function findEntry(name: string): GalleryEntry | undefined {
  return BY_NAME.get(name);
}

/** The scenario of that name, which must exist. */
export function galleryEntry(name: string): GalleryEntry {
  return assertExists(findEntry(name), `expected a gallery scenario, got ${name}`);
}
