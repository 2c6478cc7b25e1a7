/**
 * What a server says of the page, stated once: what it may do, what it may be told, how long it
 * keeps.
 *
 * The meta tag, `npm start`, the header file for hosts and the snippets in docs/hosting.md all come
 * from here. Invariant: meta tag and header state the same policy, in directives that both can
 * carry.
 */
import { createHash } from 'node:crypto';
import { FRAME_SCRIPT } from '../../web/own-lock/sandbox/frame-script.ts';

const FRAME_HASH = createHash('sha256').update(FRAME_SCRIPT).digest('base64');

/**
 * What the page may load and run: its own files, and nothing of anybody else's. A lock of the
 * reader's runs in a frame without an origin, which inherits this: the hash is that of the frame's
 * one script, and its worker comes from a blob. Who may frame the page is left open on purpose:
 * `frame-ancestors *` would shut out files, webviews and sandboxed frames.
 */
const CONTENT: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': `'self' 'sha256-${FRAME_HASH}'`,
  'worker-src': "'self' blob:",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** The content security policy, the same in the header and in the page's own meta tag. */
export const CONTENT_POLICY = Object.entries(CONTENT)
  .map(([name, sources]) => `${name} ${sources}`)
  .join('; ');

/** What the page never asks for, so that nothing that got into it could. */
const REFUSED = [
  'camera',
  'display-capture',
  'geolocation',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

/** The headers of every answer. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': REFUSED.map((name) => `${name}=()`).join(', '),
};

/** The folder of the files that carry a hash of their content in their name. */
export const HASHED_FOLDER = 'assets';

/** How long a file of `HASHED_FOLDER` keeps: for ever, since other content has another name. */
export const CACHE_HASHED = 'public, max-age=31536000, immutable';

/** All the others are asked about each time, so that a new version is seen at once. */
export const CACHE_OTHER = 'no-cache';

/** The Cache-Control of a file; `path` is relative to the page. */
export function cacheControl(path: string): string {
  return path.startsWith(`${HASHED_FOLDER}/`) ? CACHE_HASHED : CACHE_OTHER;
}
