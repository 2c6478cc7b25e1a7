/**
 * Orders under faults through the real bridge: none twice, each outcome known, to the last cent.
 */
import { expect, it } from 'vitest';
import { soak } from './testing/soak.ts';

const SMALL = { pages: 4, symbolsEach: 3, orders: 60, timeoutUs: 50_000 };

it('are filled at most once, asked for when unknown, and the ledger is the books', async () => {
  const result = await soak({
    ...SMALL,
    endpoint: {
      serviceUs: [0, 100],
      faults: {
        ...{ dropRequestPerMillion: 5_000, dropReplyPerMillion: 10_000 },
        ...{ duplicatePerMillion: 20_000, delayPerMillion: 5_000, delayUs: [60_000, 90_000] },
        crashes: [{ atUs: 300_000, forUs: 100_000 }],
      },
    },
  });
  expect(result).toMatchObject({
    ...{ orders: 720, filledTwice: 0, stateErrors: 0, leftOpen: 0, allAnswered: true },
    unknown: result.executed + result.notExecuted,
    ledgerCents: result.booksCents,
  });
  expect(result.filled + result.failed + result.unknown).toBe(result.orders);
  expect(result.unknown).toBeGreaterThan(0);
});

it('show a gateway that fills an order again when its message was doubled', async () => {
  const faults = { duplicatePerMillion: 200_000 };
  const endpoint = { serviceUs: [0, 100], dedupe: false, faults };
  const result = await soak({ ...SMALL, endpoint });
  expect(result.filledTwice + Math.abs(result.ledgerCents - result.booksCents)).toBeGreaterThan(0);
});
