/**
 * Schedules a second by one core and by two: the same search, in threads of the command line's
 * pool, the time from the first part that is handed out to the last that is in.
 *
 * Threads are begun and warmed up before the clock starts, by a search of their own. Known limit: a
 * machine that does something else meanwhile has less than two cores to give; what both together
 * got of them is in the detail.
 */
import { cpuUsage } from 'node:process';
import { poolCrew } from '../gate/explore/pool.ts';
import { campaignOf, type ExploreJob } from '../gate/explore/job.ts';
import { conclude, DEFAULT_SETTINGS, Distribution, galleryEntry } from '../sim/index.ts';
import type { Claim, Measurement } from './claim.ts';
import { secondsOf } from './stopwatch.ts';

const SCHEDULES = 120_000;
const ONE = 'one thread';
const TWO = 'two threads';

const job: ExploreJob = {
  scenario: galleryEntry('flag-race-repaired').scenario,
  bounds: { earlyDeadlines: true },
  settings: { ...DEFAULT_SETTINGS, strategy: 'random', schedulesMax: SCHEDULES },
};

async function byThreads(workers: number): Promise<Measurement> {
  const campaign = campaignOf(job);
  const parts = new Distribution(campaign.heading, campaign.parts, { index: 0, count: 1 });
  let firstMs = Infinity;
  let atFirst = 0;
  const watch = {
    ending: undefined,
    show: ({ schedules }: { readonly schedules: number }): void => {
      if (atFirst > 0 || schedules < SCHEDULES / 4) return;
      firstMs = performance.now();
      atFirst = schedules;
    },
  };
  const crew = poolCrew({ job, workers, note: (line) => process.stderr.write(`${line}\n`) });
  const before = cpuUsage();
  const seconds = await secondsOf(async () => void (await crew.work(parts, watch)));
  const { user } = cpuUsage(before);
  const { schedules, conclusion } = conclude(parts.harvest());
  if (conclusion !== 'not-refuted' || schedules !== SCHEDULES) {
    throw new Error(`expected ${SCHEDULES} schedules without a violation, got ${conclusion}`);
  }
  // The first quarter is for threads to begin and compile.
  const measured = (performance.now() - firstMs) / 1_000;
  return {
    value: (schedules - atFirst) / measured,
    detail: { secondsInAll: seconds, coresUsed: user / 1e6 / seconds },
  };
}

export const claim: Claim = {
  name: 'explore-scaling',
  says: 'Two cores try nearly twice as many schedules as one.',
  unit: 'schedules/s',
  better: 'more',
  goal: {
    text: 'at least 1.6 times as many by two threads as by one',
    holds: (medians) => (medians.get(TWO) ?? 0) >= 1.6 * (medians.get(ONE) ?? Infinity),
  },
  rounds: 3,
  subjects: [
    { name: TWO, role: 'ours', measure: () => byThreads(2) },
    { name: ONE, role: 'ours', measure: () => byThreads(1) },
  ],
};
