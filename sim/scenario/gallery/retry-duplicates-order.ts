/** One order, one uuid, filled several times. */
import { CALM_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const retryDuplicatesOrder = repairedPair(
  {
    name: 'retry-duplicates-order',
    title: 'A retry that fills one order several times',
    shows:
      'A reply in five is slower than the client’s patience; the client sends the same order again, and ' +
      'the gateway executes each copy.',
    input: {
      symbols: THREE_SYMBOLS,
      socket: { receiveTimeoutUs: 20_000, attempts: 5, lostOrder: 'resend' },
      endpoint: {
        dedupe: false,
        faults: { delayPerMillion: 200_000, delayUs: [25_000, 40_000] },
      },
      risk: CALM_RISK,
      acceptance: {
        reason: 'Speed is not asked of a gateway that is slow on purpose.',
        ...RELAXED_SPEED,
        intervalUsMax: 1_000_000,
      },
    },
  },
  ['order.at-most-once', 'pnl.total'],
  {
    shows:
      'A lost reply is an unknown outcome: the client asks what became of it and never sends it again.',
    part: 'socket',
    value: { receiveTimeoutUs: 20_000, attempts: 5, lostOrder: 'query' },
  },
);
