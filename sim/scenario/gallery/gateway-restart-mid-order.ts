/** The gateway dies while it executes an order. */
import { REFERENCE_RISK, THREE_SYMBOLS } from './common.ts';
import { sound } from './entry.ts';

export const gatewayRestartMidOrder = sound({
  name: 'gateway-restart-mid-order',
  title: 'The gateway restarts in the middle of an order',
  shows:
    'A reply never comes. The engine asks instead of sending again, and the order is found: executed ' +
    'once, booked once.',
  input: {
    symbols: THREE_SYMBOLS,
    socket: { receiveTimeoutUs: 50_000, attempts: 5 },
    endpoint: {
      serviceUs: [2_000, 4_000],
      faults: {
        crashes: [
          { atUs: 100_000, forUs: 40_000 },
          { atUs: 400_000, forUs: 40_000 },
        ],
      },
    },
    risk: { ...REFERENCE_RISK, guardian: { errors: 1_000, spikes: 1_000 } },
    acceptance: {
      reason:
        'Two outages of 40 ms each with time-outs of 50 ms may hold a signal up for half a second.',
      tradesPerSecondMin: 0,
      latencyUsMax: 500_000,
      intervalUsMax: 1_000_000,
    },
  },
});
