/**
 * Lock-guarded ticks a second in virtual time, the whole run: engine, trace, digest and every
 * check.
 *
 * A tick is a signal of a symbol: lock, request and reply of the gateway, order and books, about
 * ten events. Measured after a run of a tenth of it, as a second run in the same process would be.
 */
import type { Claim } from './claim.ts';
import { secondsOf } from './stopwatch.ts';
import { runAll, ticksOfTheDay } from './workload.ts';

const TICKS = 1_000_000;

export const claim: Claim = {
  name: 'virtual-ticks',
  says: 'A run with everything on makes a million lock-guarded ticks a second.',
  unit: 'ticks/s',
  better: 'more',
  goal: {
    text: 'at least 1,000,000; under 500,000 is not done',
    holds: (medians) => (medians.get('interlock, all checks') ?? 0) >= 1_000_000,
  },
  rounds: 5,
  subjects: [
    {
      name: 'interlock, all checks',
      role: 'ours',
      measure: async () => {
        runAll(ticksOfTheDay(TICKS / 10));
        let events = 0;
        let ticks = 0;
        const seconds = await secondsOf(() => {
          ({ events, ticks } = runAll(ticksOfTheDay(TICKS)));
        });
        return {
          value: ticks / seconds,
          detail: { 'events/s': events / seconds, 'events a tick': events / ticks },
        };
      },
    },
  ],
};
