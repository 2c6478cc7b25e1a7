/** Live runs of the product, as its page would start them. */
import { galleryEntry, type Scenario } from '../../../sim/index.ts';
import { LiveClient } from '../../../web/live/live-client.ts';
import type { LiveOutcome, LiveWork } from '../contract.ts';

function scenarioOf({ name, symbols }: LiveWork): Scenario {
  const { scenario } = galleryEntry(name);
  const [first] = scenario.symbols;
  if (symbols === undefined || first === undefined) return scenario;
  const { count, intervalUs, signals } = symbols;
  const alike = Array.from({ length: count }, (_, n) => ({
    ...{ ...first, name: `S${n + 1}`, signals },
    intervalUs: [intervalUs, intervalUs] as [number, number],
  }));
  return { ...scenario, symbols: alike };
}

/** Runs a scenario in workers to its end, or until it is to be stopped. */
export async function runLive(work: LiveWork): Promise<LiveOutcome> {
  const { lockAt, stopMs } = work;
  const scenario = scenarioOf(work);
  const startMs = performance.now();
  let openedMs = 0;
  let events = 0;
  let standings = 0;
  let settle: (outcome: LiveOutcome) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const ended = new Promise<LiveOutcome>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  const client = new LiveClient({
    onTrace: (segments) => {
      for (const { size } of segments) events += size;
    },
    onProgress: () => undefined,
    onRest: () => undefined,
    onStanding: () => void standings++,
    onFinish: ({ result }, recorded) => {
      const { verdict, checks, elapsedUs } = result;
      const violated = checks.filter((check) => check.verdict === 'violated').map(({ id }) => id);
      const tookMs = performance.now() - startMs - openedMs;
      const { clockErrorUs, intervals, lost } = recorded;
      const mediansUs = intervals.map(({ achievedUs }) => achievedUs?.median ?? NaN);
      const said = { verdict, violated, elapsedUs, events, standings, openedMs, tookMs };
      settle({ ...said, clockErrorUs, mediansUs, lost: lost.length });
    },
    onDeath: (reason) => fail(new Error(reason)),
  });
  await client.open({ scenario, lockAt, end: { kind: 'simulated' } });
  openedMs = performance.now() - startMs;
  if (stopMs !== undefined) setTimeout(() => void client.stop(), stopMs);
  return ended;
}
