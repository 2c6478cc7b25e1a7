/**
 * Lock-guarded ticks a second of the engine in its worker in a browser: the reference workload,
 * scaled up, with trace, digest and every check on, and the trace sent to the page and let go.
 */
import { atLeast, type Claim } from '../claim.ts';
import { inBrowser } from './browser.ts';
import type { Flow } from './contract.ts';

const TICKS_A_SECOND = 700_000;
const MS_PER_S = 1_000;

export const claim: Claim = {
  name: 'browser/engine-worker',
  says: 'In a browser tab the engine makes nearly as many ticks as in a process of its own.',
  unit: 'ticks/s',
  better: 'more',
  goal: atLeast('interlock, all checks', TICKS_A_SECOND, 'at least 700,000'),
  rounds: 5,
  subjects: [
    {
      name: 'interlock, all checks',
      role: 'ours',
      measure: () =>
        inBrowser(async (page) => {
          const { ticks, events, ms } = await page.evaluate<Flow>('bench.engine()');
          return {
            value: (ticks / ms) * MS_PER_S,
            detail: { ticks, 'events/s': (events / ms) * MS_PER_S },
            isElsewhere: true,
          };
        }),
    },
  ],
};
