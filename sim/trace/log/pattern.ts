/**
 * Patterns of the user's own: regular expressions whose named groups say what a line means.
 *
 * A pattern says what happened by the group that takes part in the match (`acquire`, `release`,
 * `fill`, `books`, `total`, `error`) and who and when by `symbol`, `id` and `time`. Python's
 * `(?P<name>` works as well as `(?<name>`. A line that no pattern matches is read in the
 * reference's form. Known limit: JavaScript cannot interrupt a regular expression, so longer lines
 * than PATTERN_LINE_MAX are not tried, and a pattern with a repeated repetition may still be slow.
 */
import { fail, ok, type Result } from '../../base/result.ts';

/** Characters of a line that a pattern is tried on at most. */
export const PATTERN_LINE_MAX = 4_096;

export const PATTERN_KINDS = ['acquire', 'release', 'fill', 'books', 'total', 'error'] as const;
export type PatternKind = (typeof PATTERN_KINDS)[number];

const DETAILS = ['symbol', 'id', 'time'] as const;
const GROUPS: readonly string[] = [...PATTERN_KINDS, ...DETAILS];
const NAMES_SYMBOL: ReadonlySet<string> = new Set(['acquire', 'release', 'fill']);

/** What a line says; details that the pattern leaves out are undefined. */
export interface PatternMatch {
  readonly kind: PatternKind;
  /** What the kind's group matched: the amount, where the kind is about money. */
  readonly text: string;
  readonly symbol: string | undefined;
  readonly id: string | undefined;
  readonly time: string | undefined;
}

export class LogPattern {
  readonly source: string;
  readonly #expression: RegExp;
  readonly #kinds: readonly PatternKind[];

  constructor(source: string, expression: RegExp, kinds: readonly PatternKind[]) {
    this.source = source;
    this.#expression = expression;
    this.#kinds = kinds;
  }

  /** What the line says by this pattern, or undefined if it says nothing. */
  match(line: string): PatternMatch | undefined {
    const groups = this.#expression.exec(line)?.groups;
    if (groups === undefined) return undefined;
    const kind = this.#kinds.find((name) => groups[name] !== undefined);
    if (kind === undefined) return undefined;
    return {
      kind,
      text: groups[kind] ?? '',
      symbol: groups['symbol'],
      id: groups['id'],
      time: groups['time'],
    };
  }
}

/** The patterns that the sources are; or why one of them, or all of them together, cannot serve. */
export function compilePatterns(sources: readonly string[]): Result<readonly LogPattern[]> {
  const patterns: LogPattern[] = [];
  const kinds = new Set<string>();
  for (const source of sources) {
    const names = groupNames(source);
    if (names.kind === 'error') return names;
    const refusal = refuse(source, names.value);
    if (refusal !== undefined) return fail('pattern', refusal);
    const ownKinds = PATTERN_KINDS.filter((name) => names.value.includes(name));
    for (const kind of ownKinds) kinds.add(kind);
    patterns.push(new LogPattern(source, toExpression(source), ownKinds));
  }
  if (kinds.has('acquire') !== kinds.has('release')) {
    const [given, missing] = kinds.has('acquire') ? ['acquire', 'release'] : ['release', 'acquire'];
    return fail(
      'pattern',
      `expected patterns for both ends of a hold, got "${given}" without "${missing}"; ` +
        `add the group (?<${missing}>...) to the pattern, or give --pattern once more`,
    );
  }
  return ok(patterns);
}

function refuse(source: string, names: readonly string[]): string | undefined {
  const unknown = names.find((name) => !GROUPS.includes(name));
  if (unknown !== undefined) {
    return `expected groups named ${GROUPS.join(', ')}, got "${unknown}" in ${source}`;
  }
  const kinds = PATTERN_KINDS.filter((name) => names.includes(name));
  if (kinds.length === 0) {
    return (
      `expected a group that says what the line means (${PATTERN_KINDS.join(', ')}), ` +
      `got ${names.length === 0 ? 'no named group' : `only ${names.join(', ')}`} in ${source}; ` +
      'write for instance (?<acquire>LOCKED) (?<symbol>\\S+)'
    );
  }
  const needy = kinds.find((name) => NAMES_SYMBOL.has(name));
  if (needy !== undefined && !names.includes('symbol')) {
    return (
      `expected a group "symbol" beside "${needy}", got none in ${source}; ` +
      'without it nobody can say who held: write (?<symbol>...) around the name'
    );
  }
  return undefined;
}

/** The names of the groups in a pattern, or why it is no regular expression. */
function groupNames(source: string): Result<readonly string[]> {
  try {
    // An empty alternative makes any pattern match, and a match lists every named group.
    const match = new RegExp(`${toExpression(source).source}|`).exec('');
    return ok(Object.keys(match?.groups ?? {}));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : String(error);
    return fail(
      'pattern',
      `expected a regular expression, got ${source} (${reason}); ` +
        'a name may be used once a pattern: for two forms of a line give --pattern twice',
    );
  }
}

function toExpression(source: string): RegExp {
  return new RegExp(source.replaceAll('(?P<', '(?<'));
}
