/** Signals, prices and profits: ranges, independence of who asks when, and exact posting. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal, postCents } from '../base/money.ts';
import { PlacedDraws } from './draws.ts';
import { createMarket, type Exposed } from './market.ts';
import { PricePath } from './price-path.ts';
import { divideHalfEven } from './rounding.ts';
import { Signals } from './signals.ts';
import { REFERENCE_MARKET, WALK_MARKET } from './testing/rig.ts';

const SEEDED = { seed: 127, numRuns: 300 };

describe('half-even division', () => {
  it('posts what decimal.js posts', () => {
    const numerator = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -10_000, max: 10_000 }));
    fc.assert(
      fc.property(numerator, fc.integer({ min: 1, max: 1_000_000 }), (above, below) => {
        const posted = postCents(new Decimal(above).div(below).div(100));
        expect(divideHalfEven(above, below)).toBe(posted + 0);
      }),
      SEEDED,
    );
  });

  it.each([
    [500, 0],
    [1_500, 2],
    [2_500, 2],
    [-500, 0],
    [-1_500, -2],
    [501, 1],
    [-499, 0],
  ])('takes %i thousandths to %i', (milli, whole) => {
    expect(divideHalfEven(milli, 1_000)).toBe(whole);
  });
});

describe('draws by place', () => {
  it('give the same at the same place, in whatever order they are asked', () => {
    const upwards = new PlacedDraws(1, 'a');
    const downwards = new PlacedDraws(1, 'a');
    const places = [0, 1, 2, 1_000, 2 ** 32, 2 ** 32 + 1, 2 ** 52];
    const up = places.map((place) => upwards.at(place));
    const down = [...places].reverse().map((place) => downwards.at(place));
    expect(down.reverse()).toEqual(up);
    expect(new Set(up).size).toBe(places.length);
  });

  it('stay within the range, reach both ends and have the middle as their mean', () => {
    const draws = new PlacedDraws(7, 'b');
    const drawn = Array.from({ length: 20_000 }, (_, place) => draws.between(place, -10, 20));
    expect(Math.min(...drawn)).toBe(-10);
    expect(Math.max(...drawn)).toBe(20);
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    expect(Math.abs(mean - 5)).toBeLessThan(0.3);
  });
});

describe('signals', () => {
  const draw = (name: string, count: number, exposureBp: readonly [number, number] = [10, 50]) => {
    const signals = new Signals(127, name, { ...REFERENCE_MARKET, exposureBp });
    return Array.from({ length: count }, () => {
      signals.next();
      const { number, wantsTrade, side, exposureBp: bp } = signals;
      return { number, wantsTrade, side, bp };
    });
  };

  it('are numbered from 0 and keep to their ranges', () => {
    const drawn = draw('BTCUSD.s', 2_000);
    expect(drawn.map(({ number }) => number)).toEqual(Array.from(drawn, (_, n) => n));
    expect(drawn.every(({ bp }) => bp >= 10 && bp <= 50)).toBe(true);
    const trades = drawn.filter(({ wantsTrade }) => wantsTrade).length;
    expect(trades).toBeGreaterThan(900);
    expect(trades).toBeLessThan(1_100);
  });

  it('are the same for the same seed and symbol, and others for another symbol', () => {
    expect(draw('BTCUSD.s', 50)).toEqual(draw('BTCUSD.s', 50));
    expect(draw('BTCUSD.s', 50)).not.toEqual(draw('ETHUSD.s', 50));
  });

  it('keep their decisions when the range of another draw changes', () => {
    const decisions = (range: readonly [number, number]) =>
      draw('BTCUSD.s', 200, range).map(({ wantsTrade, side }) => [wantsTrade, side]);
    expect(decisions([1, 1])).toEqual(decisions([0, 1_000]));
  });
});

describe('the reference market', () => {
  it('draws what a trade earns by its signal alone, within the range', () => {
    const market = createMarket(127, 'BTCUSD.s', REFERENCE_MARKET);
    const again = createMarket(127, 'BTCUSD.s', REFERENCE_MARKET);
    const earned = Array.from({ length: 2_000 }, (_, signal) =>
      market.roundTripCents(signal, 'BUY', 10, 0),
    );
    expect(earned.every((cents) => cents >= -10_000 && cents <= 20_000)).toBe(true);
    expect(again.roundTripCents(1_999, 'SELL', 500, 9e9)).toBe(earned[1_999]);
    expect(new Set(earned).size).toBeGreaterThan(1_800);
  });
});

describe('the random walk', () => {
  const pathOf = (stepPoints: number, stepUs = 10): PricePath =>
    new PricePath(127, 'BTCUSD.s', 100_000, stepPoints, stepUs);

  it('starts at its first price', () => {
    expect(pathOf(500).at(0)).toBe(100_000);
  });

  it('gives the price of an instant whoever asked before, and whenever', () => {
    const instant = fc.integer({ min: 0, max: 86_400_000_000 });
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1, maxLength: 30 }), (instants) => {
        const path = pathOf(500);
        const sorted = pathOf(500);
        const asked = instants.map((us) => [us, path.at(us)] as const);
        const inOrder = new Map(
          [...instants].sort((x, y) => x - y).map((us) => [us, sorted.at(us)]),
        );
        for (const [us, points] of asked) expect(inOrder.get(us)).toBe(points);
      }),
      SEEDED,
    );
  });

  it.each([1, 2, 7, 30, 500, 1_000_000])('never moves by more than its step of %i', (step) => {
    const path = pathOf(step, 1);
    let largest = 0;
    for (let us = 1; us < 20_000; us++) {
      largest = Math.max(largest, Math.abs(path.at(us) - path.at(us - 1)));
    }
    expect(largest).toBeLessThanOrEqual(step);
    if (step > 5) expect(largest).toBeGreaterThan(step / 4);
  });

  it('stays positive however cheap and wild it is', () => {
    const path = new PricePath(3, 'X', 1_000, 1_000_000, 1);
    for (let us = 0; us < 5_000; us++) expect(path.at(us * 1_000_003)).toBeGreaterThan(0);
  });

  it('charges the spread to whoever buys and sells at once', () => {
    const market = createMarket(127, 'BTCUSD.s', WALK_MARKET);
    expect(market.openPoints('BUY', 5) - market.closePoints('BUY', 5)).toBe(100);
    expect(market.closePoints('SELL', 5) - market.openPoints('SELL', 5)).toBe(100);
    expect(market.roundTripCents(0, 'BUY', 10, 5)).toBe(-1);
  });

  it('earns a buyer what the same prices cost a seller, without the spread', () => {
    const market = createMarket(127, 'BTCUSD.s', { ...WALK_MARKET, spreadPoints: 0 });
    const volumeMilli = fc.integer({ min: 1, max: 1_000_000 });
    const instant = fc.integer({ min: 0, max: 3_600_000_000 });
    fc.assert(
      fc.property(volumeMilli, instant, instant, (milli, openUs, closeUs) => {
        const openPoints = market.openPoints('BUY', openUs);
        const bought: Exposed = {
          ...{ signal: 0, side: 'BUY', openPoints, openedMilli: milli, volumeMilli: milli },
        };
        const gain = market.profitCents(bought, milli, closeUs);
        const loss = market.profitCents({ ...bought, side: 'SELL' }, milli, closeUs);
        expect(gain + loss).toBe(0);
        const move = market.closePoints('BUY', closeUs) - openPoints;
        expect(gain).toBe(postCents(new Decimal(move).times(milli).div(100_000)) + 0);
      }),
      SEEDED,
    );
  });
});
