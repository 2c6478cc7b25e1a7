/** Live runs of the product, as its page would start them. */
import { galleryEntry } from '../../../sim/index.ts';
import { LiveClient } from '../../../web/live/live-client.ts';
import type { LiveOutcome } from '../contract.ts';

/** Runs a scenario of the gallery in workers to its end, or for `stopMs`. */
export async function runLive(
  name: string,
  lockAt: 'worker' | 'browser',
  stopMs = Infinity,
): Promise<LiveOutcome> {
  const { scenario } = galleryEntry(name);
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
  if (stopMs !== Infinity) setTimeout(() => void client.stop(), stopMs);
  return ended;
}
