/**
 * Picks files by patterns: `*` within a folder, `**` across folders, `!` to leave out again.
 *
 * A pattern that picks nothing is refused, because the review that it was written for would then
 * say nothing of what somebody believes it has read.
 */
import { type Outcome, refuse } from '../../shell/outcome.ts';

/** The files that the patterns pick, sorted, each once. */
export function matchFiles(
  patterns: readonly string[],
  files: readonly string[],
): Outcome<readonly string[]> {
  const left = patterns.filter((pattern) => pattern.startsWith('!'));
  const excluded = left.map((pattern) => regexOf(pattern.slice(1)));
  const picked = new Set<string>();
  for (const pattern of patterns.filter((each) => !each.startsWith('!'))) {
    const regex = regexOf(pattern);
    const matches = files.filter(
      (file) => regex.test(file) && !excluded.some((not) => not.test(file)),
    );
    if (matches.length === 0) {
      return refuse('no-file', `expected a file of the project that fits ${pattern}, got none`);
    }
    for (const file of matches) picked.add(file);
  }
  if (picked.size === 0) return refuse('no-file', 'expected files to review, got none');
  return { kind: 'ok', value: [...picked].sort() };
}

function regexOf(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) => {
      if (part === '**/') return '(?:[^/]+/)*';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`);
}
