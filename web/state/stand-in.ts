/**
 * The outcome of the first run in its shape, laid out unseen until there is one to show.
 *
 * What it takes of room is what the first verdict will take, at every width and in every language,
 * so nothing moves when that arrives. Known limit: another verdict may be longer or shorter.
 */
import type { CheckResult } from '../../sim/index.ts';
import type { Outcome } from './outcome.ts';

const NONE = { samples: 0, p50: 0, p95: 0, p99: 0, max: 0 } as const;

const violated = (id: CheckResult['id'], count: number): CheckResult => ({
  ...{ id, verdict: 'violated', required: true, examined: 150, count },
  ...{ evidence: [], measured: {} },
});

export const STAND_IN: Outcome = {
  source: 'run',
  verdict: 'violated',
  checks: [
    violated('lock.exclusion', 148),
    violated('lock.capacity', 1),
    violated('socket.alternation', 4),
  ],
  claims: {},
  lock: {
    acquires: 150,
    releases: 150,
    maxHolders: 3,
    overlaps: 148,
    queueDepthMax: 0,
    bypassMax: 0,
    bypassTotal: 0,
    heldUs: 2_558_696,
    waitUs: NONE,
    holdUs: NONE,
    perSymbol: [],
  },
  pnl: undefined,
  acceptance: [],
  elapsedUs: 878_705,
  events: 1_579,
  trades: 74,
  digest: '0'.repeat(32),
  judged: 1,
  lines: 0,
  notes: [],
};
