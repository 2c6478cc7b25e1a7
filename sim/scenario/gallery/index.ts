/** The gallery: every scenario that ships, in the order in which it is best read. */
import { assertExists } from '../../base/assert.ts';
import type { GalleryEntry } from './entry.ts';
import { announcedWait } from './announced-wait.ts';
import { bargingLock } from './barging-lock.ts';
import { booksForgetCommission } from './books-forget-commission.ts';
import { breakerBlocksClose } from './breaker-blocks-close.ts';
import { breakerIgnored } from './breaker-ignored.ts';
import { crossedLocks } from './crossed-locks.ts';
import { dayAt100ms } from './day-at-100ms.ts';
import { doubleRelease } from './double-release.ts';
import { escapingLock } from './escaping-lock.ts';
import { exposureIgnored } from './exposure-ignored.ts';
import { failedQueryReadsFlat } from './failed-query-reads-flat.ts';
import { flagRace } from './flag-race.ts';
import { floatDrift } from './float-drift.ts';
import { gatewayRestartMidOrder } from './gateway-restart-mid-order.ts';
import { handOverRace } from './hand-over-race.ts';
import { heartbeatRace } from './heartbeat-race.ts';
import { heartbeatSharesSocket } from './heartbeat-shares-socket.ts';
import { leaseExpires } from './lease-expires.ts';
import { leaseRace } from './lease-race.ts';
import { limitBlocksClose } from './limit-blocks-close.ts';
import { lockOrderRace } from './lock-order-race.ts';
import { lockPerSymbol } from './lock-per-symbol.ts';
import { lostOnError } from './lost-on-error.ts';
import { lostUpdate } from './lost-update.ts';
import { lostWakeup } from './lost-wakeup.ts';
import { noLock } from './no-lock.ts';
import { reference } from './reference.ts';
import { referenceAsClaimed } from './reference-as-claimed.ts';
import { retryDuplicatesOrder } from './retry-duplicates-order.ts';
import { sharedSlot } from './shared-slot.ts';
import { snapshotGap } from './snapshot-gap.ts';
import { splitUpdateRace } from './split-update-race.ts';
import { timeOutRace } from './time-out-race.ts';
import { timeoutLeavesEfsm } from './timeout-leaves-efsm.ts';
import { timeoutsCount } from './timeouts-count.ts';
import { timerPumpGateway } from './timer-pump-gateway.ts';
import { timerPumpFourClients } from './timer-pump-gateway-four-clients.ts';
import { twentySymbols1ms } from './twenty-symbols-1ms.ts';
import { wakeUpRace } from './wake-up-race.ts';
import { withdrawalRace } from './withdrawal-race.ts';

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
  ...flagRace,
  ...wakeUpRace,
  ...handOverRace,
  ...timeOutRace,
  ...withdrawalRace,
  ...leaseRace,
  ...lockOrderRace,
  ...heartbeatRace,
  ...splitUpdateRace,
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
