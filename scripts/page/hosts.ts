/**
 * The policy in the words of those who may host the page: one function a host, text out.
 *
 * Known limit: these say it for a page at the top of a site; in a folder the paths need its name in
 * front. A host that cannot set headers (GitHub Pages) serves the page just as well: the meta tag
 * holds the policy, only frames and caching are then the host's own.
 */
import { CACHE_HASHED, CACHE_OTHER, HASHED_FOLDER, SECURITY_HEADERS } from './policy.ts';

const SECURITY = Object.entries(SECURITY_HEADERS);

/**
 * `_headers`, which Netlify and Cloudflare (Pages, and Workers with static assets) read at the top
 * of what is published. Both join the values of all rules that match, so the rule for everything
 * says nothing of caching; what is not hashed both revalidate by themselves.
 */
export function headersFile(): string {
  return [
    '/*',
    ...SECURITY.map(([name, value]) => `  ${name}: ${value}`),
    `/${HASHED_FOLDER}/*`,
    `  Cache-Control: ${CACHE_HASHED}`,
    '',
  ].join('\n');
}

/** The `server` part of an nginx configuration; `add_header` is not inherited, hence twice. */
export function nginxSnippet(): string {
  const headers = (indent: string, cache: string): string[] =>
    [...SECURITY, ['Cache-Control', cache] as const].map(
      ([name, value]) => `${indent}add_header ${name} "${value}" always;`,
    );
  return [
    ...headers('', CACHE_OTHER),
    `location /${HASHED_FOLDER}/ {`,
    ...headers('  ', CACHE_HASHED),
    '}',
  ].join('\n');
}

/** What goes into Apache's `.htaccess` beside index.html; needs mod_headers. */
export function apacheSnippet(): string {
  return [
    'AddType application/manifest+json .webmanifest',
    ...SECURITY.map(([name, value]) => `Header always set ${name} "${value}"`),
    `Header set Cache-Control "${CACHE_OTHER}"`,
    `<If "%{REQUEST_URI} =~ m#/${HASHED_FOLDER}/#">`,
    `  Header set Cache-Control "${CACHE_HASHED}"`,
    '</If>',
  ].join('\n');
}

/** `vercel.json` at the top of the project; what no rule says of caching is asked about again. */
export function vercelFile(): string {
  const pairs = (headers: readonly (readonly [string, string])[]): object[] =>
    headers.map(([key, value]) => ({ key, value }));
  const settings = {
    $schema: 'https://openapi.vercel.sh/vercel.json',
    buildCommand: 'npm run build',
    outputDirectory: 'dist',
    headers: [
      { source: '/(.*)', headers: pairs(SECURITY) },
      { source: `/${HASHED_FOLDER}/(.*)`, headers: pairs([['Cache-Control', CACHE_HASHED]]) },
    ],
  };
  return JSON.stringify(settings, null, 2);
}
