/** Our promises do what the engine's do, job for job, and their queue knows when all is at rest. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Jobs } from './jobs.ts';
import { promiseClass } from './promise-class.ts';

/** One promise of a random program, made of those before it, which it names by number. */
type Node =
  | { readonly kind: 'resolve' | 'reject'; readonly value: number }
  | { readonly kind: 'wrap' | 'adopt' | 'thenable' | 'later' | 'finally'; readonly of: number }
  | { readonly kind: 'all' | 'race' | 'any' | 'allSettled'; readonly of: readonly number[] }
  | { readonly kind: 'then'; readonly of: number; readonly gives: Gift; readonly to: number };
type Gift = 'value' | 'promise' | 'error' | 'thenable' | 'itself';

const place = fc.nat(30);
const node: fc.Arbitrary<Node> = fc.oneof(
  fc.record({ kind: fc.constantFrom('resolve', 'reject'), value: fc.nat(9) }),
  fc.record({
    kind: fc.constantFrom('wrap', 'adopt', 'thenable', 'later', 'finally'),
    of: place,
  }),
  fc.record({
    kind: fc.constantFrom('all', 'race', 'any', 'allSettled'),
    of: fc.array(place, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('then' as const),
    of: place,
    gives: fc.constantFrom<Gift[]>('value', 'promise', 'error', 'thenable', 'itself'),
    to: place,
  }),
);
const program = fc.array(node, { minLength: 1, maxLength: 30 });

/** Builds the promises and notes in which order they come to what. */
function run(type: PromiseConstructor, nodes: readonly Node[], log: string[]): void {
  const made: Promise<unknown>[] = [];
  const late: (() => void)[] = [];
  const at = (index: number): Promise<unknown> =>
    made.length === 0 ? type.resolve(0) : (made[index % made.length] as Promise<unknown>);
  nodes.forEach((each, nth) => {
    const promise = build(type, each, at, late, (what) => log.push(`${nth} ${what}`));
    made.push(promise);
    promise.then(
      (value) => log.push(`${nth} is ${JSON.stringify(value)}`),
      (reason: unknown) => log.push(`${nth} fails: ${String(reason)}`),
    );
  });
  for (const settle of late.reverse()) settle();
}

function build(
  type: PromiseConstructor,
  each: Node,
  at: (index: number) => Promise<unknown>,
  late: (() => void)[],
  note: (what: string) => void,
): Promise<unknown> {
  switch (each.kind) {
    case 'resolve':
      return type.resolve(each.value);
    case 'reject':
      return type.reject(new Error(String(each.value)));
    case 'wrap':
      return new type((resolve) => resolve(at(each.of)));
    case 'adopt':
      return type.resolve(at(each.of));
    case 'thenable':
      return type.resolve(thenable(at(each.of), note));
    case 'later':
      return new type((resolve) => late.push(() => resolve(at(each.of))));
    case 'finally':
      return at(each.of).finally(() => {
        note('at last');
        return at(each.of + 1);
      });
    case 'all':
    case 'race':
    case 'any':
    case 'allSettled': {
      const some = each.of.map(at);
      const joint = type[each.kind].bind(type) as (all: unknown[]) => Promise<unknown>;
      return joint(some);
    }
    case 'then': {
      const promise: Promise<unknown> = at(each.of).then((value) => {
        note(`has ${JSON.stringify(value)}`);
        return gift(each.gives, promise, at(each.to), note);
      });
      return promise;
    }
  }
}

function gift(
  gives: Gift,
  own: Promise<unknown>,
  other: Promise<unknown>,
  note: (what: string) => void,
): unknown {
  if (gives === 'error') throw new Error('given');
  if (gives === 'thenable') return thenable(other, note);
  return { value: 7, promise: other, itself: own }[gives];
}

function thenable(of: Promise<unknown>, note: (what: string) => void): PromiseLike<unknown> {
  const then = (resolve: (value: unknown) => void): void => {
    note('is asked');
    resolve(of);
  };
  return { then } as PromiseLike<unknown>;
}

/** A macrotask of the engine comes after all of its microtasks. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('stepped promises', () => {
  it('take the same jobs in the same order as those of the engine', async () => {
    const property = fc.asyncProperty(program, async (nodes) => {
      const expected: string[] = [];
      run(Promise, nodes, expected);
      await turn();
      const jobs = new Jobs();
      const got: string[] = [];
      run(promiseClass(jobs) as unknown as PromiseConstructor, nodes, got);
      expect(jobs.run(Infinity)).toBe(true);
      expect(got).toEqual(expected);
    });
    await fc.assert(property, { seed: 5, numRuns: 1_000 });
  });

  it('do nothing once their queue is empty, however deep the chain was', async () => {
    const property = fc.asyncProperty(program, fc.nat(400), async (nodes, depth) => {
      const jobs = new Jobs();
      const type = promiseClass(jobs) as unknown as PromiseConstructor;
      const log: string[] = [];
      let chain: Promise<unknown> = type.resolve(0);
      for (let link = 0; link < depth; link++) {
        chain = chain.then((value) => (link % 3 === 0 ? type.resolve(value) : value));
      }
      chain.then(() => log.push('the end of the chain')).catch(() => log.push('never'));
      run(type, nodes, log);
      jobs.run(Infinity);
      expect(jobs.size).toBe(0);
      expect(log).toContain('the end of the chain');
      const atRest = [...log];
      await turn();
      jobs.run(Infinity);
      expect(log).toEqual(atRest);
    });
    await fc.assert(property, { seed: 6, numRuns: 200 });
  });

  it('give promises of the class that they are derived into', () => {
    const jobs = new Jobs();
    const Base = promiseClass(jobs) as unknown as PromiseConstructor;
    class Own<T> extends Base<T> {}
    const own = Own.resolve(1).then((value) => value + 1);
    expect(own).toBeInstanceOf(Own);
    let came = 0;
    own.then((value) => (came = value)).catch(() => (came = -1));
    jobs.run(Infinity);
    expect(came).toBe(2);
  });

  it('are cut off where jobs make jobs for ever', () => {
    const jobs = new Jobs();
    const again = (): void => jobs.push(again);
    again();
    expect(jobs.run(1_000)).toBe(false);
    expect(jobs.size).toBe(0);
  });
});
