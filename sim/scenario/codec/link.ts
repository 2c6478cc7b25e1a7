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
import {
  type FragmentKind,
  type FragmentParts,
  formatParts,
  readFragment,
  SCHEDULE_CHARS_MAX,
  VIEW_CHARS_MAX,
} from './fragment.ts';
import type { ScenarioProblem } from './parse.ts';
import { decodeVersioned, encodeScenario, type Packing, PAYLOAD_CHARS_MAX } from './payload.ts';

/** Longer texts are not looked into: every part at its longest, and room for the page's address. */
export const LINK_CHARS_MAX = PAYLOAD_CHARS_MAX + SCHEDULE_CHARS_MAX + VIEW_CHARS_MAX + 4_096;

/** What goes into a link. */
export interface LinkParts extends FragmentParts {
  readonly scenario: Scenario;
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

const RUN: FragmentKind = {
  letter: 's',
  packings: [PLAIN, SHORT],
  inside: 'a scenario',
  code: 'link-without-scenario',
};

/** The link of a run on the page at `base`, an address without fragment. */
export function formatLink(base: string, parts: LinkParts): string {
  const plain = packedLink(base, parts, PLAIN);
  const isFine = parts.schedule === undefined || plain.length <= REPLAY_CHARS_MAX;
  return isFine ? plain : packedLink(base, parts, SHORT);
}

function packedLink(base: string, parts: LinkParts, packing: Packing): string {
  assert(!base.includes('#'), `expected an address without #, got ${base}`);
  return `${base}#s${packing}=${encodeScenario(parts.scenario, packing)}${formatParts(parts)}`;
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
  const parts = readFragment(text, RUN);
  if (parts.kind === 'error') return parts;
  const { packing, payload, schedule, digest, view } = parts.value;
  const decoded = decodeVersioned(payload, packing === SHORT ? SHORT : PLAIN);
  if (decoded.kind === 'error') return decoded;
  return ok({ ...decoded.value, schedule, digest, view });
}
