/** The same pump with four clients: how its latency grows with them. */
import { NO_EXPOSURE_LIMIT, PUMP_REASON } from './common.ts';
import { repairedPair } from './entry.ts';

export const timerPumpFourClients = repairedPair(
  {
    name: 'timer-pump-gateway-four-clients',
    title: 'A gateway on a one-second timer, four clients',
    shows:
      'The same pump with four clients, each with a socket and one request at a time and no thinking: ' +
      'each waits for the others’ wakes too, so the P99 is about 4,000 ms.',
    input: {
      symbols: [{ name: 'BTCUSD.s', signals: 1_200 }],
      socket: { receiveTimeoutUs: 30_000_000 },
      endpoint: { pumpUs: 1_000_000, serviceUs: [1_000, 3_000], otherClients: 3 },
      risk: {
        breaker: { losses: 1_000 },
        guardian: { errors: 100_000, spikes: 100_000 },
        ...NO_EXPOSURE_LIMIT,
        drawdown: { equityCents: 1e12 },
      },
      acceptance: {
        reason: PUMP_REASON,
        symbolsMin: 1,
        intervalUsMax: 60_000_000,
        tradesPerSecondMin: 0,
      },
    },
  },
  ['run.latency'],
  {
    shows: 'The same four clients on a gateway that serves a message when it arrives.',
    part: 'endpoint',
    value: { serviceUs: [1_000, 3_000], otherClients: 3 },
  },
);
