/** Walks a subject both ways, every schedule and every class, and tells what each of them saw. */
import { Footprints } from '../../kernel/footprints.ts';
import type { Attempt } from '../attempt.ts';
import { Dependency } from '../dependency.ts';
import { EveryOracle } from '../exhaustive.ts';
import { Reduction } from '../reduction.ts';
import type { Subject } from '../subject.ts';

/** What was seen, by the key of the class; two tellings of one class are a fault. */
export interface Seen {
  readonly classes: ReadonlyMap<string, string>;
  /** Executions that came to their end. */
  readonly executions: number;
  readonly cut: number;
  /** Classes of which two executions told different things. */
  readonly mixed: readonly string[];
  /** False if there were more executions than asked for. */
  readonly whole: boolean;
}

type Tell = (attempt: Attempt) => string;

/** What is told of an execution where nobody asks for more: the verdicts and how it ended. */
export const verdictsOf: Tell = ({ violated, verdict, end }) =>
  `${violated.join()} ${verdict} ${end}`;

export function seeEvery(subject: Subject, executionsMax: number, tell: Tell = verdictsOf): Seen {
  const log = new Footprints();
  const dependency = new Dependency();
  const oracle = new EveryOracle();
  const classes = new Map<string, string>();
  const mixed: string[] = [];
  let executions = 0;
  let more = true;
  while (more && executions < executionsMax) {
    const told = tell(subject.attempt(oracle, log));
    executions += 1;
    dependency.read(log);
    const key = dependency.key();
    const known = classes.get(key);
    if (known !== undefined && known !== told) mixed.push(`${known} and ${told}`);
    classes.set(key, told);
    more = oracle.advance();
  }
  return { classes, executions, cut: 0, mixed, whole: !more };
}

export function seeClasses(
  subject: Subject,
  executionsMax: number,
  tell: Tell = verdictsOf,
  dependency = new Dependency(),
): Seen {
  const log = new Footprints();
  const reduction = new Reduction(log, dependency);
  const classes = new Map<string, string>();
  let executions = 0;
  let cut = 0;
  let more = true;
  while (more && executions + cut < executionsMax) {
    const told = tell(subject.attempt(reduction, log));
    if (reduction.finish()) {
      executions += 1;
      classes.set(dependency.key(), told);
    } else cut += 1;
    more = reduction.advance();
  }
  return { classes, executions, cut, mixed: [], whole: !more };
}
