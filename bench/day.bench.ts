/**
 * A whole trading day as a multiple of real time, from a cold start, as somebody who waits sees it.
 */
import { atLeast, type Claim } from './claim.ts';
import { secondsOf } from './stopwatch.ts';
import { DAY, runAll } from './workload.ts';

export const claim: Claim = {
  name: 'day',
  says: 'Twenty-four hours of 100 ms ticks for three symbols run and are judged in seconds.',
  unit: 'x real time',
  better: 'more',
  goal: atLeast('day-at-100ms', 10_000, 'at least 10,000 times real time'),
  rounds: 3,
  subjects: [
    {
      name: 'day-at-100ms',
      role: 'ours',
      measure: async () => {
        let elapsedUs = 0;
        let ticks = 0;
        const seconds = await secondsOf(() => {
          ({ elapsedUs, ticks } = runAll(DAY));
        });
        return { value: elapsedUs / 1e6 / seconds, detail: { seconds, ticks } };
      },
    },
  ],
};
