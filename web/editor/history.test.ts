/** Undo and redo give back what was there, whatever was done before. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeGroup, record, redo, startHistory, STEPS_MAX, undo } from './history.ts';

const SEED = 127;
const steps = fc.array(
  fc.record({ value: fc.nat(), group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }) }),
);

test('undo after record gives back what was there, redo what was undone', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (before, value) => {
      let history = startHistory(-1);
      for (const { value: each, group } of before) history = record(history, each, group);
      const after = record(closeGroup(history), value);
      expect(undo(after).present).toBe(history.present);
      expect(redo(undo(after)).present).toBe(value);
    }),
    { seed: SEED },
  );
});

test('undoing everything leads to the start, redoing everything to the end', () => {
  fc.assert(
    fc.property(steps, (all) => {
      let history = startHistory(-1);
      for (const { value, group } of all) history = record(history, value, group);
      const end = history.present;
      const count = history.past.length;
      for (let n = 0; n < count; n++) history = undo(history);
      expect(history.present).toBe(-1);
      expect(undo(history)).toBe(history);
      for (let n = 0; n < count; n++) history = redo(history);
      expect(history.present).toBe(end);
      expect(redo(history)).toBe(history);
    }),
    { seed: SEED },
  );
});

test('changes of one group in a row are one step, until the group is closed', () => {
  const typed = record(record(record(startHistory('old'), '1', 'f'), '12', 'f'), '123', 'f');
  expect(undo(typed).present).toBe('old');
  const again = record(closeGroup(typed), '1234', 'f');
  expect(undo(again).present).toBe('123');
  expect(undo(record(typed, 'x', 'g')).present).toBe('123');
});

test('what was undone is gone once something else is done', () => {
  const history = record(undo(record(startHistory(1), 2)), 3);
  expect(history.future).toEqual([]);
  expect(redo(history).present).toBe(3);
});

test('the oldest steps go, the present never', () => {
  let history = startHistory(0);
  for (let n = 1; n <= STEPS_MAX + 5; n++) history = record(history, n);
  expect(history.past).toHaveLength(STEPS_MAX);
  expect(history.past[0]).toBe(5);
  expect(history.present).toBe(STEPS_MAX + 5);
});
