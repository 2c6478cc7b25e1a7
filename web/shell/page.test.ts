import { expect, test } from 'vitest';
import type { Recorded } from '../live/contract.ts';
import { addressOf } from '../state/address.ts';
import { Preferences } from '../state/preferences.svelte.ts';
import { memoryStore } from '../state/recent-runs-store.ts';
import { CONNECTED, liveStage } from '../state/live-stand-in.ts';
import { RecentRuns } from '../state/recent-runs.svelte.ts';
import { Session } from '../state/session.svelte.ts';
import { galleryEntry, LogCheck, runScenario, type Scenario } from '../../sim/index.ts';
import { EngineHost } from '../workers/engine-host.ts';
import { Page } from './page.svelte.ts';
import { shareSubjectOf } from './shared.ts';

const BASE = 'https://lab.example/play/';

/** A page whose engine opens what it is told and runs nothing, with an address bar to look at. */
function stage(hash = '', base = BASE, store = memoryStore(), live = liveStage()) {
  const host = new EngineHost({ nowMs: () => 0, later: () => undefined, send: () => undefined });
  const session = new Session(() => ({
    open: (work) => Promise.resolve(host.open(1, work, { kind: 'rest' })),
    pursue: () => Promise.resolve(),
    step: () => Promise.resolve(),
    cancel: () => Promise.resolve(),
  }));
  const bar = { hash, shown: [] as string[] };
  const page = new Page(session, new Preferences(null, ['en']), {
    base,
    hash: () => bar.hash,
    replace: (address) => bar.shown.push(address),
    memory: null,
    recent: new RecentRuns(store, () => 0),
    liveDoors: () => Promise.resolve(live.doors),
  });
  return { page, session, bar };
}

/** Lets what was opened arrive, and the address follow it as the page's effect does. */
async function settled({ page, session }: { page: Page; session: Session }): Promise<Scenario> {
  await Promise.resolve();
  const { scenario } = session;
  if (scenario === undefined) throw new Error('expected an opened scenario');
  await page.follow(scenario);
  return scenario;
}

test('a bare address opens the escaping lock and stays bare', async () => {
  const at = stage();
  await at.page.start();
  expect((await settled(at)).lock.name).toBe('escaping');
  expect(at.bar.shown).toEqual([]);
});

test('the address follows what the reader picks, and leads back to the same scenario', async () => {
  const at = stage();
  await at.page.start();
  await settled(at);
  at.page.pick('snapshot-gap');
  const scenario = await settled(at);
  expect(at.bar.shown).toEqual([addressOf(BASE, scenario)]);
  const other = stage(new URL(at.bar.shown[0] ?? '').hash);
  await other.page.start();
  expect(await settled(other)).toEqual(scenario);
  expect(other.bar.shown).toEqual([]);
});

test('a damaged link leaves the work as it is and says what is wrong', async () => {
  const at = stage();
  await at.page.start();
  at.page.pick('reference');
  const mine = await settled(at);
  at.bar.hash = '#s1=cut-off';
  await at.page.readAddress();
  expect(at.page.trouble?.kind).toBe('link');
  expect(at.session.scenario).toBe(mine);
  at.page.pick('no-lock');
  expect(at.page.trouble).toBeUndefined();
});

test('a damaged link on a fresh page still opens something', async () => {
  const at = stage('#s1=cut-off');
  await at.page.start();
  expect((await settled(at)).lock.name).toBe('escaping');
  expect(at.page.trouble?.kind).toBe('link');
  expect(at.bar.shown).toEqual([]);
});

test('of two links in a row the later one wins', async () => {
  const { scenario: first } = galleryEntry('reference');
  const { scenario: second } = galleryEntry('no-lock');
  const at = stage(new URL(addressOf(BASE, first)).hash);
  const reading = at.page.readAddress();
  at.bar.hash = new URL(addressOf(BASE, second)).hash;
  await Promise.all([reading, at.page.readAddress()]);
  expect(await settled(at)).toEqual(second);
});

test('a link shared from inside a frame leads outside of it', async () => {
  const at = stage('', `${BASE}?embed=1&theme=dark`);
  expect(at.page.isEmbedded).toBe(true);
  const link = await at.page.addressOf(galleryEntry('reference').scenario, {});
  expect(link.startsWith(`${BASE}?theme=dark#s1=`)).toBe(true);
});

test('a returning reader gets the last work back, and the address stays bare', async () => {
  const store = memoryStore();
  const first = stage('', BASE, store);
  await first.page.start();
  await settled(first);
  first.page.pick('lost-update');
  const mine = await settled(first);
  const second = stage('', BASE, store);
  await second.page.start();
  expect(await settled(second)).toEqual(mine);
  expect(second.bar.shown).toEqual([]);
  const linked = stage(
    new URL(addressOf(BASE, galleryEntry('no-lock').scenario)).hash,
    BASE,
    store,
  );
  await linked.page.start();
  expect((await settled(linked)).lock.name).toBe('none');
});

test('what was asked for is remembered, what ran by itself is not', async () => {
  const at = stage();
  await at.page.start();
  const judge = async (): Promise<void> => {
    const result = runScenario(await settled(at), { keepTrace: false });
    await at.page.remember({ kind: 'run', result, judged: 1, promised: undefined });
  };
  await judge();
  expect(at.page.recent.entries).toEqual([]);
  at.page.pick('snapshot-gap');
  await judge();
  expect(at.page.recent.entries).toMatchObject([{ verdict: 'violated', violated: ['pnl.total'] }]);
  const [entry] = at.page.recent.entries;
  at.page.pick('reference');
  await settled(at);
  if (entry?.kind === 'run') await at.page.reopen(entry);
  expect(await settled(at)).toEqual(galleryEntry('snapshot-gap').scenario);
});

test('of a log only its name, its size and what it came to are remembered', async () => {
  const at = stage();
  const file = new File(['secret line\n'], 'mine.log');
  const { result } = logOf('secret line\n');
  const log = {
    ...{ result, cancelled: false, tookMs: 1 },
    progress: { bytes: 12, bytesTotal: 12, events: 0, overlaps: 0 },
  };
  await at.page.remember({ kind: 'log', file, patterns: [], log });
  expect(at.page.recent.entries).toMatchObject([{ kind: 'log', name: 'mine.log', bytes: 12 }]);
  expect(JSON.stringify(at.page.recent.entries)).not.toContain('secret');
});

function logOf(text: string) {
  const check = new LogCheck({});
  check.push(new TextEncoder().encode(text));
  return { result: check.finish(false) };
}

test('real time connects with nothing before somebody asks, whatever the link', async () => {
  const stand = liveStage();
  const at = stage(
    new URL(addressOf(BASE, galleryEntry('reference').scenario)).hash,
    BASE,
    memoryStore(),
    stand,
  );
  await at.page.start();
  await settled(at);
  expect(at.page.live).toBeUndefined();
  await at.page.loadLive();
  expect(stand.asked).toEqual([]);
  await at.page.connect();
  expect(at.page.overlay).toBe('connect');
  expect(stand.asked).toEqual(['connect']);
});

test('a run in real time starts, or asks for what is missing', async () => {
  const stand = liveStage();
  const at = stage('', BASE, memoryStore(), stand);
  await at.page.start();
  await settled(at);
  await at.page.runLive();
  expect(at.session.source.kind).toBe('recorded');
  expect(at.page.overlay).toBeUndefined();
  stand.link({ kind: 'orders-allowed', armed: undefined, ...CONNECTED });
  const live = await at.page.loadLive();
  live.end = 'bridge';
  await at.page.runLive();
  expect(at.page.overlay).toBe('arm');
  stand.answer = { kind: 'error', error: { code: 'busy', message: 'expected no request' } };
  live.lockAt = 'bridge';
  await at.page.runLive();
  expect(at.page.overlay).toBe('live');
});

test('a recording is shared with its own trace, and not remembered as one to repeat', async () => {
  const stand = liveStage();
  const at = stage('', BASE, memoryStore(), stand);
  await at.page.start();
  const scenario = await settled(at);
  await at.page.runLive();
  const result = runScenario(scenario, { keepTrace: true });
  const recorded: Recorded = {
    ...{ lockAt: 'worker', end: 'simulated', clockErrorUs: 90, intervals: [] },
    ...{ unknown: [], lost: [] },
  };
  stand.listener().onTrace(result.segments);
  stand
    .listener()
    .onFinish({ kind: 'finished', run: 1, result, acceptance: [], claims: {} }, recorded);
  expect(shareSubjectOf(at.page)).toMatchObject({ kind: 'run', recording: { recorded } });
  const { judged } = at.session;
  if (judged !== undefined) await at.page.remember(judged);
  expect(at.page.recent.entries).toEqual([]);
});
