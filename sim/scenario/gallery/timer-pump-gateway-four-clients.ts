/** The same pump with four clients: how its latency grows with them. */
import { PUMP_INPUT } from './common.ts';
import { repairedPair } from './entry.ts';

export const timerPumpFourClients = repairedPair(
  {
    name: 'timer-pump-gateway-four-clients',
    title: 'A gateway on a one-second timer, four clients',
    shows:
      'The same pump with four clients, each with a socket and one request at a time and no thinking: ' +
      'each waits for the others’ wakes too, so the P99 is about 4,000 ms.',
    input: {
      ...PUMP_INPUT,
      endpoint: { pumpUs: 1_000_000, serviceUs: [1_000, 3_000], otherClients: 3 },
    },
  },
  ['run.latency'],
  {
    shows: 'The same four clients on a gateway that serves a message when it arrives.',
    part: 'endpoint',
    value: { serviceUs: [1_000, 3_000], otherClients: 3 },
  },
);
