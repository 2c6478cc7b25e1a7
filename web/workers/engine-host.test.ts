import { describe, expect, test } from 'vitest';
import { galleryEntry, readEvent, newView, runScenario, TraceDigest } from '../../sim/index.ts';
import type { EngineMessage, Finished } from './engine-contract.ts';
import { EngineHost } from './engine-host.ts';
import { segmentOf } from './outbox.ts';

/** A host with a clock and an event loop of our own. */
function bench() {
  const sent: EngineMessage[] = [];
  const queue: (() => void)[] = [];
  let clockMs = 0;
  const host = new EngineHost({
    nowMs: () => (clockMs += 0.01),
    later: (work, delayMs) => {
      queue.push(() => {
        clockMs += delayMs;
        work();
      });
    },
    send: (message) => sent.push(message),
  });
  /** Lets the loop turn until nothing is left to do, or so many turns are over. */
  const turn = (turnsMax = 100_000): void => {
    for (let at = 0; at < turnsMax && queue.length > 0; at++) queue.shift()?.();
  };
  return { host, sent, turn, queue };
}

const finished = (sent: readonly EngineMessage[]): Finished | undefined =>
  sent.find((message) => message.kind === 'finished');
const eventsIn = (sent: readonly EngineMessage[]): number =>
  sent.reduce(
    (sum, message) =>
      sum +
      (message.kind === 'batch' ? message.segments.reduce((of, { size }) => of + size, 0) : 0),
    0,
  );

const escaping = galleryEntry('escaping-lock').scenario;
const whole = runScenario(escaping, { keepTrace: false });
const PLAY = { kind: 'play', speed: Infinity } as const;

describe('a run in the worker', () => {
  test.each([Infinity, 1_000, 10])('has the digest of any other run at speed %d', (speed) => {
    const { host, sent, turn } = bench();
    host.credit({ kind: 'credit', batches: 1_000_000 });
    host.open(1, { kind: 'scenario', scenario: escaping }, { kind: 'play', speed });
    turn();
    expect(finished(sent)?.result.digest).toBe(whole.digest);
    const digest = new TraceDigest();
    for (const message of sent) {
      if (message.kind === 'batch')
        for (const each of message.segments) digest.read(segmentOf(each));
    }
    expect(digest.hex()).toBe(whole.digest);
    expect(sent.at(-1)?.kind).toBe('finished');
  });

  test('sends every event once and in order, however it is stepped', () => {
    const { host, sent, turn } = bench();
    host.credit({ kind: 'credit', batches: 1_000_000 });
    host.open(1, { kind: 'scenario', scenario: escaping }, { kind: 'rest' });
    turn();
    for (let at = 0; at < 40; at++) {
      const before = eventsIn(sent);
      host.step();
      turn();
      expect(eventsIn(sent)).toBeGreaterThan(before);
    }
    host.pursue(PLAY);
    turn();
    const view = newView();
    let next = 0;
    for (const message of sent) {
      if (message.kind !== 'batch') continue;
      for (const each of message.segments) {
        for (let at = 0; at < each.size; at++, next++) {
          readEvent(segmentOf(each), at, view);
          expect(view.seq).toBe(next);
        }
      }
    }
    expect(next).toBe(whole.events);
    expect(finished(sent)?.result.digest).toBe(whole.digest);
  });

  test('rests right after the event that was sought', () => {
    const { host, sent, turn } = bench();
    host.credit({ kind: 'credit', batches: 10 });
    host.open(1, { kind: 'scenario', scenario: escaping }, { kind: 'reach', seq: 777 });
    turn();
    expect(sent.at(-1)?.kind).toBe('resting');
    expect(eventsIn(sent)).toBeGreaterThan(777);
    expect(eventsIn(sent)).toBeLessThan(800);
  });

  test('stands still without credit once a batch is full, and goes on with it', () => {
    const { host, sent, turn, queue } = bench();
    host.open(1, { kind: 'scenario', scenario: galleryEntry('day-at-100ms').scenario }, PLAY);
    turn(2_000);
    expect(queue).toHaveLength(0);
    expect(sent).toHaveLength(0);
    host.credit({ kind: 'credit', batches: 1 });
    turn(2_000);
    expect(sent).toHaveLength(1);
    expect(eventsIn(sent)).toBeLessThan(300_000);
  });

  test('that is cancelled is judged as far as it went', () => {
    const { host, sent, turn } = bench();
    host.credit({ kind: 'credit', batches: 100 });
    host.open(1, { kind: 'scenario', scenario: escaping }, { kind: 'reach', seq: 100 });
    turn();
    host.cancel();
    turn();
    expect(finished(sent)?.result.complete).toBe(false);
    expect(finished(sent)?.result.events).toBe(eventsIn(sent));
  });

  test('falls silent when another takes its place', () => {
    const { host, sent, turn } = bench();
    host.credit({ kind: 'credit', batches: 100 });
    host.open(1, { kind: 'scenario', scenario: escaping }, PLAY);
    host.open(2, { kind: 'scenario', scenario: escaping }, PLAY);
    turn();
    expect(new Set(sent.map(({ run }) => run))).toEqual(new Set([2]));
  });
});
