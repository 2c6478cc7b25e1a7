/** The strategies that draw: the same seed decides the same, and each does what it promises. */
import { describe, expect, it } from 'vitest';
import type { Option, Oracle } from '../kernel/oracle.ts';
import { LOCKS } from '../locks/index.ts';
import { FaultKind } from '../trace/event.ts';
import { estimate } from './estimate.ts';
import { lockSubject } from './lock-subject.ts';
import { missBound, pctStrategy } from './pct.ts';
import { portfolioStrategy } from './portfolio.ts';
import { randomStrategy } from './random.ts';
import { fifoStrategy, type Strategy } from './strategy.ts';
import { swarm } from './swarm.ts';
import { type Toy, ToySubject } from './testing/toy.ts';
import { urwStrategy } from './urw.ts';

const subject = lockSubject(LOCKS['check-then-act'], { clients: 3, rounds: 1, steps: 3 });
const size = estimate(subject, 7);

const strategies: readonly [string, (seed: number) => Strategy][] = [
  ['random', randomStrategy],
  ['pct', (seed) => pctStrategy(seed, 3, size)],
  ['urw', (seed) => urwStrategy(seed, size)],
  ['portfolio', (seed) => portfolioStrategy(seed, 2, size)],
  ['swarm', (seed) => swarm(randomStrategy(seed), seed)],
];

const picksOf = (strategy: Strategy, nth: number): string =>
  subject.attempt(strategy.oracle(nth)).choices.picks.join();

describe.each(strategies)('the strategy %s', (_, strategyOf) => {
  it('decides an execution by seed and number alone', () => {
    const inOrder = [0, 1, 2, 3, 4].map((nth) => picksOf(strategyOf(1), nth));
    const backwards = [4, 3, 2, 1, 0].map((nth) => picksOf(strategyOf(1), nth)).reverse();
    expect(inOrder).toEqual(backwards);
    const many = (seed: number): string =>
      Array.from({ length: 20 }, (__, nth) => picksOf(strategyOf(seed), nth)).join(' ');
    expect(many(1)).not.toBe(many(2));
  });

  it('finds that a check-then-act lock does not exclude', () => {
    const strategy = strategyOf(3);
    const found = Array.from({ length: 60 }, (__, nth) => subject.attempt(strategy.oracle(nth)));
    expect(found.some(({ violated }) => violated.includes('lock.exclusion'))).toBe(true);
  });
});

describe('fifo', () => {
  it('is the default schedule', () => {
    const { choices } = subject.attempt(fifoStrategy.oracle(5));
    expect(choices.picks.every((pick) => pick === 0)).toBe(true);
  });
});

describe('PCT', () => {
  /**
   * A bug of depth 2: the first change of the last task comes before the first of all others, or
   * the cell is odd. Priorities alone rarely do it, but one ordering constraint does.
   */
  const toy: Toy = {
    tasks: [0, 1, 2].map((task) => ({
      daemon: false,
      steps: Array.from({ length: 4 }, () => ({
        ops: [{ kind: 'change' as const, cell: task }],
        then: 'go-on' as const,
      })),
    })),
    deadlinesMax: 0,
  };
  const program = new ToySubject(toy);
  const estimated = estimate(program, 1);

  it('promises 1 / (n k^(d-1))', () => {
    const { guarantee } = pctStrategy(1, 3, { ...estimated, processes: 4, choices: 10 });
    expect(guarantee?.probability).toBe(1 / 400);
  });

  it('keeps its promise for an order of two steps', () => {
    // Task 2 does its second step before task 0 does its first, and its third after that.
    const hits = (nth: number, strategy: Strategy): boolean => {
      const { choices } = program.attempt(strategy.oracle(nth));
      const order = Array.from({ length: choices.size }, (_, at) => {
        const processes = choices.processes(at);
        return processes[choices.picks[at] as number];
      });
      const firstOf0 = order.indexOf(0);
      const of2 = order.flatMap((task, at) => (task === 2 ? [at] : []));
      return firstOf0 > (of2[1] ?? Infinity) && firstOf0 < (of2[2] ?? Infinity);
    };
    const strategy = pctStrategy(11, 2, estimated);
    const executions = 4_000;
    let found = 0;
    for (let nth = 0; nth < executions; nth++) if (hits(nth, strategy)) found += 1;
    const promised = strategy.guarantee?.probability ?? 1;
    expect(found / executions).toBeGreaterThanOrEqual(promised);
  });

  it('does not count an execution that is larger than was estimated', () => {
    const { guarantee } = pctStrategy(1, 2, { ...estimated, choices: 2 });
    expect(guarantee?.holdsFor(program.attempt(fifoStrategy.oracle(0)))).toBe(false);
    const fits = pctStrategy(1, 2, estimated).guarantee;
    expect(fits?.holdsFor(program.attempt(fifoStrategy.oracle(0)))).toBe(true);
  });

  it('bounds a miss by the product over all executions', () => {
    expect(missBound(0.25, 0)).toBe(1);
    expect(missBound(0.25, 3)).toBeCloseTo(0.75 * 0.75 * 0.75, 12);
    expect(missBound(0.001, 100_000)).toBeLessThan(1e-40);
    expect(missBound(1, 5)).toBe(0);
  });
});

describe('the uniform random walk', () => {
  /** One task of one step, one of three: four orders, as likely as each other. */
  const short = { daemon: false, steps: [{ ops: [], then: 'go-on' as const }] };
  const long = {
    daemon: false,
    steps: Array.from({ length: 3 }, () => ({ ops: [], then: 'go-on' as const })),
  };
  const program = new ToySubject({ tasks: [short, long], deadlinesMax: 0 });
  const WALKS = 4_000;

  function sharesOf(strategy: Strategy): number[] {
    const counts = new Map<string, number>();
    for (let nth = 0; nth < WALKS; nth++) {
      const key = program.attempt(strategy.oracle(nth)).choices.picks.join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts.values()].map((count) => count / WALKS);
  }

  it('takes every schedule equally often, which a plain random walk does not', () => {
    const uniform = sharesOf(urwStrategy(5, estimate(program, 5)));
    expect(uniform).toHaveLength(4);
    for (const share of uniform) expect(Math.abs(share - 1 / 4)).toBeLessThan(0.03);
    const plain = sharesOf(randomStrategy(5));
    expect(Math.max(...plain)).toBeGreaterThan(0.45);
  });
});

describe('a portfolio', () => {
  it('gives each of its strategies its part, and begins with the default', () => {
    const parts = [
      randomStrategy(9),
      urwStrategy(9, size),
      pctStrategy(9, 1, size),
      pctStrategy(9, 2, size),
    ];
    const portfolio = portfolioStrategy(9, 2, size);
    expect(picksOf(portfolio, 0)).toBe(picksOf(fifoStrategy, 0));
    for (let nth = 1; nth <= 8; nth++) {
      const part = parts[(nth - 1) % 4] as Strategy;
      expect(picksOf(portfolio, nth)).toBe(picksOf(part, Math.floor((nth - 1) / 4)));
    }
  });
});

describe('a swarm', () => {
  const always: Strategy = {
    name: 'always',
    oracle: (): Oracle => ({
      chooseNext: (options: readonly Option[]) => options.length - 1,
      choose: () => 1,
    }),
  };
  const kinds = Object.values(FaultKind);

  it('draws for each execution which kinds of faults exist, about half of them', () => {
    const strategy = swarm(always, 4);
    const seen = Array.from({ length: 200 }, (_, nth) =>
      kinds.map((kind) => strategy.oracle(nth).choose(2, kind)),
    );
    expect(new Set(seen.map((row) => row.join())).size).toBeGreaterThan(50);
    for (let at = 0; at < kinds.length; at++) {
      const share = seen.filter((row) => row[at] === 1).length / seen.length;
      expect(Math.abs(share - 0.5)).toBeLessThan(0.15);
    }
  });

  it('says the same of a kind throughout an execution, and leaves everything else alone', () => {
    const oracle = swarm(always, 4).oracle(3);
    for (const kind of kinds) {
      const first = oracle.choose(2, kind);
      expect([oracle.choose(2, kind), oracle.choose(2, kind)]).toEqual([first, first]);
    }
    expect(oracle.choose(2, -1)).toBe(1);
    const two = [0, 1].map((task) => ({ task, process: task, dueUs: 0 }));
    expect(oracle.chooseNext(two)).toBe(1);
  });
});
