/** Latency figures that leave the time-outs out. */
import { CALM_RISK, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const timeoutsCount = repairedPair(
  {
    name: 'timeouts-count',
    title: 'Time-outs are latency too',
    shows:
      'One reply in fifty is lost. Whoever averages the replies that came sees 3 ms; the signals that ' +
      'waited for the others took hundreds.',
    input: {
      symbols: THREE_SYMBOLS.map((symbol) => ({ ...symbol, signals: 400 })),
      socket: { receiveTimeoutUs: 200_000 },
      endpoint: { faults: { dropReplyPerMillion: 20_000 } },
      risk: CALM_RISK,
      acceptance: {
        reason:
          'Latency as in the reference, measured to the consumed reply, time-outs and retries included.',
        tradesPerSecondMin: 0,
        intervalUsMax: 10_000_000,
      },
    },
  },
  ['run.latency'],
  {
    shows: 'A network that loses nothing.',
    part: 'endpoint',
    value: {},
  },
);
