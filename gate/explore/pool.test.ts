/** Threads find what one thread finds, and none of their deaths is lost. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  conclude,
  DEFAULT_SETTINGS,
  Distribution,
  galleryEntry,
  type SearchResult,
  type SearchSettings,
} from '../../sim/index.ts';
import type { Watch } from './crew.ts';
import { campaignOf, type ExploreJob } from './job.ts';
import { type Guard, poolCrew, type PoolWatched } from './pool.ts';

const PATIENT: Watch = { ending: undefined, show: () => undefined };

function jobOf(name: string, settings: Partial<SearchSettings> = {}): ExploreJob {
  return {
    scenario: galleryEntry(name).scenario,
    bounds: { earlyDeadlines: true },
    settings: { ...DEFAULT_SETTINGS, schedulesMax: 2_000, ...settings },
  };
}

function alone(job: ExploreJob): SearchResult {
  const campaign = campaignOf(job);
  const parts = new Distribution(campaign.heading, campaign.parts, { index: 0, count: 1 });
  for (let part = parts.take(); part !== undefined; part = parts.take()) {
    const search = campaign.search(part);
    while (search.stop === undefined) search.advance(1_000);
    parts.add(search.result());
  }
  return conclude(parts.harvest());
}

async function byThreads(
  job: ExploreJob,
  options: { workers?: number; module?: string; guard?: Guard; watch?: Watch } = {},
): Promise<PoolWatched & { result: SearchResult; notes: string[] }> {
  const { workers = 2, watch = PATIENT, ...more } = options;
  const notes: string[] = [];
  const campaign = campaignOf(job);
  const parts = new Distribution(campaign.heading, campaign.parts, { index: 0, count: 1 });
  const note = (line: string) => notes.push(line);
  const crew = poolCrew({ job, workers, note, ...more });
  const watched = await crew.work(parts, watch);
  return { ...watched, notes, result: conclude(parts.harvest(watched.unfinished)) };
}

afterAll(() => rmSync(join(tmpdir(), `interlock-dying-${process.pid}`), { force: true }));

describe('threads', () => {
  it.each([
    ['a violation', jobOf('wake-up-race', { strategy: 'random' }), 2],
    ['a violation, by classes', jobOf('lock-order-race', { schedulesMax: 100_000 }), 3],
    ['a proof', jobOf('flag-race-repaired', { schedulesMax: 100_000 }), 2],
    ['no proof', jobOf('reference', { strategy: 'pct', schedulesMax: 200 }), 2],
  ])('come to %s as one thread does', async (_, job, workers) => {
    const { result, failure, notes } = await byThreads(job, { workers });
    expect([failure, notes]).toEqual([undefined, []]);
    expect(result).toEqual(alone(job));
  });

  it('end with what they have when somebody ends the search', async () => {
    let shown = 0;
    const watch: Watch = {
      get ending() {
        return shown > 0 ? ('interrupted' as const) : undefined;
      },
      show: ({ schedules }) => {
        if (schedules > 0) shown += 1;
      },
    };
    const job = jobOf('reference', { strategy: 'random', schedulesMax: 1e9 });
    const { result, failure } = await byThreads(job, { watch });
    expect(failure).toBeUndefined();
    expect(result).toMatchObject({ conclusion: 'not-refuted', stop: 'cancelled' });
    expect(result.schedules).toBeGreaterThan(0);
  });

  it('that die are reported, and their part is done anew', async () => {
    const job = jobOf('wake-up-race', { strategy: 'random', stopAtFirst: false });
    const { result, failure, notes } = await byThreads(job, { module: 'testing/dying-worker.ts' });
    expect(failure).toBeUndefined();
    expect(notes.join('\n')).toMatch(/a worker died on part 3, which is done anew/);
    expect(result).toEqual(alone(job));
  });

  it.each([
    ['end themselves', 13],
    ['fill more memory than they may', 12],
  ])('that are guarded and %s end the search at once', async (_, seed) => {
    const job = jobOf('flag-race-repaired', { strategy: 'random', schedulesMax: 1e9, seed });
    const guard = { startMs: 120_000, silentMs: 60_000, memoryMb: 64 };
    const { fault, notes } = await byThreads(job, { module: 'testing/dying-worker.ts', guard });
    expect([fault, notes]).toEqual([{ kind: 'died' }, []]);
  });

  it('that die again and again leave the search inconclusive, and say so', async () => {
    const job = jobOf('flag-race-repaired', { strategy: 'random', seed: 13 });
    const { result, failure } = await byThreads(job, { module: 'testing/dying-worker.ts' });
    expect(failure).toMatch(/^3 workers died on part 3 of the search/);
    expect(result).toMatchObject({ complete: false, stop: 'cancelled' });
  });
});
