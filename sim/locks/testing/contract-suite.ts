/**
 * What every lock owes its clients, as laws over scripts of moves that are drawn at random.
 *
 * A law reads the steps of a lock's bench and says what was broken first, or nothing. The correct
 * locks keep all laws; each faulty one breaks at least one, by name.
 */
import fc from 'fast-check';
import { assertUnreachable } from '../../base/assert.ts';
import type { Claim, Fairness, LockImplementation } from '../contract.ts';
import { CLIENT_SYMBOLS, type Effect, LockBench, type Move, type Step } from './lock-bench.ts';

/** What a law found broken, in a sentence; undefined where it holds. */
export type Breach = string | undefined;

const sayHold = (claim: Claim): string => `hold ${claim.hold} of client ${claim.task}`;

/** The first breach that `look` finds, with the number of its step. */
function firstBreach(steps: readonly Step[], look: (step: Step) => Breach): Breach {
  for (const [at, step] of steps.entries()) {
    const breach = look(step);
    if (breach !== undefined) return `step ${at} (${step.kind}): ${breach}`;
  }
  return undefined;
}

function grantsOf(step: Step): Extract<Effect, { kind: 'grant' }>[] {
  return step.effects.filter((effect) => effect.kind === 'grant');
}

function exclusion(steps: readonly Step[]): Breach {
  return firstBreach(steps, ({ inside }) =>
    inside.length > 1 ? `${inside.map(sayHold).join(' and ')} are inside` : undefined,
  );
}

function handOver(steps: readonly Step[]): Breach {
  return firstBreach(steps, ({ inside, waiting }) => {
    const [first] = waiting;
    if (inside.length > 0 || first === undefined) return undefined;
    return `nobody is inside and ${sayHold(first)} waits`;
  });
}

function progress(steps: readonly Step[]): Breach {
  const [left] = steps.at(-1)?.waiting ?? [];
  return left === undefined ? undefined : `${sayHold(left)} waits although everybody gave back`;
}

function cancelled(steps: readonly Step[]): Breach {
  const gone = new Set<Claim>();
  return firstBreach(steps, (step) => {
    const ghost = grantsOf(step).find(({ claim }) => gone.has(claim));
    if (step.kind === 'give-up' && step.claim !== undefined) gone.add(step.claim);
    return ghost === undefined ? undefined : `${sayHold(ghost.claim)} gave up and is let in`;
  });
}

function grantedOnce(steps: readonly Step[]): Breach {
  const granted = new Set<Claim>();
  return firstBreach(steps, (step) => {
    for (const { claim } of grantsOf(step)) {
      if (granted.has(claim)) return `${sayHold(claim)} is let in again`;
      granted.add(claim);
    }
    return undefined;
  });
}

function reported(steps: readonly Step[]): Breach {
  return firstBreach(steps, ({ kind, claim, caller, effects }) => {
    if (kind !== 'give-back' || claim === undefined) return undefined;
    const [first, ...rest] = effects;
    const told = first?.kind === 'release' && first.claim === claim && first.caller === caller;
    const once = !rest.some((effect) => effect.kind === 'release');
    return told && once
      ? undefined
      : `expected the release of ${sayHold(claim)} once, before all else`;
  });
}

function keptUntilGivenBack(steps: readonly Step[]): Breach {
  return firstBreach(steps, ({ kind, effects }) => {
    if (kind !== 'ask' && kind !== 'give-up' && kind !== 'pass') return undefined;
    const ended = effects.find((effect) => effect.kind === 'release');
    return ended === undefined ? undefined : `${sayHold(ended.claim)} ends, nobody gave it back`;
  });
}

function ignores(kind: 'give-back-again' | 'give-back-foreign') {
  return (steps: readonly Step[]): Breach =>
    firstBreach(steps, (step) => {
      if (step.kind !== kind || step.effects.length === 0) return undefined;
      return `expected nothing to happen, got ${step.effects.map(({ kind: what }) => what).join()}`;
    });
}

function promisedOrder(steps: readonly Step[], fairness: Fairness): Breach {
  const times = new Map<Claim, number>();
  const most = overtakingsMax(fairness);
  return firstBreach(steps, (step) => {
    for (const claim of grantsOf(step).flatMap(({ overtaken }) => overtaken)) {
      const count = (times.get(claim) ?? 0) + 1;
      times.set(claim, count);
      if (count > most) return `${sayHold(claim)} is overtaken ${count} times, promised ${most}`;
    }
    return undefined;
  });
}

function overtakingsMax(fairness: Fairness): number {
  switch (fairness.kind) {
    case 'fifo':
      return 0;
    case 'bypass':
      return fairness.max;
    case 'unfair':
      return Infinity;
    default:
      return assertUnreachable(fairness);
  }
}

/** Every law under the name by which a broken one is reported. */
export const LAWS = {
  'never lets two in at once': exclusion,
  'lets the next in within the step in which the lock is free': handOver,
  'lets everybody in who stays': progress,
  'never lets in who gave up': cancelled,
  'lets a claim in once': grantedOnce,
  'reports a release once, before the grant that follows': reported,
  'ends a hold only when it is given back': keptUntilGivenBack,
  'ignores a second release': ignores('give-back-again'),
  'ignores a release by somebody else': ignores('give-back-foreign'),
  'serves in the order that it promises': promisedOrder,
} as const satisfies Record<string, (steps: readonly Step[], fairness: Fairness) => Breach>;

export type LawName = keyof typeof LAWS;
export const LAW_NAMES = Object.keys(LAWS) as LawName[];

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constant('ask' as const) },
      { weight: 4, arbitrary: fc.constant('give-back' as const) },
      { weight: 1, arbitrary: fc.constant('give-back-again' as const) },
      { weight: 1, arbitrary: fc.constant('give-back-foreign' as const) },
      { weight: 2, arbitrary: fc.constant('give-up' as const) },
      { weight: 2, arbitrary: fc.constant('pass' as const) },
    ),
    client: fc.nat(CLIENT_SYMBOLS.length - 1),
    us: fc.constantFrom(0, 1, 600, 1_500),
  }),
  { maxLength: 60, size: 'max' },
);

/**
 * Holds what `make` gives against one law, over `runs` scripts drawn from `seed`. The shortest
 * script that breaks it, the breach and the seed make up the answer; undefined where none does.
 */
export function breachOf(
  make: () => LockImplementation,
  law: LawName,
  seed: number,
  runs: number,
): Breach {
  const play = (script: readonly Move[]): Breach => {
    const implementation = make();
    const bench = new LockBench(implementation);
    for (const move of script) bench.play(move);
    bench.drain();
    return LAWS[law](bench.steps, implementation.fairness);
  };
  const property = fc.property(moves, (script) => play(script) === undefined);
  const outcome = fc.check(property, { seed, numRuns: runs });
  const script = outcome.counterexample?.[0];
  if (!outcome.failed || script === undefined) return undefined;
  const told = script.map(({ kind, client, us }) =>
    kind === 'pass' ? `pass ${us}` : `${kind} ${client}`,
  );
  return `${play(script) ?? 'unsteady'}; seed ${seed}, script: ${told.join(', ')}`;
}
