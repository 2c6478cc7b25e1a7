import { expect, test } from 'vitest';
import { galleryEntry, runScenario } from '../../sim/index.ts';
import { TimelineIndex } from './index-builder.ts';
import { lockSoFar } from './lock-so-far.ts';

test.each(['escaping-lock', 'reference', 'no-lock', 'snapshot-gap'])(
  'at the end of %s it says what the run’s own statistics say',
  (name) => {
    const { scenario } = galleryEntry(name);
    const { segments, lock, elapsedUs } = runScenario(scenario, { keepTrace: true });
    const index = new TimelineIndex({ symbols: scenario.symbols.length });
    for (const segment of segments) index.append(segment);
    index.finish(elapsedUs);
    const { acquires, releases, maxHolders, overlaps, perSymbol, holdUs, heldUs } = lock;
    const soFar = lockSoFar(index);
    expect(soFar).toMatchObject({ acquires, releases, maxHolders, overlaps, holdUs, heldUs });
    expect(soFar.perSymbol.map(({ acquires: count }) => count)).toEqual(
      perSymbol.map(({ acquires: count }) => count),
    );
    expect(soFar.perSymbol.map((one) => one.holdUs)).toEqual(perSymbol.map((one) => one.holdUs));
  },
);
