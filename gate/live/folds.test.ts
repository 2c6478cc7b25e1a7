/**
 * What is read of a recording as it goes by: the intervals achieved, and the part that is drawn.
 */
import { describe, expect, it } from 'vitest';
import { EventKind, galleryEntry, NONE, Recorder, runScenario } from '../../sim/index.ts';
import { IntervalFold } from './intervals.ts';
import { KeptTrace } from './kept-trace.ts';

describe('intervals', () => {
  it('are those between the signals of one symbol, whoever signals in between', () => {
    const { scenario } = galleryEntry('reference');
    const fold = new IntervalFold(scenario);
    const recorder = new Recorder({ keep: false, readers: [fold.read], capacity: 8 });
    const signals: readonly (readonly [number, number])[] = [
      ...([
        [0, 10],
        [1, 15],
        [0, 25],
        [1, 90],
        [0, 95],
      ] as const),
    ];
    for (const [symbol, timeUs] of signals) {
      recorder.nowUs = timeUs;
      recorder.stamp(EventKind.signal, symbol, symbol, NONE, 1, 0, 0);
      recorder.stamp(EventKind.settle, symbol, symbol, NONE, 1, 0, 0);
    }
    recorder.finish();
    const [first, second, third] = fold.result();
    expect(first).toMatchObject({ name: 'BTCUSD.s', asked: [10_000, 20_000] });
    expect(first?.achieved).toMatchObject({ samples: 2, p50: 15, max: 70 });
    expect(second?.achieved).toMatchObject({ samples: 1, max: 75 });
    expect(third?.achieved.samples).toBe(0);
  });
});

describe('a kept trace', () => {
  it('shows the first violation as the run itself would', () => {
    const { scenario } = galleryEntry('no-lock');
    const kept = new KeptTrace();
    const result = runScenario(scenario, { keepTrace: false, readers: [kept.read] });
    const scene = kept.scene(result);
    expect(scene?.check).toBe('lock.exclusion');
    expect(scene?.picture.spans.length).toBeGreaterThan(1);
  });

  it('shows nothing of a run without one', () => {
    const kept = new KeptTrace();
    const { scenario } = galleryEntry('reference');
    expect(kept.scene(runScenario(scenario, { keepTrace: false, readers: [kept.read] }))).toBe(
      undefined,
    );
  });
});
