/** What the wire is made of: uuids that read back, a table that stays bounded, exact decimals. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Directory } from './directory.ts';
import { unitsOf } from './json.ts';
import { Uuids } from './uuid.ts';

const SEEDED = { seed: 127, numRuns: 500 };
const directory = (): Directory => new Directory(127, ['BTCUSD.s', 'ETHUSD.s']);

describe('uuids', () => {
  const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it('have the shape of RFC 4122 and read back as the number', () => {
    const uuids = new Uuids(127, 'order');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (order) => {
        expect(uuids.of(order)).toMatch(SHAPE);
        expect(uuids.numberOf(uuids.of(order))).toBe(order);
      }),
      SEEDED,
    );
  });

  it('differ by seed, kind and number, and those of others are foreign', () => {
    const ours = new Uuids(127, 'order');
    const others = [new Uuids(128, 'order'), new Uuids(127, 'request')];
    for (let n = 0; n < 500; n++) {
      for (const other of others) expect(ours.numberOf(other.of(n))).toBeUndefined();
    }
    expect(new Set(Array.from({ length: 500 }, (_, n) => ours.of(n))).size).toBe(500);
  });

  it('of others get a number that stays, and the table stays bounded', () => {
    const known = directory();
    const foreign = known.orderOf('11111111-2222-4333-8444-555555555555');
    expect(foreign).toBeGreaterThanOrEqual(0x8000_0000);
    expect(known.orderOf('11111111-2222-4333-8444-555555555555')).toBe(foreign);
    expect(known.uuidOfOrder(foreign ?? 0)).toBe('11111111-2222-4333-8444-555555555555');
    for (let n = 0; n < 70_000; n++) known.orderOf(`foreign-${n}`);
    expect(known.orderOf('11111111-2222-4333-8444-555555555555')).not.toBe(foreign);
    expect(known.orderOf('x'.repeat(65))).toBeUndefined();
    expect(known.orderOf('')).toBeUndefined();
  });
});

describe('a decimal', () => {
  it.each([
    [0.07, 2, 7],
    ['0.07', 2, 7],
    ['-12.340', 2, -1_234],
    [1e-7, 9, 100],
    [0.1 + 0.2, 2, undefined],
    ['100000000000.000000001', 2, undefined],
    [1e300, 2, undefined],
    ['1e3', 2, undefined],
    ['', 2, undefined],
    [null, 2, undefined],
    [NaN, 2, undefined],
  ])('%j in %i places is %j units, exact or not at all', (value, places, units) => {
    expect(unitsOf(value, places)).toBe(units);
  });
});
