/**
 * How large the executions of a subject are, as far as a few of them show.
 *
 * The same few everywhere, so that whoever does a part of a search estimates what the others do.
 */
import { RandomStream } from '../base/random.ts';
import { fifoOracle } from '../kernel/oracle.ts';
import type { Attempt } from './attempt.ts';
import { RandomOracle } from './random.ts';
import type { Subject } from './subject.ts';

/** How large executions of a subject are, as far as a few of them show. */
export interface Estimate {
  /** Choices of who goes next, the most in one execution; at least 1. */
  readonly choices: number;
  /** Tasks and deliveries that could be chosen, the most in one execution; at least 1. */
  readonly processes: number;
  /** By process: how often it could be chosen before it was through, the most in one execution. */
  readonly turns: ReadonlyMap<number, number>;
}

const PROBES = 16;

/** Executes a subject by default and a few times at random. */
export function estimate(subject: Subject, seed: number): Estimate {
  let choices = 1;
  let processes = 1;
  const turns = new Map<number, number>();
  for (let probe = 0; probe < PROBES; probe++) {
    const draws = new RandomStream(seed, 'probe', String(probe));
    const attempt = subject.attempt(probe === 0 ? fifoOracle : new RandomOracle(draws));
    const seen = turnsOf(attempt);
    choices = Math.max(choices, attempt.choices.nextCount);
    processes = Math.max(processes, attempt.choices.processCount);
    for (const [process, count] of seen) {
      turns.set(process, Math.max(count, turns.get(process) ?? 0));
    }
  }
  return { choices, processes, turns };
}

/** By process: how often it was chosen. One that could have been and never was stands with 0. */
function turnsOf(attempt: Attempt): Map<number, number> {
  const { choices } = attempt;
  const turns = new Map<number, number>();
  for (let at = 0; at < choices.size; at++) {
    const processes = choices.processes(at);
    for (const process of processes) if (!turns.has(process)) turns.set(process, 0);
    const chosen = processes[choices.picks[at] as number];
    if (chosen !== undefined) turns.set(chosen, (turns.get(chosen) ?? 0) + 1);
  }
  return turns;
}
