/** A newcomer that takes the lock from under the waiters. */
import { FAIRNESS_REASON, REFERENCE_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const bargingLock = repairedPair(
  {
    name: 'barging-lock',
    title: 'A lock that promises order and lets newcomers barge in',
    shows: 'The lock excludes, but it promises first come, first served and does not keep to it.',
    input: {
      symbols: THREE_SYMBOLS.map((symbol) => ({ ...symbol, intervalUs: [1_000, 4_000] as const })),
      lock: { name: 'barging-claims-fifo' },
      risk: REFERENCE_RISK,
      acceptance: { reason: FAIRNESS_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.fifo', 'lock.bypass'],
  {
    shows: 'A lock that keeps its promise.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);
