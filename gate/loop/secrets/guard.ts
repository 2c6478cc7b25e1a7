/**
 * What keeps keys out of everything that the loop writes, and foreign text out of its own voice.
 *
 * Keys come from the environment only. Every text that leaves the loop goes through `clean`, which
 * replaces each key in each form in which it may turn up, and the directories of the project and of
 * its user, by words. Known limit: a key that somebody cut into pieces goes unseen.
 */
import type { Environment } from '../../shell/style.ts';

/** The environment variables that hold keys; no child process of the loop gets to see them. */
export const KEY_NAMES = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'GEMINI_API_KEY',
  'GOOGLE_API_KEY',
  'NOTION_TOKEN',
  'GITHUB_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
] as const;
export type KeyName = (typeof KEY_NAMES)[number];

/** Anything shorter is no key, and replacing it would eat ordinary words. */
const KEY_LENGTH_MIN = 12;

/** The words that the loop alone may say; in any other text they are told apart. */
const VOICE = /\[UnifiedGate\]/gi;

export interface SecretGuard {
  /** The key of this name; undefined where none is set, or what is set cannot be one. */
  key(name: KeyName): string | undefined;
  /** Our own text without keys and without directories of this machine. */
  clean(text: string): string;
  /** As `clean`, for text of others: it cannot speak as the loop either. */
  foreign(text: string): string;
}

/** A guard over the keys of an environment; `root` is the project's directory. */
export function secretGuard(env: Environment, root: string): SecretGuard {
  const forms = new Map<string, string>();
  for (const name of KEY_NAMES) {
    for (const form of formsOf(env[name] ?? '')) forms.set(form, `(${name})`);
  }
  if (root.length > 1) forms.set(root, '.');
  const home = env['HOME'] ?? '';
  if (home.length > 1) forms.set(home, '~');
  // The longest first, so that a form within another cannot leave the rest of it standing.
  const ordered = [...forms].sort(([x], [y]) => y.length - x.length);
  const clean = (text: string): string =>
    ordered.reduce((rest, [form, word]) => rest.replaceAll(form, word), text);
  return {
    key: (name) => {
      const key = (env[name] ?? '').trim();
      return key.length >= KEY_LENGTH_MIN ? key : undefined;
    },
    clean,
    foreign: (text) => clean(text).replace(VOICE, '(UnifiedGate)'),
  };
}

/** The environment for a child process: everything but the keys. */
export function keylessEnvironment(env: Environment): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !(KEY_NAMES as readonly string[]).includes(entry[0]),
  );
  return Object.fromEntries(kept);
}

/** A key as it is, and as it looks in a URL, in JSON, or encoded for a header. */
function formsOf(value: string): string[] {
  const key = value.trim();
  if (key.length < KEY_LENGTH_MIN) return [];
  const bytes = Buffer.from(key, 'utf8');
  return [
    value,
    key,
    encodeURIComponent(bytes.toString('utf8')),
    JSON.stringify(key).slice(1, -1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}
