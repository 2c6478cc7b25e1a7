/**
 * A run as a link: `#s1=` scenario, and where they matter `&p=` schedule, `&d=` expected digest,
 * `&v=` view.
 *
 * Reading a link never throws, fetches or connects. Schedule and view are carried as they are;
 * whoever made them reads them. The 1 counts ways of packing: a format has its own version, inside.
 * A link with a schedule that would be too long for a chat is packed the second way, `#s2=`; either
 * way is read with or without a schedule.
 */
import { assert } from '../../base/assert.ts';
import { fail, ok, type Problem, type Result } from '../../base/result.ts';
import type { Scenario } from '../schema.ts';
import type { ScenarioProblem } from './parse.ts';
import { decodeVersioned, encodeScenario, type Packing, PAYLOAD_CHARS_MAX } from './payload.ts';
import { quote } from './prose.ts';

/** Hex digits of the expected digest that a link carries: the first of the run's. */
export const LINK_DIGEST_DIGITS = 16;
export const SCHEDULE_CHARS_MAX = 8_192;
export const VIEW_CHARS_MAX = 1_024;

/** Longer texts are not looked into: every part at its longest, and room for the page's address. */
export const LINK_CHARS_MAX = PAYLOAD_CHARS_MAX + SCHEDULE_CHARS_MAX + VIEW_CHARS_MAX + 4_096;

/** What goes into a link. */
export interface LinkParts {
  readonly scenario: Scenario;
  /** The choices of the run, as the explorer writes them: letters, digits and `. _ ~ -`. */
  readonly schedule?: string | undefined;
  /** The digest that the run is expected to have, in hex: its first 16 digits, or more. */
  readonly digest?: string | undefined;
  /** What the page shows of it, in the same characters as a schedule. */
  readonly view?: string | undefined;
}

/** What came out of one. */
export interface Link extends LinkParts {
  /** Below SEMANTICS_VERSION if the engine has changed since: the digest then no longer applies. */
  readonly semantics: number;
}

/** What everybody can unpack, and what needs our dictionary and is shorter. */
const PLAIN: Packing = 1;
const SHORT: Packing = 2;
/** A link with a schedule should not be longer than this, its address included. */
const REPLAY_CHARS_MAX = 200;
const OPAQUE = /^[A-Za-z0-9._~-]+$/;
const DIGEST = /^[0-9a-f]{16}$/;

/** The link of a run on the page at `base`, an address without fragment. */
export function formatLink(base: string, parts: LinkParts): string {
  const plain = packedLink(base, parts, PLAIN);
  const isFine = parts.schedule === undefined || plain.length <= REPLAY_CHARS_MAX;
  return isFine ? plain : packedLink(base, parts, SHORT);
}

function packedLink(base: string, parts: LinkParts, packing: Packing): string {
  const { scenario, schedule, digest, view } = parts;
  assert(!base.includes('#'), `expected an address without #, got ${base}`);
  let link = `${base}#s${packing}=${encodeScenario(scenario, packing)}`;
  if (schedule !== undefined) {
    assert(isOpaque(schedule, SCHEDULE_CHARS_MAX), 'expected a schedule that fits into a link');
    link += `&p=${schedule}`;
  }
  if (digest !== undefined) {
    const digits = digest.slice(0, LINK_DIGEST_DIGITS);
    assert(DIGEST.test(digits), `expected a digest in hex, got ${digest}`);
    link += `&d=${digits}`;
  }
  if (view !== undefined) {
    assert(isOpaque(view, VIEW_CHARS_MAX), 'expected a view that fits into a link');
    link += `&v=${view}`;
  }
  return link;
}

/** Reads a link, or what follows its `#`. */
export function parseLink(url: string): Result<Link, Problem | ScenarioProblem> {
  const text = url.trim();
  if (text.length > LINK_CHARS_MAX) {
    return fail(
      'link-too-long',
      `expected a link of at most ${LINK_CHARS_MAX} characters, got ${text.length}`,
    );
  }
  const parts = splitFragment(text);
  if (parts.kind === 'error') return parts;
  const { packing, payload, schedule, digest, view } = parts.value;
  const decoded = decodeVersioned(payload, packing);
  if (decoded.kind === 'error') return decoded;
  return ok({ ...decoded.value, schedule, digest, view });
}

interface Fragment {
  readonly packing: Packing;
  readonly payload: string;
  readonly schedule: string | undefined;
  readonly digest: string | undefined;
  readonly view: string | undefined;
}

function splitFragment(text: string): Result<Fragment> {
  const fragment = undoPercent(text.slice(text.indexOf('#') + 1));
  const [first = '', ...rest] = fragment.split('&');
  const head = /^s([1-9]\d{0,8})=(.*)$/s.exec(first);
  if (head === null) {
    const message = `expected a link with #s${PLAIN}= and a scenario, got ${quote(text)}`;
    return fail('link-without-scenario', message);
  }
  const packing = [PLAIN, SHORT].find((known) => known === Number(head[1]));
  if (packing === undefined) {
    const message = `expected #s${PLAIN}= or #s${SHORT}=, got #s${head[1]}=: a newer Interlock made this link`;
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
    payload: head[2] ?? '',
    schedule: found.get('p'),
    digest: found.get('d'),
    view: found.get('v'),
  });
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
