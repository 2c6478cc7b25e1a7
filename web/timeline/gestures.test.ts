/** A tap is a tap, a drag is no tap, and two fingers pinch whatever the first one had begun. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gestures, TAP_PX } from './gestures.ts';

describe('one pointer', () => {
  it('taps where it was lifted if it hardly moved', () => {
    const hand = new Gestures();
    expect(hand.down(1, { x: 100, y: 50 }, 'pan')).toEqual({ kind: 'none' });
    hand.move(1, { x: 100 + TAP_PX, y: 50 });
    expect(hand.up(1)).toEqual({ kind: 'tap', x: 105, y: 50 });
    expect(hand.has(1)).toBe(false);
  });

  it('does not tap once it was further away, even if it comes back', () => {
    const hand = new Gestures();
    hand.down(1, { x: 100, y: 50 }, 'pan');
    hand.move(1, { x: 100, y: 50 + TAP_PX + 1 });
    hand.move(1, { x: 100, y: 50 });
    expect(hand.up(1)).toEqual({ kind: 'none' });
  });

  it('pans by exactly as much as it moved in all', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1 }), (steps) => {
        const hand = new Gestures();
        let x = 0;
        let panned = 0;
        hand.down(7, { x, y: 0 }, 'pan');
        for (const step of steps) {
          x += step;
          const gesture = hand.move(7, { x, y: 0 });
          if (gesture.kind === 'pan') panned += gesture.byPx;
        }
        expect(panned).toBe(-x);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('selects from where it went down, and scrubs from the first touch on', () => {
    const hand = new Gestures();
    hand.down(1, { x: 10, y: 5 }, 'select');
    expect(hand.move(1, { x: 90, y: 9 })).toEqual({ kind: 'select', fromX: 10, toX: 90 });
    expect(hand.up(1)).toEqual({ kind: 'none' });
    expect(hand.down(2, { x: 30, y: 5 }, 'scrub')).toEqual({ kind: 'scrub', x: 30 });
    expect(hand.up(2)).toEqual({ kind: 'none' });
  });

  it('that was never down asks for nothing', () => {
    const hand = new Gestures();
    expect(hand.move(3, { x: 1, y: 1 })).toEqual({ kind: 'none' });
    expect(hand.up(3)).toEqual({ kind: 'none' });
  });
});

describe('two pointers', () => {
  it('pinch about their middle, whatever the grip, and do not tap', () => {
    const hand = new Gestures();
    hand.down(1, { x: 100, y: 0 }, 'select');
    hand.down(2, { x: 200, y: 0 }, 'select');
    expect(hand.move(2, { x: 300, y: 0 })).toEqual({
      kind: 'pinch',
      atX: 200,
      factor: 2,
      byPx: -50,
    });
    expect(hand.up(2)).toEqual({ kind: 'none' });
    expect(hand.move(1, { x: 90, y: 0 })).toEqual({ kind: 'pan', byPx: 10 });
    expect(hand.up(1)).toEqual({ kind: 'none' });
  });

  it('never spread or close without bound', () => {
    const hand = new Gestures();
    hand.down(1, { x: 100, y: 0 }, 'pan');
    hand.down(2, { x: 100, y: 0 }, 'pan');
    const gesture = hand.move(2, { x: 100, y: 0 });
    expect(gesture).toMatchObject({ kind: 'pinch', factor: 1 });
  });
});
