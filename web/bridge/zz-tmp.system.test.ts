/**
 * A hundred thousand orders under faults: a minute or two on a machine that has nothing else to do.
 */
import { expect, it } from 'vitest';
import { soak } from './testing/soak.ts';

/** Longer than it takes on a machine that has. */
const MINUTES_MS = 600_000;

it(
  '100,000 orders: none filled twice, no socket stuck, ledger and books equal',
  async () => {
    const result = await soak({
      ...{ pages: 8, symbolsEach: 3, orders: 4_167, timeoutUs: 50_000 },
      endpoint: {
        serviceUs: [0, 50],
        faults: {
          ...{ dropRequestPerMillion: 500, dropReplyPerMillion: 1_000 },
          ...{ duplicatePerMillion: 5_000, delayPerMillion: 500, delayUs: [60_000, 90_000] },
          crashes: [2_000_000, 9_000_000, 20_000_000].map((atUs) => ({ atUs, forUs: 300_000 })),
        },
      },
    });
    console.log(result, process.memoryUsage().rss / 1e6); expect(result).toMatchObject({
      ...{ orders: 100_008, filledTwice: 0, stateErrors: 0, leftOpen: 0, allAnswered: true },
      unknown: result.executed + result.notExecuted,
      ledgerCents: result.booksCents,
    });
    expect(result.unknown).toBeGreaterThan(0);
  },
  MINUTES_MS,
);
