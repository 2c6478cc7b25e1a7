import { RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

const WALKING = THREE_SYMBOLS.map((symbol) => ({
  ...symbol,
  signals: 100,
  market: { kind: 'random-walk' as const },
}));

/** An open breaker that keeps a position open. */
export const breakerBlocksClose = repairedPair(
  {
    name: 'breaker-blocks-close',
    title: 'A breaker that keeps positions open',
    shows:
      'The breaker trips while positions are open, and then refuses the orders that would close them.',
    input: {
      symbols: WALKING,
      risk: { reducing: 'limited', breaker: { losses: 3, cooldownUs: 500_000 } },
      acceptance: {
        reason: 'The breaker is meant to trip here; closing must be possible all the same.',
        ...RELAXED_SPEED,
        breakerTripsMax: 100,
      },
    },
  },
  ['risk.close-allowed'],
  {
    shows: 'Orders that reduce a position pass every rule.',
    part: 'risk',
    value: { reducing: 'always', breaker: { losses: 3, cooldownUs: 500_000 } },
  },
);

/** Exposure limits that count a closing order as more exposure. */
export const limitBlocksClose = repairedPair(
  {
    name: 'limit-blocks-close',
    title: 'A limit that refuses to reduce',
    shows:
      'At the exposure limit, the rule refuses the very orders that would bring the exposure down.',
    input: {
      symbols: WALKING.map((symbol) => ({
        ...symbol,
        market: { kind: 'random-walk' as const, exposureBp: [1_000, 1_000] as const },
      })),
      risk: { reducing: 'limited', exposureSymbolBpMax: 1_000, breaker: { losses: 1_000 } },
      acceptance: { reason: 'Closing must be possible at any limit.', ...RELAXED_SPEED },
    },
  },
  ['risk.close-allowed'],
  {
    shows: 'Orders that reduce a position pass every rule.',
    part: 'risk',
    value: { reducing: 'always', exposureSymbolBpMax: 1_000, breaker: { losses: 1_000 } },
  },
);

/** A failed query that is taken for an empty answer. */
export const failedQueryReadsFlat = repairedPair(
  {
    name: 'failed-query-reads-flat',
    title: 'A failed query that reads as “flat”',
    shows:
      'The gateway answers a position query with an error, the engine takes that for “no position” and ' +
      'opens a second one beyond its limit.',
    input: {
      symbols: WALKING.map((symbol) => ({
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

/** Limits that nobody asks. */
export const exposureIgnored = repairedPair(
  {
    name: 'exposure-ignored',
    title: 'Limits that nobody asks',
    shows: 'The limits are configured, and no order is ever held against them.',
    input: {
      symbols: THREE_SYMBOLS,
      risk: { exposureLimit: 'ignored', exposureSymbolBpMax: 400, breaker: { losses: 1_000 } },
      acceptance: { reason: 'Exposure a symbol stays below 4 %.', ...RELAXED_SPEED },
    },
  },
  ['risk.exposure'],
  {
    shows: 'Each opening order is held against the limits before it is sent.',
    part: 'risk',
    value: { exposureSymbolBpMax: 400, breaker: { losses: 1_000 } },
  },
);

/** A breaker that nobody listens to. */
export const breakerIgnored = repairedPair(
  {
    name: 'breaker-ignored',
    title: 'A breaker that nobody listens to',
    shows: 'Three losses in a row, and the engine goes on opening positions.',
    input: {
      symbols: THREE_SYMBOLS,
      risk: { breaker: { rule: 'ignored', losses: 3 } },
      acceptance: {
        reason: 'The breaker may trip here, and must then hold.',
        ...RELAXED_SPEED,
        breakerTripsMax: 100,
      },
    },
  },
  ['risk.breaker'],
  {
    shows: 'An open breaker lets no opening order through until it has cooled down.',
    part: 'risk',
    value: { breaker: { losses: 3 } },
  },
);
