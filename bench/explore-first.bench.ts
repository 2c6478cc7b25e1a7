/**
 * How long it takes to find something: the time to the first violation by the default strategy,
 * over every faulty part that a schedule can show and over every violation of the gallery.
 *
 * A correct part in the place of each faulty one is searched as well, and must raise no alarm.
 */
import {
  type CheckId,
  EXPLORED,
  GALLERY,
  mutants,
  scenarioSubject,
  Search,
  type Subject,
} from '../sim/index.ts';
import { atMost, type Claim, type Measurement } from './claim.ts';
import { secondsOf } from './stopwatch.ts';

const SCHEDULES_MAX = 3_000;
const CORRECT_SCHEDULES = 24;

interface Case {
  readonly subject: Subject;
  /** One of these has to be violated. */
  readonly caughtBy: readonly CheckId[];
}

/** Milliseconds until one of the checks is violated. */
async function timeOf({ subject, caughtBy }: Case): Promise<number> {
  const seconds = await Promise.all(
    caughtBy.map((check) =>
      secondsOf(() => {
        const wanted = [check];
        const options = { strategy: 'portfolio', schedulesMax: SCHEDULES_MAX, wanted } as const;
        const search = new Search(subject, options);
        while (search.advance(100));
        if (search.result().stop !== 'found') throw new Error(`expected ${check} to be found`);
      }).catch(() => Infinity),
    ),
  );
  return Math.min(...seconds) * 1_000;
}

async function measure(cases: readonly Case[]): Promise<Measurement> {
  const times: number[] = [];
  for (const each of cases) times.push(await timeOf(each));
  times.sort((x, y) => x - y);
  return {
    value: times[times.length >> 1] ?? Infinity,
    detail: {
      cases: times.length,
      missed: times.filter((time) => time === Infinity).length,
      p90: times[Math.floor(times.length * 0.9)] ?? Infinity,
      most: times.at(-1) ?? Infinity,
    },
  };
}

function corpus(): Case[] {
  const all = mutants();
  for (const { name, correct } of all) {
    const search = new Search(correct, {
      strategy: 'portfolio',
      schedulesMax: CORRECT_SCHEDULES,
    });
    while (search.advance(100));
    if (search.result().findings.length > 0) throw new Error(`expected no alarm beside ${name}`);
  }
  return [...all];
}

function gallery(): Case[] {
  return GALLERY.filter(({ long }) => !long).flatMap(({ scenario, expect: { checks, races } }) =>
    [...checks, ...races]
      .filter((check): check is CheckId => EXPLORED.required.has(check as CheckId))
      .map((check) => ({ subject: scenarioSubject(scenario), caughtBy: [check] })),
  );
}

export const claim: Claim = {
  name: 'explore-first',
  says: 'What is faulty is found within a second.',
  unit: 'ms, the median',
  better: 'less',
  goal: atMost('faulty parts', 1_000, 'a median of at most 1,000 ms over the faulty parts'),
  rounds: 3,
  subjects: [
    { name: 'faulty parts', role: 'ours', measure: () => measure(corpus()) },
    { name: 'gallery', role: 'ours', measure: () => measure(gallery()) },
  ],
};
