/**
 * Several strategies that share a budget: execution by execution, in turn.
 *
 * What one of them is blind to another finds, and none has to be chosen beforehand. The first
 * execution is the default one.
 */
import { fifoOracle, type Oracle } from '../kernel/oracle.ts';
import type { Estimate } from './estimate.ts';
import { pctStrategy } from './pct.ts';
import { randomStrategy } from './random.ts';
import type { Strategy } from './strategy.ts';
import { urwStrategy } from './urw.ts';

/** Random walk, uniform random walk, PCT up to `depth`: each has its part of the executions. */
export function portfolioStrategy(seed: number, depth: number, size: Estimate): Strategy {
  const parts: Strategy[] = [randomStrategy(seed), urwStrategy(seed, size)];
  for (let d = 1; d <= depth; d++) parts.push(pctStrategy(seed, d, size));
  return {
    name: `portfolio of ${parts.map((part) => part.name).join('; ')}`,
    oracle: (nth): Oracle => {
      if (nth === 0) return fifoOracle;
      const part = parts[(nth - 1) % parts.length] as Strategy;
      return part.oracle(Math.floor((nth - 1) / parts.length));
    },
  };
}
