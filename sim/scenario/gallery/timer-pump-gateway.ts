/** A gateway that wakes once a second and serves one message. */
import { PUMP_INPUT } from './common.ts';
import { repairedPair } from './entry.ts';

export const timerPumpGateway = repairedPair(
  {
    name: 'timer-pump-gateway',
    title: 'A gateway on a one-second timer, one client',
    shows:
      'Service rule: one message a wake of a 1 s timer. One client with one socket, one request at a ' +
      'time, 10 to 20 ms of thinking: P99 about 1,000 ms, whatever the network does.',
    input: { ...PUMP_INPUT, endpoint: { pumpUs: 1_000_000, serviceUs: [1_000, 3_000] } },
  },
  ['run.latency'],
  {
    shows: 'The gateway serves a message when it arrives.',
    part: 'endpoint',
    value: { serviceUs: [1_000, 3_000] },
  },
);
