/**
 * Seconds for a proof: every schedule of a bounded scope, with and without reduction.
 *
 * A lock alone has a closed form to be held against: three clients, three rounds of two steps are
 * 330,252 schedules. The engine's own tasks are walked with reduction, one execution of each class;
 * a round of a symbol is about five steps there: its own two or three, and two of the gateway.
 */
import {
  LOCKS,
  lockSubject,
  parseScenario,
  scenarioSubject,
  Search,
  type Subject,
} from '../sim/index.ts';
import { type Claim, type Measurement } from './claim.ts';
import { secondsOf } from './stopwatch.ts';

const LOCK_SCHEDULES = 330_252;

function engine(symbols: number, signals: number): Subject {
  const parsed = parseScenario({
    symbols: Array.from({ length: symbols }, (_, at) => ({ name: `SYM${at}`, signals })),
  });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  return scenarioSubject(parsed.value, {}, { deadlinesMax: 0 });
}

async function proved(
  subject: Subject,
  strategy: 'exhaustive' | 'every',
  expected?: number,
): Promise<Measurement> {
  const search = new Search(subject, { strategy, schedulesMax: Infinity });
  const seconds = await secondsOf(() => {
    while (search.advance(10_000));
  });
  const { conclusion, schedules, classes = 0, stepsMost, prunedShare } = search.result();
  if (conclusion !== 'proved') throw new Error(`expected a proof, got ${conclusion}`);
  if (expected !== undefined && schedules !== expected) {
    throw new Error(`expected ${expected} schedules, got ${schedules}`);
  }
  const detail = { schedules, classes, 'steps of the longest': stepsMost, pruned: prunedShare };
  return { value: seconds, detail };
}

const lock = lockSubject(LOCKS.fifo, { clients: 3, rounds: 3, steps: 2 });
const LOCK_ALONE = 'a lock alone, 3 clients x 3 rounds, every schedule';
const ENGINE_SCOPES = [
  [3, 2],
  [2, 3],
  [4, 1],
] as const;
const nameOf = (symbols: number, signals: number): string =>
  `the engine, ${symbols} symbols x ${signals} signals, every class`;

export const claim: Claim = {
  name: 'explore-exhaustive',
  says: 'The correct lock is proved for bounded scopes while one waits.',
  unit: 's',
  better: 'less',
  goal: {
    text: 'every schedule of a lock alone in 10 s, the engine’s scopes in 60 s each',
    holds: (medians) =>
      (medians.get(LOCK_ALONE) ?? Infinity) <= 10 &&
      ENGINE_SCOPES.every(([x, y]) => (medians.get(nameOf(x, y)) ?? Infinity) <= 60),
  },
  rounds: 3,
  subjects: [
    {
      name: LOCK_ALONE,
      role: 'ours',
      measure: () => proved(lock, 'every', LOCK_SCHEDULES),
    },
    {
      name: 'a lock alone, 3 clients x 3 rounds, every class',
      role: 'ours',
      measure: () => proved(lock, 'exhaustive', LOCK_SCHEDULES),
    },
    ...ENGINE_SCOPES.map(([symbols, signals]) => ({
      name: nameOf(symbols, signals),
      role: 'ours' as const,
      measure: () => proved(engine(symbols, signals), 'exhaustive'),
    })),
    {
      name: 'the engine, 2 symbols x 2 signals, every schedule',
      role: 'ours',
      measure: () => proved(engine(2, 2), 'every'),
    },
  ],
};
