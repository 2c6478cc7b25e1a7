/**
 * What follows the `#` of a link: a payload behind a letter and the number of its packing, and
 * `&p=` schedule, `&d=` expected digest, `&v=` view.
 *
 * Schedule and view are carried as they are; whoever made them reads them. Reading never throws.
 */
import { assert } from '../../base/assert.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { quote } from './prose.ts';

/** Hex digits of the expected digest that a link carries: the first of the run's. */
export const LINK_DIGEST_DIGITS = 16;
export const SCHEDULE_CHARS_MAX = 8_192;
export const VIEW_CHARS_MAX = 1_024;

const OPAQUE = /^[A-Za-z0-9._~-]+$/;
const DIGEST = /^[0-9a-f]{16}$/;

/** What stands behind the payload. */
export interface FragmentParts {
  /** The choices of the run, as the explorer writes them: letters, digits and `. _ ~ -`. */
  readonly schedule?: string | undefined;
  /** The digest that the run is expected to have, in hex: its first 16 digits, or more. */
  readonly digest?: string | undefined;
  /** What the page shows of it, in the same characters as a schedule. */
  readonly view?: string | undefined;
}

/** A kind of link. */
export interface FragmentKind {
  /** What its payload begins with, before the number of the packing. */
  readonly letter: string;
  /** The packings that are known. */
  readonly packings: readonly number[];
  /** What is inside, as messages say it, and as their codes do. */
  readonly inside: string;
  readonly code: string;
}

export interface Fragment extends Required<FragmentParts> {
  readonly packing: number;
  readonly payload: string;
}

/** The parts behind a payload, as a link writes them. */
export function formatParts({ schedule, digest, view }: FragmentParts): string {
  let text = '';
  if (schedule !== undefined) {
    assert(isOpaque(schedule, SCHEDULE_CHARS_MAX), 'expected a schedule that fits into a link');
    text += `&p=${schedule}`;
  }
  if (digest !== undefined) {
    const digits = digest.slice(0, LINK_DIGEST_DIGITS);
    assert(DIGEST.test(digits), `expected a digest in hex, got ${digest}`);
    text += `&d=${digits}`;
  }
  if (view !== undefined) {
    assert(isOpaque(view, VIEW_CHARS_MAX), 'expected a view that fits into a link');
    text += `&v=${view}`;
  }
  return text;
}

/** Takes a link apart, or what follows its `#`. */
export function readFragment(text: string, kind: FragmentKind): Result<Fragment> {
  const { letter, packings, inside, code } = kind;
  const names = packings.map((packing) => `#${letter}${packing}=`);
  const fragment = fragmentOf(text);
  const [first = '', ...rest] = fragment.split('&');
  const head = /^([a-z])([1-9]\d{0,8})=(.*)$/s.exec(first);
  if (head === null || head[1] !== letter) {
    return fail(code, `expected a link with ${names[0]} and ${inside}, got ${quote(text)}`);
  }
  const packing = packings.find((known) => known === Number(head[2]));
  if (packing === undefined) {
    const message = `expected ${names.join(' or ')}, got #${letter}${head[2]}=: a newer Interlock made this link`;
    return fail('newer-version', `${message}; reload the page or update`);
  }
  const found = new Map<string, string>();
  for (const part of rest) {
    const [name = '', value = ''] = splitOnce(part);
    const problem = partProblem(name, value, found.has(name));
    if (problem !== undefined) return fail('link-damaged', problem);
    found.set(name, value);
  }
  return ok({
    packing,
    payload: head[3] ?? '',
    schedule: found.get('p'),
    digest: found.get('d'),
    view: found.get('v'),
  });
}

/** What follows the `#`, or the whole text where there is none. */
export function fragmentOf(text: string): string {
  return undoPercent(text.slice(text.indexOf('#') + 1));
}

/** What is wrong with one of the parts behind the scenario, or undefined. */
function partProblem(name: string, value: string, isRepeated: boolean): string | undefined {
  const again = 'the link is damaged; copy it again in one piece';
  if (isRepeated) return `expected &${name}= once, got it twice: ${again}`;
  const got = `got ${quote(value)}: ${again}`;
  switch (name) {
    case 'p':
      return isOpaque(value, SCHEDULE_CHARS_MAX) ? undefined : `expected a schedule in &p=, ${got}`;
    case 'd':
      return DIGEST.test(value)
        ? undefined
        : `expected ${LINK_DIGEST_DIGITS} hex digits in &d=, ${got}`;
    case 'v':
      return isOpaque(value, VIEW_CHARS_MAX) ? undefined : `expected a view in &v=, ${got}`;
    default:
      return (
        `expected &p=, &d= or &v=, got ${quote(name)}: ` +
        'the link is damaged, or of a newer Interlock'
      );
  }
}

function isOpaque(value: string, charsMax: number): boolean {
  return value.length <= charsMax && OPAQUE.test(value);
}

function splitOnce(part: string): [string, string] {
  const at = part.indexOf('=');
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}

/** Undoes the percent signs that a mail or chat program put in; a link has none of its own. */
function undoPercent(fragment: string): string {
  return fragment.replace(/%([0-7][0-9A-Fa-f])/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
