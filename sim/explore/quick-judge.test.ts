/**
 * What is quick is also right: the verdicts that a search goes by are those of a whole run, and
 * nothing is left over from one execution to the next.
 */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../base/random.ts';
import { EXPLORED } from '../check/sources.ts';
import { LOCK_NAMES, LOCKS } from '../locks/index.ts';
import { GALLERY } from '../scenario/gallery/index.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Attempt } from './attempt.ts';
import { lockSubject } from './lock-subject.ts';
import { RandomOracle } from './random.ts';
import { scenarioSubject } from './scenario-subject.ts';
import type { Subject } from './subject.ts';

const oracleOf = (seed: number): RandomOracle => new RandomOracle(new RandomStream(seed, 'quick'));

/** What the whole run of an attempt says of the required checks. */
function slowly({ result }: Attempt) {
  const required = result.checks.filter(({ id }) => EXPLORED.required.has(id));
  const violated = required.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id);
  return { violated, verdict: result.verdict, steps: result.steps };
}

function compare(subject: Subject, fresh: () => Subject, rounds: number): void {
  for (let seed = 0; seed < rounds; seed++) {
    const attempt = subject.attempt(oracleOf(seed));
    const { violated, verdict, steps, choices } = attempt;
    expect({ violated, verdict, steps }).toEqual(slowly(attempt));
    const anew = fresh().attempt(oracleOf(seed));
    expect(choices.picks).toEqual(anew.choices.picks);
    expect(choices.firstDifference(anew.choices)).toBeUndefined();
    expect(attempt.digest).toBe(anew.digest);
  }
}

describe('an attempt', () => {
  it.each(LOCK_NAMES)(
    'with the lock %s is judged as a whole run is, whatever came before',
    (name) => {
      const scope = { clients: 3, rounds: 2, steps: 3, timeoutUs: 2_000, leaseUs: 1_500 };
      const fresh = (): Subject => lockSubject(LOCKS[name], scope);
      compare(fresh(), fresh, 25);
    },
  );

  it.each(GALLERY.map(({ name, scenario }) => [name, scenario] as const))(
    'of %s is judged as a whole run is, whatever came before',
    (_, scenario) => {
      const symbols = scenario.symbols
        .slice(0, 3)
        .map((symbol) => ({ ...symbol, signals: Math.min(4, symbol.signals), durationUs: 0 }));
      const short: Scenario = { ...scenario, symbols };
      const fresh = (): Subject => scenarioSubject(short);
      compare(fresh(), fresh, 4);
    },
  );
});
