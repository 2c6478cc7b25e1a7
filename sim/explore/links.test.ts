/**
 * The gallery's replay links: each violates its check for ever, and only under its schedule.
 *
 * Where a digest differs because the meaning of a run has changed, scripts/digests/replays.ts finds
 * the links anew; a link that has been given away then says that it was made by another version.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../run/run.ts';
import { type Link, parseLink } from '../scenario/codec/link.ts';
import { GALLERY, galleryEntry } from '../scenario/gallery/index.ts';
import { replayLink, scheduleOfLink } from './links.ts';
import { replay } from './replay.ts';
import { scenarioSubject } from './scenario-subject.ts';
import type { Schedule } from './schedule.ts';
import { Search } from './search.ts';

interface Golden {
  readonly scenario: string;
  readonly check: string;
  readonly url: string;
}

const GOLDEN = JSON.parse(
  readFileSync(new URL('../../fixtures/golden/replays.json', import.meta.url), 'utf8'),
) as readonly Golden[];

const RACES = GALLERY.filter((entry) => entry.expect.races.length > 0);

function opened(url: string): { readonly link: Link; readonly schedule: Schedule } {
  const link = parseLink(url);
  if (link.kind === 'error') throw new Error(link.error.message);
  const schedule = scheduleOfLink(link.value);
  if (schedule?.kind !== 'ok') throw new Error('expected a schedule');
  return { link: link.value, schedule: schedule.value };
}

describe('a replay link of the gallery', () => {
  it('is there for every check that a race violates, and there are several races', () => {
    const promised = RACES.flatMap(({ name, expect: { races } }) =>
      races.map((check) => `${name} ${check}`),
    );
    expect(GOLDEN.map(({ scenario, check }) => `${scenario} ${check}`)).toEqual(promised);
    expect(RACES.length).toBeGreaterThanOrEqual(5);
  });

  it.each(GOLDEN)('$scenario ends in $check, with the digest it promises', ({ check, url }) => {
    const { link, schedule } = opened(url);
    const replayed = replay(scenarioSubject(link.scenario), schedule);
    expect(replayed).toMatchObject({ kind: 'ok' });
    if (replayed.kind === 'error') return;
    expect(replayed.value.violated).toContain(check);
    expect(replayed.value.digest.slice(0, 16)).toBe(link.digest);
  });

  it.each(GOLDEN)('$scenario passes without its schedule: $check', ({ url }) => {
    const { link } = opened(url);
    const { verdict } = runScenario(link.scenario, { keepTrace: false });
    expect(verdict).toBe('passed');
  });

  it.each(GOLDEN)(
    '$scenario fits into 200 characters, few choices, and is canonical',
    ({ url }) => {
      const { link, schedule } = opened(url);
      expect(url.length).toBeLessThanOrEqual(200);
      expect(schedule.length).toBeGreaterThan(0);
      const digest = link.digest ?? '';
      const again = replayLink('https://interlock.example/', { ...link, schedule, digest });
      expect(again).toBe(url);
    },
  );
});

describe('the repaired twin of a race', () => {
  it.each(RACES.map(({ name, twin }) => [name, twin ?? 'none'] as const))(
    'of %s is proved: no schedule violates anything',
    (_, twin) => {
      const search = new Search(scenarioSubject(galleryEntry(twin).scenario));
      while (search.advance(1_000));
      expect(search.result()).toMatchObject({ conclusion: 'proved', complete: true });
    },
    60_000,
  );
});
