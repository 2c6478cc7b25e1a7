import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Timed, TimerHeap } from './heap.ts';

const timers = (dues: readonly number[]): Timed[] =>
  dues.map((dueUs, seq) => ({ dueUs, seq, index: -1 }));
const byTime = (x: Timed, y: Timed): number => x.dueUs - y.dueUs || x.seq - y.seq;

describe('the timer heap', () => {
  it('gives timers back by due time, ties in order of their sequence', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (dues) => {
        const heap = new TimerHeap<Timed>();
        const all = timers(dues);
        for (const timer of all) heap.push(timer);
        expect(Array.from(all, () => heap.pop())).toEqual([...all].sort(byTime));
        expect(heap.pop()).toBeUndefined();
      }),
      { seed: 127 },
    );
  });

  it('keeps its order whatever is withdrawn from its middle', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.boolean())), (plan) => {
        const heap = new TimerHeap<Timed>();
        const all = timers(plan.map(([due]) => due));
        for (const timer of all) heap.push(timer);
        const kept = all.filter((timer, i) => {
          const withdrawn = plan[i]?.[1] === true;
          if (withdrawn) heap.remove(timer);
          return !withdrawn;
        });
        expect(heap.size).toBe(kept.length);
        expect(Array.from(kept, () => heap.pop())).toEqual(kept.sort(byTime));
      }),
      { seed: 127 },
    );
  });

  it('refuses a timer that is pending already, and to withdraw one that is not', () => {
    const heap = new TimerHeap<Timed>();
    const [timer] = timers([1]) as [Timed];
    heap.push(timer);
    expect(() => heap.push(timer)).toThrow('not pending yet');
    heap.remove(timer);
    expect(() => heap.remove(timer)).toThrow('expected a pending timer');
  });
});
