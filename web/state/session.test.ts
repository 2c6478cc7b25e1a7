import { expect, test } from 'vitest';
import { type AcceptanceRow, galleryEntry, runScenario } from '../../sim/index.ts';
import type { EngineListener } from '../workers/engine-client.ts';
import { Session } from './session.svelte.ts';

/** An engine that runs nothing by itself: the test says what it tells. */
function stage() {
  let listener: EngineListener | undefined;
  const opened: { seed: number; lock: string; goal: string }[] = [];
  const session = new Session((given) => {
    listener = given;
    return {
      open: (scenario, goal) => {
        opened.push({ seed: scenario.seed, lock: scenario.lock.name, goal: goal.kind });
        const symbols = scenario.symbols.map(({ name }) => name);
        return Promise.resolve({ symbols, tasks: symbols });
      },
      pursue: () => Promise.resolve(),
      step: () => Promise.resolve(),
      cancel: () => Promise.resolve(),
    };
  });
  const finish = (): void => {
    const result = runScenario(session.scenario, { keepTrace: true });
    const acceptance: readonly AcceptanceRow[] = [];
    listener?.onTrace(result.segments);
    listener?.onFinish({ kind: 'finished', run: 1, result, acceptance, claims: {} });
  };
  return { session, opened, finish, die: (why: string) => listener?.onDeath(why) };
}

test('a finished run shows its first violation', () => {
  const { session, finish } = stage();
  session.openEntry('escaping-lock');
  finish();
  expect(session.phase).toBe('done');
  expect(session.outcome?.verdict).toBe('violated');
  expect(session.focus).toBeDefined();
  expect(session.trace.size).toBe(session.outcome?.events);
});

test('repair runs the twin with the same seed and keeps what was before', () => {
  const { session, opened, finish } = stage();
  session.open({ ...galleryEntry('escaping-lock').scenario });
  finish();
  session.repair();
  expect(opened.at(-1)).toMatchObject({ lock: 'fifo', seed: session.scenario.seed });
  finish();
  expect(session.before?.verdict).toBe('violated');
  expect(session.outcome?.verdict).toBe('passed');
  expect(session.twin?.name).toBe('escaping-lock');
});

test('a link’s digest is compared once the run is over', () => {
  const { session, finish } = stage();
  session.open(galleryEntry('reference').scenario, { digest: '0000000000000000' });
  expect(session.linkMatches).toBeUndefined();
  finish();
  expect(session.linkMatches).toBe(false);
});

test('a worker’s death keeps the scenario and what was seen, and a new start forgets it', () => {
  const { session, finish, die, opened } = stage();
  session.openEntry('escaping-lock');
  finish();
  const { scenario, trace } = session;
  die('out of memory');
  expect(session.phase).toBe('failed');
  expect(session.failure).toBe('out of memory');
  expect(session.scenario).toBe(scenario);
  expect(session.trace).toBe(trace);
  session.play();
  expect(session.phase).toBe('running');
  expect(session.failure).toBeUndefined();
  expect(opened.at(-1)?.lock).toBe('escaping');
});
