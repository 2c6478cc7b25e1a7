import { expect, test } from 'vitest';
import { type AcceptanceRow, assertExists, galleryEntry, runScenario } from '../../sim/index.ts';
import { EngineHost } from '../workers/engine-host.ts';
import type { EngineListener } from '../workers/engine-client.ts';
import { Session } from './session.svelte.ts';

/** An engine that opens what it is told to and runs nothing: the test says when it is over. */
function stage() {
  const host = new EngineHost({ nowMs: () => 0, later: () => undefined, send: () => undefined });
  let listener: EngineListener | undefined;
  const opened: { seed: number; lock: string; goal: string }[] = [];
  const session = new Session((given) => {
    listener = given;
    return {
      open: (work, goal) => {
        const answer = host.open(1, work, { kind: 'rest' });
        const { seed, lock } = answer.scenario;
        opened.push({ seed, lock: lock.name, goal: goal.kind });
        return Promise.resolve(answer);
      },
      pursue: () => Promise.resolve(),
      step: () => Promise.resolve(),
      cancel: () => Promise.resolve(),
    };
  });
  const finish = async (): Promise<void> => {
    await Promise.resolve();
    const scenario = assertExists(session.scenario, 'expected an opened scenario');
    const result = runScenario(scenario, { keepTrace: true });
    const acceptance: readonly AcceptanceRow[] = [];
    listener?.onTrace(result.segments);
    listener?.onFinish({ kind: 'finished', run: 1, result, acceptance, claims: {} });
  };
  return { session, opened, finish, die: (why: string) => listener?.onDeath(why) };
}

test('a finished run shows its first violation', async () => {
  const { session, finish } = stage();
  session.openEntry('escaping-lock');
  await finish();
  expect(session.phase).toBe('done');
  expect(session.outcome?.verdict).toBe('violated');
  expect(session.focus).toBeDefined();
  expect(session.trace.size).toBe(session.outcome?.events);
});

test('repair runs the twin with the same seed and keeps what was before', async () => {
  const { session, opened, finish } = stage();
  session.open({ ...galleryEntry('escaping-lock').scenario, seed: 99 });
  await finish();
  session.repair();
  expect(opened.at(-1)).toMatchObject({ lock: 'fifo', seed: 99 });
  await finish();
  expect(session.before?.verdict).toBe('violated');
  expect(session.outcome?.verdict).toBe('passed');
  expect(session.twin?.name).toBe('escaping-lock');
});

test('a link’s digest is compared once the run is over', async () => {
  const { session, finish } = stage();
  session.open(galleryEntry('reference').scenario, { digest: '0000000000000000' });
  expect(session.linkMatches).toBeUndefined();
  await finish();
  expect(session.linkMatches).toBe(false);
});

test('a worker’s death keeps the scenario, and a new start forgets it', async () => {
  const { session, finish, die, opened } = stage();
  session.openEntry('escaping-lock');
  await finish();
  const { scenario } = session;
  session.play();
  die('out of memory');
  expect(session.phase).toBe('failed');
  expect(session.failure).toBe('out of memory');
  expect(session.scenario).toBe(scenario);
  session.play();
  expect(session.phase).toBe('running');
  expect(session.failure).toBeUndefined();
  expect(opened.at(-1)?.lock).toBe('escaping');
});

test('what is in sight after a death is of the run that died', async () => {
  const { session, finish, die } = stage();
  session.openEntry('escaping-lock');
  await finish();
  session.play();
  die('out of memory');
  expect(session.outcome).toBeUndefined();
  expect(session.trace.size).toBe(0);
});

test('a run that is over does not need its worker', async () => {
  const { session, finish, die, opened } = stage();
  session.openEntry('escaping-lock');
  await finish();
  const { outcome, trace } = session;
  die('out of memory');
  expect(session.phase).toBe('done');
  expect(session.failure).toBeUndefined();
  expect(session.outcome).toBe(outcome);
  expect(session.trace).toBe(trace);
  session.play();
  expect(opened).toHaveLength(2);
});
