/**
 * A lock of the reader's as a link: `#l1=` code and how it is used, and where they matter `&p=`
 * schedule and `&d=` expected digest.
 *
 * Packed as a scenario is, with the same bounds. Invariant: reading a link runs nothing of what is
 * in it.
 */
import * as v from 'valibot';
import { assert } from '../../base/assert.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { withoutDefaults } from './canonical.ts';
import {
  type FragmentKind,
  type FragmentParts,
  formatParts,
  fragmentOf,
  readFragment,
} from './fragment.ts';
import { LINK_CHARS_MAX } from './link.ts';
import { decodeDocument, encodeDocument, PAYLOAD_CHARS_MAX } from './payload.ts';
import { isRecord } from './shape.ts';

const SOURCE_CHARS_MAX = 131_072;

/** How many clients may use a lock that is explored, and how often each: least, most, usual. */
export const LOCK_SCOPE = {
  clients: { least: 1, most: 16, usual: 3 },
  rounds: { least: 1, most: 100, usual: 2 },
} as const;

const whole = ({ least, most, usual }: (typeof LOCK_SCOPE)[keyof typeof LOCK_SCOPE]) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)), usual);

const lockSchema = v.strictObject({
  source: v.pipe(v.string(), v.minLength(1), v.maxLength(SOURCE_CHARS_MAX)),
  language: v.optional(v.picklist(['ts', 'js']), 'ts'),
  clients: whole(LOCK_SCOPE.clients),
  rounds: whole(LOCK_SCOPE.rounds),
});

/** The code of a lock, and by how many clients it is used, how often each. */
export type OwnLock = Readonly<v.InferOutput<typeof lockSchema>>;

export interface LockLink extends FragmentParts {
  readonly lock: OwnLock;
}

const LOCK: FragmentKind = {
  letter: 'l',
  packings: [1],
  inside: 'the code of a lock',
  code: 'link-without-lock',
};

/** Whether a text says that it is the link of a lock; it may be damaged nevertheless. */
export function isLockLink(text: string): boolean {
  return /^l\d+=/.test(fragmentOf(text.trim()));
}

/** The link of a lock on the page at `base`; fails where the code is too long for one. */
export function formatLockLink(base: string, parts: LockLink): Result<string> {
  assert(!base.includes('#'), `expected an address without #, got ${base}`);
  const document = withoutDefaults(lockSchema, parts.lock);
  assert(isRecord(document), 'expected a lock that the schema has parsed');
  const payload = encodeDocument(document, { format: 1, semantics: 1 });
  if (payload.length <= PAYLOAD_CHARS_MAX) return ok(`${base}#l1=${payload}${formatParts(parts)}`);
  return fail(
    'lock-too-long',
    `expected code that packs to at most ${PAYLOAD_CHARS_MAX} characters, got ${payload.length}: ` +
      'share it as a file instead',
  );
}

/** Reads the link of a lock, or what follows its `#`. */
export function parseLockLink(url: string): Result<LockLink> {
  const text = url.trim();
  if (text.length > LINK_CHARS_MAX) {
    const message = `expected a link of at most ${LINK_CHARS_MAX} characters, got ${text.length}`;
    return fail('link-too-long', message);
  }
  const parts = readFragment(text, LOCK);
  if (parts.kind === 'error') return parts;
  const { payload, schedule, digest, view } = parts.value;
  const document = decodeDocument(payload);
  if (document.kind === 'error') return document;
  const lock = parseOwnLock(document.value);
  return lock.kind === 'ok' ? ok({ lock: lock.value, schedule, digest, view }) : lock;
}

/** Checks a value that says it is a lock of somebody's and fills in its defaults. */
export function parseOwnLock(value: unknown): Result<OwnLock> {
  const lock = v.safeParse(lockSchema, value, { abortEarly: true });
  if (lock.success) return ok(lock.output);
  const [issue] = lock.issues;
  return fail(
    'link-damaged',
    `expected ${issue.expected ?? 'another value'} as ${v.getDotPath(issue) ?? 'the lock'}, got ` +
      `${issue.received.slice(0, 80)}: the link is damaged, or of a newer Interlock`,
  );
}
