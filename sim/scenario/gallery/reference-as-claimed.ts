/**
 * The reference said that the work was done while holding the lock; then it cannot reach its speed.
 */
import { REFERENCE_RISK, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const referenceAsClaimed = repairedPair(
  {
    name: 'reference-as-claimed',
    title: 'The reference run, as claimed',
    shows:
      'The 10 to 20 ms of work, the exchange among them, inside an exclusive lock, as the reference ' +
      'said: such a lock allows about 33 trades a second, so its 59.6 cannot be.',
    input: {
      symbols: THREE_SYMBOLS.map((symbol) => ({ ...symbol, intervalUs: [9_000, 17_000] as const })),
      engine: { work: 'inside' },
      risk: REFERENCE_RISK,
      acceptance: {
        reason:
          'The throughput of the reference run, which its own account of itself cannot reach. Whoever ' +
          'queues for 20 ms of work twice signals up to 60 ms apart, so intervals may be 100 ms.',
        intervalUsMax: 100_000,
      },
    },
  },
  ['run.throughput'],
  {
    shows: 'The work moved outside the lock: the same lock excludes and the throughput holds.',
    part: 'engine',
    value: { work: 'outside' },
  },
);
