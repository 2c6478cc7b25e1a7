/** A failed query that is taken for an empty answer. */
import { RELAXED_SPEED, WALKING_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const failedQueryReadsFlat = repairedPair(
  {
    name: 'failed-query-reads-flat',
    title: 'A failed query that reads as “flat”',
    shows:
      'The gateway answers a position query with an error, the engine takes that for “no position” and ' +
      'opens a second one beyond its limit.',
    input: {
      symbols: WALKING_SYMBOLS.map((symbol) => ({
        ...symbol,
        market: { kind: 'random-walk' as const, exposureBp: [1_500, 1_500] as const },
      })),
      engine: { queryFirst: true, failedQuery: 'read-as-flat' },
      endpoint: { queryErrorPerMillion: 50_000 },
      risk: { breaker: { losses: 1_000 } },
      acceptance: {
        reason: 'Exposure a symbol stays below 20 %, with 15 % a position.',
        ...RELAXED_SPEED,
      },
    },
  },
  ['risk.exposure'],
  {
    shows: 'What is not known is not assumed: the signal is skipped.',
    part: 'engine',
    value: { queryFirst: true, failedQuery: 'skip' },
  },
);
