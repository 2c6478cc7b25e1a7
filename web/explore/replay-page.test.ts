/** The page opens a replay link with its story, and keeps the work where the schedule is wrong. */
import { expect, test } from 'vitest';
import { assertExists, galleryEntry, replayLink, scheduleOfLink } from '../../sim/index.ts';
import { Page } from '../shell/page.svelte.ts';
import { shareSubjectOf } from '../shell/shared.ts';
import { readAddress } from '../state/address.ts';
import { Preferences } from '../state/preferences.svelte.ts';
import { liveStage } from '../state/live-stand-in.ts';
import { memoryStore } from '../state/recent-runs-store.ts';
import { RecentRuns } from '../state/recent-runs.svelte.ts';
import { Session } from '../state/session.svelte.ts';
import { EngineHost } from '../workers/engine-host.ts';
import type { Work } from '../workers/engine-contract.ts';
import type { ExploreDoor } from '../workers/explore-client.ts';
import { ExploreHost } from '../workers/explore-host.ts';
import { Explorer } from './explorer.svelte.ts';

const BASE = 'https://lab.example/play/';
const { scenario } = galleryEntry('flag-race');

/** A page with an engine that opens and runs nothing, and an explorer without a worker. */
function stage(tell?: ExploreDoor['tell']) {
  const engine = new EngineHost({ nowMs: () => 0, later: () => undefined, send: () => undefined });
  const opened: Work[] = [];
  const session = new Session(() => ({
    open: (work) => {
      opened.push(work);
      return Promise.resolve(engine.open(1, work, { kind: 'rest' }));
    },
    pursue: () => Promise.resolve(),
    step: () => Promise.resolve(),
    cancel: () => Promise.resolve(),
  }));
  const bar = { hash: '', shown: [] as string[] };
  const page = new Page(session, new Preferences(null, ['en']), {
    base: BASE,
    hash: () => bar.hash,
    replace: (address) => bar.shown.push(address),
    memory: null,
    recent: new RecentRuns(memoryStore(), () => 0),
    liveDoors: () => Promise.resolve(liveStage().doors),
  });
  const host = new ExploreHost({ nowMs: () => 0, turn: () => Promise.resolve() });
  page.explorer = new Explorer({
    start: (work, plan, hear) => {
      const ended = host.explore(work, plan, hear);
      return { ended, cancel: () => host.cancel(), close: () => undefined };
    },
    tell: tell ?? ((...asked) => Promise.resolve(host.tell(...asked))),
  });
  return { page, session, bar, opened };
}

const link = (at: number, pick: number): string => {
  const url = replayLink(BASE, { scenario, schedule: [{ at, pick }], digest: '0'.repeat(16) });
  return new URL(url).hash;
};

test('a replay link opens its run, its story and the story’s tab', async () => {
  const { page, session, bar } = stage();
  bar.hash = link(4, 1);
  await page.start();
  const parsed = readAddress(bar.hash);
  const schedule = parsed?.kind === 'ok' ? parsed.value.schedule : undefined;
  expect(session.schedule).toBe(assertExists(schedule, 'expected a schedule in the link'));
  expect(scheduleOfLink({ schedule })).toMatchObject({ kind: 'ok', value: [{ at: 4, pick: 1 }] });
  expect(page.dockTab).toBe('story');
  expect(page.explorer?.storyOf(session.scenario, session.schedule)).toBeDefined();
  expect(page.trouble).toBeUndefined();
});

test.each([
  ['does not fit', link(9_999, 1)],
  ['is damaged', link(4, 1).replace(/&p=[^&]*/, '&p=0-')],
  ['is of another version', link(4, 1).replace(/&p=0/, '&p=7')],
])('a schedule that %s leaves the work and says what is wrong', async (_, hash) => {
  const { page, session, bar, opened } = stage();
  await page.start();
  page.pick('reference');
  await Promise.resolve();
  const mine = session.scenario;
  bar.hash = hash;
  await page.readAddress();
  expect(page.trouble?.kind).toBe('link');
  expect(session.scenario).toBe(mine);
  expect(session.schedule).toBeUndefined();
  expect(opened).toHaveLength(2);
});

test('a link whose story cannot be told still replays its run', async () => {
  const { page, session, bar } = stage(() => Promise.reject(new Error('gone')));
  bar.hash = link(4, 1);
  await page.start();
  expect(session.schedule).toBeDefined();
  expect(page.explorer?.failure).toBe('gone');
  expect(page.explorer?.storyOf(session.scenario, session.schedule)).toBeUndefined();
});

test('what is found is shown, in the address and in what is shared', async () => {
  const { page, session, bar } = stage();
  await page.exploreEntry('flag-race');
  await Promise.resolve();
  const told = assertExists(page.explorer?.told, 'expected a story');
  expect(session.schedule).toBe(told.schedule);
  expect(shareSubjectOf(page)).toMatchObject({ kind: 'run', schedule: told.schedule });
  await page.follow(assertExists(session.scenario, 'expected a scenario'));
  expect(bar.shown.at(-1)).toContain(`&p=${told.schedule}`);
});

test('what is found while the reader has gone elsewhere takes nothing away', async () => {
  const { page, session } = stage();
  const exploring = page.exploreEntry('flag-race');
  page.pick('reference');
  await exploring;
  expect(session.schedule).toBeUndefined();
  expect(page.explorer?.end?.violation).toBeDefined();
});

test('running it again replays the same schedule; another scenario runs without', async () => {
  const { page, session, opened } = stage();
  await page.exploreEntry('flag-race');
  const schedule = assertExists(session.schedule, 'expected a replay');
  session.play();
  expect(opened.at(-1)).toMatchObject({ kind: 'scenario', schedule });
  page.pick('reference');
  expect(session.schedule).toBeUndefined();
});
