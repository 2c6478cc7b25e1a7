import { describe, expect, it } from 'vitest';
import type { Oracle } from '../kernel/oracle.ts';
import { LOCKS } from '../locks/index.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import { RunEnd } from '../trace/event.ts';
import { Attempt } from './attempt.ts';
import { NotingOracle, ReplayOracle } from './choices.ts';
import { lockSubject } from './lock-subject.ts';
import { scenarioSubject } from './scenario-subject.ts';
import { Search } from './search.ts';
import type { SearchResult } from './search-result.ts';
import { type SearchOptions, STRATEGY_NAMES } from './settings.ts';
import type { Subject } from './subject.ts';

const SMALL = { clients: 2, rounds: 2, steps: 3 } as const;
const correct = lockSubject(LOCKS.fifo, SMALL);
const faulty = lockSubject(LOCKS['check-then-act'], SMALL);

function searched(
  subject: Subject,
  options: Partial<SearchOptions> = {},
  slice = 1_000,
): SearchResult {
  const search = new Search(subject, { schedulesMax: 5_000, ...options });
  while (search.advance(slice));
  return search.result();
}

/** A subject that answers to `attempt` as `execute` says; it asks `widths` and has no trace. */
function subjectOf(
  execute: (oracle: Oracle, nth: number) => { violated?: boolean; end?: RunEnd } | undefined,
): Subject {
  let nth = 0;
  return {
    name: 'made up',
    scope: 'nothing',
    reducible: false,
    attempt: (oracle) => {
      const noting = new NotingOracle(oracle);
      const { violated = false, end = RunEnd.done } = execute(noting, nth++) ?? {};
      return new Attempt(
        {
          verdict: violated ? 'violated' : end === RunEnd.done ? 'passed' : 'inconclusive',
          violated: violated ? ['pnl.total'] : [],
          choices: noting.choices,
          steps: 1,
          end,
        },
        () => {
          throw new Error('expected nobody to ask for a trace');
        },
      );
    },
  };
}

describe('a search says "proved"', () => {
  it.each(['exhaustive', 'every'] as const)('when it covered everything: %s', (strategy) => {
    const result = searched(correct, { strategy });
    expect(result).toMatchObject({
      conclusion: 'proved',
      complete: true,
      stop: 'covered',
      classes: 28,
      schedules: strategy === 'every' ? 78 : 28,
      findings: [],
    });
    expect(result.scope).toContain('2 clients, 2 rounds each, 3 atomic steps a round');
    expect(result.prunedShare > 0).toBe(strategy === 'exhaustive');
  });

  it('never of a strategy that draws', () => {
    for (const strategy of ['fifo', 'random', 'pct', 'urw', 'portfolio'] as const) {
      const { conclusion, complete } = searched(correct, { strategy, schedulesMax: 500 });
      expect([strategy, conclusion, complete]).toEqual([strategy, 'not-refuted', false]);
    }
  });

  it('never when there was nothing to choose', () => {
    const alone = lockSubject(LOCKS.fifo, { clients: 1, rounds: 3, steps: 2 });
    expect(searched(alone)).toMatchObject({ conclusion: 'nothing-to-choose', complete: true });
    expect(searched(alone, { strategy: 'every' }).conclusion).toBe('nothing-to-choose');
  });

  it.each([
    ['ended by its budget', { schedulesMax: 20 }, 'schedules'],
    ['met more classes than it remembers', { classesMax: 20 }, 'classes'],
  ] as const)('never when it %s', (_, options, stop) => {
    expect(searched(correct, options)).toMatchObject({
      conclusion: 'not-refuted',
      complete: false,
      stop,
    });
  });

  it('never when executions were longer than choices were open', () => {
    for (const strategy of ['exhaustive', 'every'] as const) {
      const result = searched(correct, { strategy, choicesMax: 4 });
      expect(result).toMatchObject({ conclusion: 'not-refuted', bounded: true, stop: 'covered' });
    }
  });

  it('never when an execution did not tell', () => {
    const cutShort = subjectOf((oracle) => ({
      end: oracle.choose(2, -1) ? RunEnd.limit : RunEnd.done,
    }));
    expect(searched(cutShort)).toMatchObject({
      conclusion: 'not-refuted',
      inconclusive: 1,
      unsettled: { schedule: 1, schedules: 1, picks: [1] },
    });
  });

  it('never of one shard', () => {
    expect(searched(correct, { shard: { index: 0, count: 2 } }).conclusion).toBe('not-refuted');
  });

  it.each([
    [3, 1, 60],
    [4, 1, 672],
    [2, 3, 424],
    [3, 2, 5_796],
  ])(
    'of the engine with the correct lock, %i symbols x %i signals',
    (symbols, signals, classes) => {
      const parsed = parseScenario({
        symbols: Array.from({ length: symbols }, (_, at) => ({ name: `SYM${at}`, signals })),
      });
      if (parsed.kind === 'error') throw new Error(parsed.error.message);
      const subject = scenarioSubject(parsed.value, {}, { deadlinesMax: 0 });
      const result = searched(subject, { schedulesMax: 10_000 });
      expect(result).toMatchObject({ conclusion: 'proved', schedules: classes, classes, cut: 0 });
      expect(result.scope).toContain(`${symbols} symbols, ${signals} signals each`);
    },
  );
});

describe('a violation', () => {
  it.each(STRATEGY_NAMES)(
    'is found by %s, or not at all by the default, and replayed',
    (strategy) => {
      const result = searched(faulty, { strategy });
      if (strategy === 'fifo') return expect(result.conclusion).toBe('not-refuted');
      expect(result).toMatchObject({ conclusion: 'violated', stop: 'found' });
      const [finding] = result.findings;
      expect(finding?.reproduced).toBe(true);
      const again = faulty.attempt(new ReplayOracle(finding?.picks ?? []));
      expect(again.violated).toEqual(finding?.violated);
    },
  );

  it('of every kind is found when the search goes on, by brute force and by classes alike', () => {
    const kinds = (strategy: SearchOptions['strategy']): string[] =>
      searched(faulty, { strategy, stopAtFirst: false })
        .findings.map(({ violated }) => violated.join())
        .sort();
    expect(kinds('exhaustive')).toEqual(kinds('every'));
    expect(kinds('exhaustive').length).toBeGreaterThan(1);
  });

  it('counts once for each execution, by check', () => {
    const result = searched(faulty, { strategy: 'every', stopAtFirst: false });
    const executions = result.findings.reduce((sum, { schedules }) => sum + schedules, 0);
    const exclusion = result.findings.filter(({ violated }) => violated.includes('lock.exclusion'));
    expect(result.violations.find(({ id }) => id === 'lock.exclusion')?.count).toBe(
      exclusion.reduce((sum, { schedules }) => sum + schedules, 0),
    );
    expect(executions).toBeLessThan(result.schedules);
  });
});

describe('a subject that is not the same under the same choices', () => {
  it('is reported when it asks something else', () => {
    const moody = subjectOf((oracle, nth) => {
      oracle.choose(nth % 3 === 0 ? 2 : 3, -1);
      oracle.choose(2, -1);
      return undefined;
    });
    const result = searched(moody, { strategy: 'every' });
    expect(result).toMatchObject({ conclusion: 'nondeterministic', stop: 'strayed' });
    expect(result.stray?.schedule).toBeGreaterThan(0);
  });

  it('is reported when a violation does not come again', () => {
    const once = subjectOf((oracle, nth) => {
      oracle.choose(2, -1);
      return { violated: nth === 0 };
    });
    const result = searched(once, { strategy: 'every' });
    expect(result.conclusion).toBe('nondeterministic');
    expect(result.findings[0]?.reproduced).toBe(false);
  });

  it('is reported when others can go next', () => {
    let extra = 0;
    const options = [0, 1, 2].map((task) => ({ task, process: task, dueUs: 0 }));
    const moody = subjectOf((oracle) => {
      oracle.chooseNext(options.slice(0, 2));
      oracle.chooseNext(extra++ === 0 ? options.slice(0, 2) : options.slice(1));
      return { violated: true };
    });
    const result = searched(moody, { strategy: 'random' });
    expect(result).toMatchObject({ conclusion: 'nondeterministic', stray: { choice: 1 } });
  });
});

describe('the result', () => {
  it('does not depend on the slices in which the search is advanced', () => {
    for (const strategy of ['exhaustive', 'portfolio'] as const) {
      const options = { strategy, schedulesMax: 300, stopAtFirst: false };
      expect(searched(faulty, options, 7)).toEqual(searched(faulty, options, 1_000));
    }
  });

  it('is what there is when the search is cancelled', () => {
    const search = new Search(correct);
    expect(search.advance(10)).toBe(true);
    expect(search.progress()).toMatchObject({ schedules: 10, classes: 10, done: false });
    search.cancel();
    expect(search.advance(10)).toBe(false);
    expect(search.result()).toMatchObject({ stop: 'cancelled', conclusion: 'not-refuted' });
  });

  it('prints the bound on a miss with PCT, of the executions that keep it', () => {
    const { guarantee } = searched(correct, { strategy: 'pct', depth: 2, schedulesMax: 400 });
    expect(guarantee?.depth).toBe(2);
    expect(guarantee?.executions).toBe(400);
    const { probability = 0, missBound = 1 } = guarantee ?? {};
    expect(probability).toBeGreaterThan(0);
    expect(missBound).toBeLessThan(1 - probability);
    expect(missBound).toBeGreaterThan(0);
  });
});
