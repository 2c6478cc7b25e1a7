/** What exported files are called: `interlock-escaping-lock-seed-127.log`. */
const ENDINGS = {
  log: '.log',
  json: '.json',
  perfetto: '.pftrace',
  events: '-events.csv',
  reconciliation: '-reconciliation.csv',
  checks: '-checks.csv',
} as const;

export type ExportFormat = keyof typeof ENDINGS;

/** What the file is about: a run by its scenario and seed, or a log by its file's name. */
export type FileSubject =
  | { readonly kind: 'run'; readonly name: string; readonly seed: number }
  | { readonly kind: 'log'; readonly name: string };

const NAME_LENGTH_MAX = 80;

/** The name under which to save; it has no character that a file system might refuse. */
export function exportFileName(subject: FileSubject, format: ExportFormat): string {
  const ending = ENDINGS[format];
  switch (subject.kind) {
    case 'run':
      return `interlock-${plain(subject.name, 'scenario')}-seed-${subject.seed}${ending}`;
    case 'log':
      return `interlock-${plain(subject.name.replace(/\.[a-z]{1,4}$/i, ''), 'log')}${ending}`;
  }
}

/** Letters and digits of any script, everything between them a hyphen. */
function plain(name: string, otherwise: string): string {
  const words = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return words.slice(0, NAME_LENGTH_MAX).replace(/^-+|-+$/g, '') || otherwise;
}
