/** Every check, in the order of CHECK_IDS. */
import { type Check, CHECK_IDS, type CheckId } from '../contract.ts';
import { lockBypass } from './lock-bypass.ts';
import { lockCapacity } from './lock-capacity.ts';
import { lockDeadlock } from './lock-deadlock.ts';
import { lockExclusion } from './lock-exclusion.ts';
import { lockFifo } from './lock-fifo.ts';
import { lockLostWakeup } from './lock-lost-wakeup.ts';
import { lockOwnership } from './lock-ownership.ts';
import { lockPairing } from './lock-pairing.ts';
import { lockStarvation } from './lock-starvation.ts';
import { metricsIsolation } from './metrics-isolation.ts';
import { orderAnswered } from './order-answered.ts';
import { orderAtMostOnce } from './order-at-most-once.ts';
import { pnlLedger } from './pnl-ledger.ts';
import { pnlTotal } from './pnl-total.ts';
import { riskBreaker } from './risk-breaker.ts';
import { riskCloseAllowed } from './risk-close-allowed.ts';
import { riskExposure } from './risk-exposure.ts';
import { runConcurrency } from './run-concurrency.ts';
import { runLatency } from './run-latency.ts';
import { runThroughput } from './run-throughput.ts';
import { socketAlternation } from './socket-alternation.ts';
import { socketRecovery } from './socket-recovery.ts';

const BY_ID: Readonly<Record<CheckId, Check>> = {
  'lock.pairing': lockPairing,
  'lock.exclusion': lockExclusion,
  'lock.ownership': lockOwnership,
  'lock.fifo': lockFifo,
  'lock.bypass': lockBypass,
  'lock.lost-wakeup': lockLostWakeup,
  'lock.deadlock': lockDeadlock,
  'lock.starvation': lockStarvation,
  'lock.capacity': lockCapacity,
  'socket.alternation': socketAlternation,
  'socket.recovery': socketRecovery,
  'order.at-most-once': orderAtMostOnce,
  'order.answered': orderAnswered,
  'pnl.total': pnlTotal,
  'pnl.ledger': pnlLedger,
  'metrics.isolation': metricsIsolation,
  'risk.breaker': riskBreaker,
  'risk.close-allowed': riskCloseAllowed,
  'risk.exposure': riskExposure,
  'run.concurrency': runConcurrency,
  'run.throughput': runThroughput,
  'run.latency': runLatency,
};

export const CHECKS: readonly Check[] = CHECK_IDS.map((id) => BY_ID[id]);

/** The check of that id. */
export function checkOf(id: CheckId): Check {
  return BY_ID[id];
}
