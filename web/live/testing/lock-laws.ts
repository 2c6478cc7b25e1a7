/**
 * The laws of every lock, held against `navigator.locks` or a stand-in: the same bench and the same
 * laws, only that the browser gets a turn after each move, since it answers later.
 */
import fc from 'fast-check';
import type { LockImplementation } from '../../../sim/index.ts';
import { LAW_NAMES, LAWS } from '../../../sim/locks/testing/contract-suite.ts';
import { LockBench, type Move, type Step } from '../../../sim/locks/testing/lock-bench.ts';
import { browserLock, type WebLocks } from '../browser-lock.ts';

const MOVES_MAX = 40;
const CLIENTS = 5;

const moves = fc.array(
  fc.record({
    kind: fc.constantFrom(
      ...(['ask', 'ask', 'ask', 'give-back', 'give-back', 'give-up'] as const),
      ...(['give-back-again', 'give-back-foreign'] as const),
    ),
    client: fc.nat(CLIENTS - 1),
    us: fc.constant(0),
  }),
  { minLength: 10, maxLength: MOVES_MAX },
);

/** Plays a script; what the browser does after a move counts as done in answer to it. */
async function stepsOf(
  script: readonly Move[],
  implementation: LockImplementation,
  turn: () => Promise<void>,
): Promise<readonly Step[]> {
  const bench = new LockBench(implementation);
  const steps: Step[] = [];
  /** False if the move did not apply. */
  const play = async (move: Move): Promise<boolean> => {
    const at = bench.steps.length;
    bench.play(move);
    const step = bench.steps[at];
    if (step === undefined) return false;
    await turn();
    bench.play({ kind: 'pass', client: 0, us: 0 });
    const { effects, inside, waiting } = bench.steps.at(-1) ?? step;
    steps.push({ ...step, effects: [...step.effects, ...effects], inside, waiting });
    return true;
  };
  for (const move of script) await play(move);
  for (let client = 0, idle = 0; idle < CLIENTS; client = (client + 1) % CLIENTS) {
    idle = (await play({ kind: 'give-back', client, us: 0 })) ? 0 : idle + 1;
  }
  return steps;
}

/** What `locks` broke of the laws in `scripts` scripts drawn from `seed`, each in a sentence. */
export async function breachesOf(
  locks: WebLocks,
  turn: () => Promise<void>,
  seed: number,
  scripts: number,
): Promise<readonly string[]> {
  const breaches: string[] = [];
  for (const script of fc.sample(moves, { seed, numRuns: scripts })) {
    const implementation = browserLock({ arrive: (deliver) => deliver() }, locks);
    const steps = await stepsOf(script, implementation, turn);
    for (const law of LAW_NAMES) {
      const breach = LAWS[law](steps, implementation.fairness);
      if (breach !== undefined) breaches.push(`${law}: ${breach}; seed ${seed}`);
    }
  }
  return breaches;
}
