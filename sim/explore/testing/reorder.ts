/**
 * Executes a subject again in another order of the same class: independent steps change places.
 *
 * If the dependency is sound the second execution can be done step by step, does the same and is
 * judged the same; so this is how whole scenarios are held against it, far beyond what can be
 * searched through.
 */
import type { RandomStream } from '../../base/random.ts';
import { Footprints } from '../../kernel/footprints.ts';
import type { Option, Oracle } from '../../kernel/oracle.ts';
import type { Attempt } from '../attempt.ts';
import { Dependency, processName } from '../dependency.ts';
import type { Subject } from '../subject.ts';

/** One step of an order: who, and what it decides. */
interface Turn {
  readonly name: string;
  readonly decisions: readonly number[];
}

/** Gives each step its turn, by name. */
class OrderOracle implements Oracle {
  readonly #log: Footprints;
  readonly #order: readonly Turn[];
  #decidedAt = -1;
  #decided = 0;
  /** What could not be done as planned. */
  fault: string | undefined = undefined;

  constructor(log: Footprints, order: readonly Turn[]) {
    this.#log = log;
    this.#order = order;
  }

  chooseNext(options: readonly Option[]): number {
    const turn = this.#order[this.#log.size];
    const pick = options.findIndex(({ process }) => processName(this.#log, process) === turn?.name);
    if (pick < 0) this.fault ??= `step ${this.#log.size} cannot be done`;
    return Math.max(0, pick);
  }

  choose(): number {
    const step = this.#log.current;
    if (step !== this.#decidedAt) {
      this.#decidedAt = step;
      this.#decided = 0;
    }
    return this.#order[step]?.decisions[this.#decided++] ?? 0;
  }
}

export interface Reordered {
  readonly first: Attempt;
  readonly second: Attempt;
  /** Whether the orders differ at all. */
  readonly moved: boolean;
  /** Why the second is not of the first one's class, or undefined. */
  readonly fault: string | undefined;
}

/** Executes by `oracle`, and then once more in an order of the same class that `draws` pick. */
export function reorder(
  subject: Subject,
  oracle: Oracle,
  draws: RandomStream,
  dependency = new Dependency(),
): Reordered {
  const log = new Footprints();
  const first = subject.attempt(oracle, log);
  dependency.read(log);
  const key = dependency.key();
  const places = linearExtension(log.size, (x, y) => dependency.isBefore(x, y), draws);
  const order = places.map((at) => turnOf(log, at));
  const moved = places.some((at, place) => at !== place);
  const again = new Footprints();
  const following = new OrderOracle(again, order);
  const second = subject.attempt(following, again);
  dependency.read(again);
  const same = dependency.key() === key;
  const fault = following.fault ?? (same ? undefined : 'the second execution is of another class');
  return { first, second, moved, fault };
}

function turnOf(log: Footprints, at: number): Turn {
  const from = at === 0 ? 0 : (log.decisionsEnd[at - 1] as number);
  return {
    name: processName(log, log.process[at] as number),
    decisions: log.decisions.slice(from, log.decisionsEnd[at]),
  };
}

/** An order of 0 to `size` - 1 in which `isBefore` holds, drawn at random. */
function linearExtension(
  size: number,
  isBefore: (earlier: number, later: number) => boolean,
  draws: RandomStream,
): number[] {
  const left = Array.from({ length: size }, (_, at) => at);
  const order: number[] = [];
  while (left.length > 0) {
    const free = left.filter((at) => !left.some((other) => other < at && isBefore(other, at)));
    const next = free[draws.between(0, free.length - 1)] as number;
    left.splice(left.indexOf(next), 1);
    order.push(next);
  }
  return order;
}
