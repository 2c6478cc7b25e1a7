/** What somebody may have meant who typed a name that does not exist. */

/** Names within two edits of `name`, or that contain it, nearest first, three at most. */
export function similar(name: string, known: readonly string[]): string[] {
  const typed = name.toLowerCase();
  const distances = known.map((candidate) => {
    const contained = typed.length >= 3 && candidate.includes(typed);
    return { candidate, distance: contained ? 1 : edits(typed, candidate) };
  });
  return distances
    .filter(({ distance }) => distance <= 2)
    .sort((x, y) => x.distance - y.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Insertions, deletions and replacements from one word to the other (Levenshtein's distance). */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
