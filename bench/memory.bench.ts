/**
 * Peak memory of whole runs: the largest resident set of the process, as the system counts it.
 *
 * Includes Node and the compiler that loads TypeScript; a process that only loads the core stands
 * beside, so that the difference can be read.
 */
import type { Claim, Measurement } from './claim.ts';
import { DAY, runAll, ticksOfTheDay } from './workload.ts';

const LIMIT_MB = 512;

function peak(detail?: Measurement['detail']): Measurement {
  const value = process.resourceUsage().maxRSS / 1_024;
  return detail === undefined ? { value } : { value, detail };
}

export const claim: Claim = {
  name: 'memory',
  says: 'Checks and digest stream, so a day of ticks takes no more memory than a minute.',
  unit: 'MB',
  better: 'less',
  goal: {
    text: `at most ${LIMIT_MB} MB each`,
    holds: (medians) => [...medians.values()].every((value) => value <= LIMIT_MB),
  },
  rounds: 3,
  subjects: [
    {
      name: 'a million ticks',
      role: 'ours',
      measure: () => {
        const { ticks, events } = runAll(ticksOfTheDay(1_000_000));
        return peak({ ticks, events });
      },
    },
    {
      name: 'day-at-100ms',
      role: 'ours',
      measure: () => {
        const { ticks, events } = runAll(DAY);
        return peak({ ticks, events });
      },
    },
    { name: 'the core loaded, nothing run', role: 'limit', measure: () => peak() },
  ],
};
