/** Measures rates by the monotonic clock of Node. */

/** How long `work` takes, in seconds. */
export async function secondsOf(work: () => Promise<void> | void): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/**
 * Times a second that `work` does what it does `count` times. A first run of a tenth of it warms
 * the compiler up and is not counted.
 */
export async function rateOf(
  count: number,
  work: (count: number) => Promise<void> | void,
): Promise<number> {
  await work(Math.ceil(count / 10));
  return count / (await secondsOf(() => work(count)));
}
