import { expect, test } from 'vitest';
import { galleryEntry, type RunResult, runScenario } from '../../sim/index.ts';
import { LIVE_EN } from '../format/words/live-en.ts';
import { LIVE_ZH } from '../format/words/live-zh.ts';
import type { Recorded, Standing } from '../live/contract.ts';
import { EngineHost } from '../workers/engine-host.ts';
import { CONNECTED, liveStage } from './live-stand-in.ts';
import { Live } from './live.svelte.ts';
import { Session } from './session.svelte.ts';

const { scenario } = galleryEntry('reference');
const NOTHING: Recorded = {
  ...{ lockAt: 'worker', end: 'simulated', clockErrorUs: 120 },
  ...{ intervals: [], unknown: [], lost: [] },
};

/** A page with the reference scenario opened, and real time at its hand. */
async function stage() {
  const host = new EngineHost({ nowMs: () => 0, later: () => undefined, send: () => undefined });
  const session = new Session(() => ({
    open: (work) => Promise.resolve(host.open(1, work, { kind: 'rest' })),
    pursue: () => Promise.resolve(),
    step: () => Promise.resolve(),
    cancel: () => Promise.resolve(),
  }));
  const at = liveStage();
  let again = 0;
  const live = new Live(session, LIVE_EN, at.doors, () => void (again += 1));
  session.open(scenario);
  await Promise.resolve();
  const armedFor = (names: readonly string[]): void =>
    at.link({
      kind: 'orders-allowed',
      armed: { endpoint: CONNECTED.welcome.endpoint, symbols: names },
      ...CONNECTED,
    });
  return { ...at, stage: at, session, live, armedFor, again: () => again };
}

/** How it stands with nothing violated, but for what is said. */
const standing = (more: Partial<Standing> = {}): Standing => ({
  ...{ verdict: 'inconclusive', violated: [], signals: 3, trades: 1 },
  ...{ progress: { done: 0.1, nowUs: 90_000 }, ...more },
});

/** What a run of the scenario comes to, as a recording's conductor would tell it. */
function finished(result: RunResult) {
  return { kind: 'finished', run: 1, result, acceptance: [], claims: {} } as const;
}

test('a run is shown while it grows, four times a second, and its money with it', async () => {
  const { session, live, listener, pass } = await stage();
  expect(await live.start()).toBe('started');
  expect(session.source).toMatchObject({ kind: 'recorded', lockAt: 'worker', end: 'simulated' });
  expect(session.trace.size).toBe(0);
  const result = runScenario(scenario, { keepTrace: true });
  const { version } = session;
  listener().onTrace(result.segments);
  expect(session.trace.size).toBe(result.events);
  expect(session.version).toBe(version);
  pass();
  expect(session.version).toBe(version + 1);
  expect(live.run.pnl?.ledgerTotal).toBe(result.pnl.ledgerTotal);
});

test('the verdict so far is never passed, and says what is violated already', async () => {
  const { live, listener } = await stage();
  await live.start();
  expect(live.told).toMatchObject({ verdict: 'inconclusive', word: LIVE_EN.soFar.word });
  listener().onStanding(standing({ verdict: 'violated', violated: ['lock.exclusion'] }));
  expect(live.told?.verdict).toBe('violated');
  expect(live.told?.rest).toContain('lock.exclusion');
});

test('a run that is over is a recording: judged, not remembered as the simulation', async () => {
  const { session, live, listener } = await stage();
  await live.start();
  const result = runScenario(scenario, { keepTrace: true });
  listener().onTrace(result.segments);
  listener().onFinish(finished(result), NOTHING);
  expect(session.phase).toBe('done');
  expect(session.outcome).toMatchObject({ source: 'recorded', verdict: 'passed' });
  expect(session.judged?.kind).toBe('recorded');
  expect(session.linkMatches).toBeUndefined();
  expect(live.told).toBeUndefined();
  expect(live.reserved).toBeUndefined();
});

test.each([LIVE_EN, LIVE_ZH])(
  'what nobody knows is said, with its length and cause',
  async (words) => {
    const { live, listener } = await stage();
    live.words = words;
    await live.start();
    const result = runScenario(scenario, { keepTrace: true });
    const stretch = { startUs: 10_000, endUs: 230_000, why: 'connection-lost' } as const;
    const lost = [{ kind: 'symbol', symbol: 1 }] as const;
    listener().onFinish(finished(result), { ...NOTHING, unknown: [stretch], lost });
    expect(live.reserved).toContain('220');
    expect(live.reserved).toContain(words.unknown.why['connection-lost']);
    expect(live.reserved).toContain('ETHUSD.s');
  },
);

test('Stop asks the engine to end, and Restart is asked of whoever chose', async () => {
  const { session, live, asked, again } = await stage();
  await live.start();
  session.cancel();
  await Promise.resolve();
  expect(asked.at(-1)).toBe('stop');
  session.play();
  expect(again()).toBe(1);
});

test('what is left runs no further and is heard no more', async () => {
  const { session, live, asked, listener } = await stage();
  await live.start();
  session.openEntry('escaping-lock');
  await Promise.resolve();
  expect(asked.at(-1)).toBe('close');
  const { trace } = session;
  listener().onTrace(runScenario(scenario, { keepTrace: true }).segments);
  listener().onDeath('late');
  expect(session.trace).toBe(trace);
  expect(session.source.kind).toBe('simulated');
  expect(session.failure).toBeUndefined();
});

test('a conductor that dies leaves what was seen, without a verdict', async () => {
  const { session, live, listener } = await stage();
  await live.start();
  const { segments, events } = runScenario(scenario, { keepTrace: true });
  listener().onTrace(segments);
  listener().onDeath('out of memory');
  expect(session.phase).toBe('failed');
  expect(session.outcome).toBeUndefined();
  expect(session.trace.size).toBe(events);
});

test('what cannot be started says why', async () => {
  const at = await stage();
  at.stage.failure = 'expected the worker of the lock';
  expect(await at.live.start()).toBe('refused');
  expect(at.session.phase).toBe('failed');
  expect(at.live.problem?.message).toBe('expected the worker of the lock');
});

test('without a connection nothing but this tab answers', async () => {
  const { live, plans } = await stage();
  live.end = 'bridge';
  live.lockAt = 'bridge';
  await live.start();
  expect(plans).toMatchObject([{ lockAt: 'worker', end: { kind: 'simulated' } }]);
});

test('with a lock of the page the bridge has none, and where orders may leave they are armed', async () => {
  const { live, plans, asked, link, armedFor } = await stage();
  link({ kind: 'orders-allowed', armed: undefined, ...CONNECTED });
  live.end = 'bridge';
  expect(await live.start()).toBe('arm');
  expect(plans).toEqual([]);
  expect(asked).toEqual(['lock none']);
  armedFor(['BTCUSD.s']);
  expect(await live.start()).toBe('arm');
  armedFor(scenario.symbols.map(({ name }) => name));
  expect(await live.start()).toBe('started');
  expect(plans).toMatchObject([{ lockAt: 'worker', end: { kind: 'bridge' } }]);
  expect(asked).toEqual(['lock none', 'open']);
});

test('at the bridge stands the scenario’s lock, and a refusal is told', async () => {
  const at = await stage();
  at.link({ kind: 'read-only', ...CONNECTED });
  at.live.end = 'bridge';
  at.live.lockAt = 'bridge';
  at.stage.answer = { kind: 'error', error: { code: 'busy', message: 'expected no request' } };
  expect(await at.live.start()).toBe('refused');
  expect(at.live.problem?.code).toBe('busy');
  at.stage.answer = { kind: 'ok', value: undefined };
  expect(await at.live.start()).toBe('started');
  expect(at.asked).toEqual(['lock fifo', 'lock fifo', 'open']);
});

test('a connection that was lost forgets what was set and armed', async () => {
  const { live, asked, link, armedFor } = await stage();
  armedFor([]);
  live.end = 'bridge';
  await live.start();
  expect(live.link.mode).toBe('armed');
  link({ kind: 'lost', since: 0, attempt: 1 });
  expect(live.link.armed).toBeUndefined();
  expect(live.link.endpoint).toBe(CONNECTED.welcome.endpoint);
  link({ kind: 'orders-allowed', armed: undefined, ...CONNECTED });
  expect(await live.start()).toBe('arm');
  expect(asked).toEqual(['lock none', 'lock none']);
});

test('a cut is said while the run goes on', async () => {
  const { live, link, armedFor } = await stage();
  armedFor(scenario.symbols.map(({ name }) => name));
  live.end = 'bridge';
  await live.start();
  expect(live.told?.rest).not.toContain(LIVE_EN.soFar.lost);
  link({ kind: 'lost', since: 0, attempt: 1 });
  expect(live.told?.rest).toContain(LIVE_EN.soFar.lost);
});
