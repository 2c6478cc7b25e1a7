/** Random small programs: what properties about reduction and classes are held against. */
import fc from 'fast-check';
import type { Toy } from './toy.ts';

const cell = fc.integer({ min: 0, max: 2 });
const op = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('look', 'change'), cell }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wake'), task: fc.integer({ min: 0, max: 1 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deliver'), cell }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'withdraw' }, { kind: 'decide' }) },
);
const step = fc.record({
  ops: fc.array(op, { maxLength: 2 }),
  then: fc.constantFrom('go-on', 'nap', 'park', 'park-timed'),
});
const task = fc.record({
  daemon: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
});
/** Two or three tasks of one to three steps, with everything that a toy can do. */
export const TOYS = fc.record({
  tasks: fc.array(task, { minLength: 2, maxLength: 3 }),
  deadlinesMax: fc.constantFrom(0, 1, Infinity),
}) as fc.Arbitrary<Toy>;
