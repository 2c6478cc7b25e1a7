/** The command that gives an outcome again, as a person can paste it into a shell. */

/** `npm run -s lab -- run reference --seed 5`, with quotes where a shell needs them. */
export function commandLine(words: readonly string[]): string {
  return ['npm', 'run', '-s', 'lab', '--', ...words].map(quoted).join(' ');
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
