/** Numbers as people say them: rising, neighbours joined. */

/** Such as "3, 5–7" for 3, 5, 6, 7; two neighbours stay "5, 6". `numbers` rise. */
export function rangesOf(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs
    .map(([first, last]) => {
      if (first === last) return String(first);
      return last - first === 1 ? `${first}, ${last}` : `${first}\u2013${last}`;
    })
    .join(', ');
}
