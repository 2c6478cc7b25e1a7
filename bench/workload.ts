/** The work that the benchmarks of whole runs share: the day's scenario, or so many ticks of it. */
import { assertExists, findEntry, Run, type RunResult, type Scenario } from '../sim/index.ts';

/** A day of 100 ms ticks for three symbols. */
export const DAY: Scenario = assertExists(
  findEntry('day-at-100ms'),
  'expected the day in the gallery',
).scenario;

/** The day's scenario cut to `ticks` in all, or a few more. */
export function ticksOfTheDay(ticks: number): Scenario {
  const signals = Math.ceil(ticks / DAY.symbols.length);
  const symbols = DAY.symbols.map((symbol) => ({ ...symbol, signals, durationUs: 0 }));
  return { ...DAY, symbols };
}

/**
 * Runs it as anybody would, with trace, digest and every check, and the trace let go as it is read.
 */
export function runAll(scenario: Scenario): RunResult {
  const run = new Run(scenario, { keepTrace: false });
  while (run.advance(100_000));
  const result = run.result();
  if (!result.complete || result.verdict === 'violated') {
    throw new Error(`expected a whole run without a violation, got ${result.verdict}`);
  }
  return result;
}
