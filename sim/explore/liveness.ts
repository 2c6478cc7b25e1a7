/**
 * Safety first, then liveness: once faults stop and everybody gets a turn, an execution has to end.
 *
 * What does not is named with its cycle: tasks that wait for each other's locks, a waiter whom a
 * free lock has forgotten, one whose holder keeps the lock for ever, or steps that repeat without
 * end. Known limit: a task that waits for anything but a lock is named without a cycle; a loop is
 * told by its steps, who did them and what they touched, not by the whole state.
 */
import { chainEnd, circleOf } from '../check/wait-graph.ts';
import { Footprints } from '../kernel/footprints.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import { TraceBook } from '../trace/book.ts';
import { NONE, RunEnd } from '../trace/event.ts';
import type { Holding } from '../trace/holdings.ts';
import { eventsOf } from '../trace/segment.ts';
import type { Attempt } from './attempt.ts';
import { ReplayOracle } from './choices.ts';
import type { Subject } from './subject.ts';

/** Asks another oracle for so many choices; then nothing fails, and the first in line goes next. */
export class SettlingOracle implements Oracle {
  readonly #oracle: Oracle;
  #left: number;

  constructor(oracle: Oracle, choicesMax: number) {
    this.#oracle = oracle;
    this.#left = choicesMax;
  }

  chooseNext(options: readonly Option[]): number {
    return this.#left-- > 0 ? this.#oracle.chooseNext(options) : 0;
  }

  choose(count: number, about: number): number {
    return this.#left-- > 0 ? this.#oracle.choose(count, about) : 0;
  }
}

/** One task that waits, for which lock, and who holds that. */
export interface Wait {
  readonly task: string;
  readonly lock: number;
  readonly holders: readonly string[];
}

/** How an execution ended, as a promise that it would. */
export type Liveness =
  | { readonly kind: 'settled' }
  /** Each waits for what the next one holds, the last for what the first holds. */
  | { readonly kind: 'deadlock'; readonly cycle: readonly Wait[] }
  /** The lock is free, and nobody will ever let them in. */
  | { readonly kind: 'lost-wakeup'; readonly waits: readonly Wait[] }
  /** The holders could have given back, and are through. */
  | { readonly kind: 'kept'; readonly waits: readonly Wait[] }
  /** The same steps again and again: the tasks of one round, NONE's name for a delivery. */
  | { readonly kind: 'starving-loop'; readonly cycle: readonly string[]; readonly rounds: number }
  /** Somebody waits for something else than a lock. */
  | { readonly kind: 'stuck' }
  /** The bound of steps was met without a loop that could be told. */
  | { readonly kind: 'unsettled' };

const DELIVERY = 'delivery';
/** So often a loop has to repeat before it is one. */
const ROUNDS_MIN = 3;
const PERIOD_MAX = 1_000;

/** Whether an execution of `subject` settled, and what kept it from that. */
export function livenessOf(subject: Subject, attempt: Attempt): Liveness {
  if (attempt.end === RunEnd.done) return { kind: 'settled' };
  if (attempt.end !== RunEnd.stuck) return loopOf(subject, attempt);
  const { locks } = bookOf(attempt);
  const names = attempt.result.taskNames;
  const toWait = (wait: Holding): Wait => ({
    task: nameOf(names, wait.task),
    lock: wait.object,
    holders: holdersOf(locks.of(wait.object).held).map((task) => nameOf(names, task)),
  });
  const waits = locks.waits();
  for (const wait of waits) {
    const cycle = circleOf(locks, wait);
    if (cycle.length > 0) return { kind: 'deadlock', cycle: cycle.map(toWait) };
  }
  const ending = (end: string): Wait[] =>
    waits.filter((wait) => chainEnd(locks, wait.object) === end).map(toWait);
  const lost = ending('free');
  if (lost.length > 0) return { kind: 'lost-wakeup', waits: lost };
  const kept = ending('kept');
  return kept.length > 0 ? { kind: 'kept', waits: kept } : { kind: 'stuck' };
}

function bookOf(attempt: Attempt): TraceBook {
  const book = new TraceBook();
  for (const event of eventsOf(attempt.result.segments)) book.step(event);
  return book;
}

function holdersOf(held: { readonly size: number; at(at: number): Holding | undefined }): number[] {
  return Array.from({ length: held.size }, (_, at) => (held.at(at) as Holding).task);
}

function nameOf(names: readonly string[], task: number): string {
  return task === NONE ? DELIVERY : (names[task] ?? `task ${task}`);
}

/** The shortest round of steps that the end of an execution repeats. */
function loopOf(subject: Subject, attempt: Attempt): Liveness {
  const log = new Footprints();
  const again = subject.attempt(new ReplayOracle(attempt.choices.picks), log);
  const steps = Array.from({ length: log.size }, (_, at) => log.signature(at));
  const longest = Math.min(PERIOD_MAX, Math.floor(steps.length / ROUNDS_MIN));
  for (let period = 1; period <= longest; period++) {
    const rounds = roundsOf(steps, period);
    if (rounds < ROUNDS_MIN) continue;
    const names = again.result.taskNames;
    const cycle = Array.from({ length: period }, (_, at) => {
      const process = log.process[log.size - period + at] as number;
      return nameOf(names, Math.min(process, NONE));
    });
    return { kind: 'starving-loop', cycle, rounds };
  }
  return { kind: 'unsettled' };
}

/** How often the last `period` steps follow on each other at the end. */
function roundsOf(steps: readonly string[], period: number): number {
  let same = 0;
  for (let at = steps.length - 1 - period; at >= 0 && steps[at] === steps[at + period]; at--) {
    same += 1;
  }
  return Math.floor(same / period) + 1;
}
