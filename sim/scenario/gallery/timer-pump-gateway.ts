/** A gateway that wakes once a second and serves one message. */
import { NO_EXPOSURE_LIMIT, PUMP_REASON } from './common.ts';
import { repairedPair } from './entry.ts';

export const timerPumpGateway = repairedPair(
  {
    name: 'timer-pump-gateway',
    title: 'A gateway on a one-second timer, one client',
    shows:
      'Service rule: one message a wake of a 1 s timer. One client with one socket, one request at a ' +
      'time, 10 to 20 ms of thinking: P99 about 1,000 ms, whatever the network does.',
    input: {
      symbols: [{ name: 'BTCUSD.s', signals: 1_200 }],
      socket: { receiveTimeoutUs: 30_000_000 },
      endpoint: { pumpUs: 1_000_000, serviceUs: [1_000, 3_000] },
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
    shows: 'The gateway serves a message when it arrives.',
    part: 'endpoint',
    value: { serviceUs: [1_000, 3_000] },
  },
);
