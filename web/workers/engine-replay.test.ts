/** The engine's worker replays a schedule as it runs anything else. */
import { expect, test } from 'vitest';
import {
  encodeSchedule,
  galleryEntry,
  type RunResult,
  ReplayRun,
  TraceDigest,
} from '../../sim/index.ts';
import type { EngineMessage } from './engine-contract.ts';
import { EngineHost } from './engine-host.ts';
import { segmentOf } from './outbox.ts';

const { scenario } = galleryEntry('flag-race');
const CHOICES = [{ at: 4, pick: 1 }];
const PLAY = { kind: 'play', speed: Infinity } as const;

function bench() {
  const sent: EngineMessage[] = [];
  const queue: (() => void)[] = [];
  const host = new EngineHost({
    nowMs: () => 0,
    later: (work) => queue.push(work),
    send: (message) => sent.push(message),
  });
  host.credit({ kind: 'credit', batches: 1_000 });
  const turn = (): void => {
    for (let at = 0; at < 1_000 && queue.length > 0; at++) queue.shift()?.();
  };
  const result = (): RunResult | undefined =>
    sent.find((message) => message.kind === 'finished')?.result;
  return { host, sent, turn, result };
}

function replayed(): RunResult {
  const run = new ReplayRun(scenario, CHOICES, { keepTrace: false });
  run.advance(Infinity);
  expect(run.fit().kind).toBe('ok');
  return run.result();
}

test('a replay has the digest of the schedule’s run, and its trace too', () => {
  const { host, sent, turn, result } = bench();
  host.open(1, { kind: 'scenario', scenario, schedule: encodeSchedule(CHOICES) }, PLAY);
  turn();
  const { digest, checks } = replayed();
  expect(result()?.digest).toBe(digest);
  expect(result()?.checks).toEqual(checks);
  const trace = new TraceDigest();
  for (const message of sent) {
    if (message.kind === 'batch') for (const each of message.segments) trace.read(segmentOf(each));
  }
  expect(trace.hex()).toBe(digest);
});

test('a replay can be stepped to its end', () => {
  const { host, turn, result } = bench();
  host.open(1, { kind: 'scenario', scenario, schedule: encodeSchedule(CHOICES) }, { kind: 'rest' });
  turn();
  for (let at = 0; at < 500 && result() === undefined; at++) {
    host.step();
    turn();
  }
  expect(result()?.digest).toBe(replayed().digest);
});

test('a run without a schedule is not the replay of none', () => {
  const { host, turn, result } = bench();
  host.open(1, { kind: 'scenario', scenario }, PLAY);
  turn();
  expect(result()?.digest).not.toBe(replayed().digest);
  expect(result()?.verdict).toBe('passed');
});

test('a schedule that does not fit is an error, never a verdict', () => {
  const { host, sent, turn } = bench();
  const schedule = encodeSchedule([{ at: 9_999, pick: 1 }]);
  host.open(1, { kind: 'scenario', scenario, schedule }, PLAY);
  expect(turn).toThrow(/expected a schedule that fits its scenario/);
  expect(sent.some(({ kind }) => kind === 'finished')).toBe(false);
});
