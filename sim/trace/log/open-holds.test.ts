import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPEN_HOLDS_MAX, OpenHolds } from './open-holds.ts';

describe('the open holds', () => {
  it('pair each release with its own acquisition, whatever lies between', () => {
    const steps = fc.array(fc.record({ open: fc.boolean(), pick: fc.nat(1_000) }));
    fc.assert(
      fc.property(steps, (all) => {
        const holds = new OpenHolds();
        const open: { id: string; symbol: number; hold: number }[] = [];
        const given = new Set<number>();
        for (const [at, { open: opens, pick }] of all.entries()) {
          if (opens || open.length === 0) {
            const id = `id${at}`;
            const hold = holds.open(id, pick % 3);
            expect(given.has(hold)).toBe(false);
            given.add(hold);
            open.push({ id, symbol: pick % 3, hold });
          } else {
            const [one] = open.splice(pick % open.length, 1);
            expect(holds.close(one?.id ?? '', one?.symbol ?? 0)).toBe(one?.hold);
          }
          expect(holds.size).toBe(open.length);
        }
      }),
    );
  });

  it('give a release of an unknown id a number that no hold has', () => {
    const holds = new OpenHolds();
    const held = holds.open('a', 0);
    const stray = holds.close('b', 0);
    expect(stray).not.toBe(held);
    expect(holds.close('a', 0)).toBe(held);
    expect(holds.close('a', 0)).not.toBe(held);
    expect(holds.unknownIds).toBe(2);
  });

  it('tell holds of one id apart by symbol, and count the repetitions', () => {
    const holds = new OpenHolds();
    const first = holds.open('lock', 0);
    const second = holds.open('lock', 1);
    const third = holds.open('lock', 2);
    expect(holds.close('lock', 0)).toBe(first);
    expect(holds.close('lock', 7)).toBe(third);
    expect(holds.close('lock', 1)).toBe(second);
    expect([holds.size, holds.repeatedIds, holds.unknownIds]).toEqual([0, 2, 0]);
  });

  it('forget the oldest beyond the limit, under many ids and under one', () => {
    const many = new OpenHolds();
    for (let i = 0; i <= OPEN_HOLDS_MAX; i++) many.open(`id${i}`, 0);
    expect([many.size, many.forgotten]).toEqual([OPEN_HOLDS_MAX, 1]);
    const one = new OpenHolds();
    for (let i = 0; i < 3 * OPEN_HOLDS_MAX; i++) one.open('same', i % 2);
    expect(one.size).toBeLessThanOrEqual(OPEN_HOLDS_MAX);
    one.close('same', 9);
    expect(one.unknownIds).toBe(0);
  });
});
