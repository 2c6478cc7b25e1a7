/**
 * Words for messages about bad input: what came, shortened and harmless, and what may have been
 * meant.
 *
 * Invariant: whatever came, the words stay short and hold nothing that could steer a terminal.
 */

const QUOTED_MAX = 40;
const NUMBERS_MAX = 4;

/** Text in quotes, cut after `charsMax` characters, with everything unprintable escaped. */
export function quote(text: string, charsMax: number = QUOTED_MAX): string {
  const cut = text.length > charsMax ? `${text.slice(0, charsMax)}…` : text;
  return JSON.stringify(cut).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => {
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** What a value is, in a few words: `"fifo"`, `12`, `[20, 10]`, `a list of 70`, `an object`. */
export function sayValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null)
    return String(value);
  if (!Array.isArray(value)) return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  const isShort = value.length <= NUMBERS_MAX && value.every((item) => typeof item === 'number');
  return isShort ? `[${value.join(', ')}]` : `a list of ${value.length}`;
}

/** The candidate that `word` most likely stands for: at most a third of it mistyped. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > QUOTED_MAX) return undefined;
  let best: string | undefined;
  let distanceMin = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance >= distanceMin) continue;
    distanceMin = distance;
    best = candidate;
  }
  return best;
}

/** How many letters to insert, delete or replace to make `a` into `b` (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
