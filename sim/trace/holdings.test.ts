/** Holdings find, order and forget as a plain list would. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind } from './event.ts';
import { Holdings } from './holdings.ts';
import { newView } from './segment.ts';

const SEED = 127;

function opened(hold: number, seq: number): ReturnType<typeof newView> {
  return { ...newView(), kind: EventKind.enter, a: hold, task: hold % 7, seq, timeUs: seq * 10 };
}

const numbersOf = (holdings: Holdings): number[] =>
  Array.from({ length: holdings.size }, (_, at) => holdings.at(at)?.hold ?? -1);

describe('holdings', () => {
  it('open, close and list as a plain list does, oldest first', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom('open', 'close', 'close first'), fc.nat(12)));
    fc.assert(
      fc.property(moves, (played) => {
        const holdings = new Holdings();
        let model: number[] = [];
        played.forEach(([move, number], seq) => {
          const hold = move === 'close first' ? (model[0] ?? number) : number;
          if (move === 'open') {
            const known = model.includes(hold);
            expect(holdings.open(opened(hold, seq)) === undefined).toBe(known);
            if (!known) model.push(hold);
          } else {
            expect(holdings.close(hold)?.hold).toBe(model.includes(hold) ? hold : undefined);
            model = model.filter((one) => one !== hold);
          }
          expect(numbersOf(holdings)).toEqual(model);
          expect(holdings.first?.hold).toBe(model[0]);
          expect(holdings.find(number)?.hold).toBe(model.includes(number) ? number : undefined);
        });
      }),
      { seed: SEED },
    );
  });

  it('keep a closed record readable until the next is opened', () => {
    const holdings = new Holdings();
    holdings.open(opened(5, 1));
    expect(holdings.close(5)).toMatchObject({ hold: 5, task: 5, seq: 1, sinceUs: 10 });
  });

  it('take a queue that never runs empty without growing', () => {
    const holdings = new Holdings();
    holdings.open(opened(0, 0));
    for (let hold = 1; hold < 10_000; hold++) {
      holdings.open(opened(hold, hold));
      expect(holdings.close(hold - 1)?.hold).toBe(hold - 1);
    }
    expect(numbersOf(holdings)).toEqual([9_999]);
  });

  it('forget the oldest beyond 1,024, and count it', () => {
    const holdings = new Holdings();
    for (let hold = 0; hold < 1_030; hold++) holdings.open(opened(hold, hold));
    expect(holdings.size).toBe(1_024);
    expect(holdings.forgotten).toBe(6);
    expect(holdings.first?.hold).toBe(6);
    expect(holdings.close(3)).toBeUndefined();
  });
});
