/** A wait announced as 5 s that takes 7.5 s. */
import { CALM_RISK, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const announcedWait = repairedPair(
  {
    name: 'announced-wait',
    title: 'A wait announced as 5 s that takes 7.5 s',
    shows: 'Three attempts of 2.5 s each are 7.5 s; whoever announces 5 s has not multiplied.',
    input: {
      symbols: THREE_SYMBOLS,
      socket: { receiveTimeoutUs: 2_500_000, attempts: 3 },
      endpoint: { faults: { stalls: [{ atUs: 300_000, forUs: 20_000_000 }] } },
      risk: CALM_RISK,
      acceptance: {
        reason: 'The wait that was announced: 5 s for one request, whatever its attempts.',
        tradesPerSecondMin: 0,
        latencyUsMax: 5_000_000,
        intervalUsMax: 60_000_000,
        recoveryUs: 60_000_000,
      },
    },
  },
  ['run.latency'],
  {
    shows: 'Attempts that fit into what was announced.',
    part: 'socket',
    value: { receiveTimeoutUs: 400_000, attempts: 3 },
  },
);
