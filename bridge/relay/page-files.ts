/**
 * The built page, served with the headers that its own build wrote down for hosts (`_headers`).
 *
 * So the policy has one source, and a page cannot be served under another build's. One thing is
 * added: a page that may trade is framed by nobody; only the embedded one, which cannot connect,
 * may be where that is wanted. Files are looked up at each request, so a new build shows at the
 * next reload. Invariant: nothing outside the directory is served, and no answer comes without the
 * policy.
 */
import { readFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import type { Problem, Result } from '../../sim/index.ts';

export interface PageOptions {
  /** The path under which the page stands; begins and ends with a slash. */
  readonly base: string;
  /** Whether anybody may frame the page as `?embed=1`. */
  readonly embeds: boolean;
}

const POLICY = 'Content-Security-Policy';
const NOT_FRAMED = "frame-ancestors 'none'";
const HEADERS_FILE = '_headers';

type Headers = readonly (readonly [name: string, value: string])[];

/** Rules of the headers file: a path, or the beginning of one, and what is sent with it. */
interface Rule {
  readonly prefix: string;
  readonly headers: Headers;
}

/** Answers with the files of `directory`, or says that no built page is there. */
export function pageFiles(
  directory: string,
  { base, embeds }: PageOptions,
): Result<RequestListener, Problem> {
  let rules: readonly Rule[];
  try {
    readFileSync(join(directory, 'index.html'));
    rules = readRules(readFileSync(join(directory, HEADERS_FILE), 'utf8'));
  } catch {
    return missing(`expected a built page in ${directory}: npm run build makes one`);
  }
  const everywhere = rules.find(({ prefix }) => prefix === '/')?.headers ?? [];
  if (!everywhere.some(([name]) => name === POLICY)) {
    return missing(`expected ${HEADERS_FILE} in ${directory} to have a ${POLICY} for /*`);
  }
  const files = sirv(directory, { dev: true, etag: true });
  const answer: RequestListener = (request, response) => {
    const [path = '/', query = ''] = (request.url ?? '/').replace(/#.*$/s, '').split(/\?(.*)/s);
    const inside = path.startsWith(base) ? `/${path.slice(base.length)}` : undefined;
    const mayBeFramed = embeds && new URLSearchParams(query).get('embed') === '1';
    setHeaders(response, rules, inside ?? '/', mayBeFramed);
    const plain = (status: number, text: string): void => {
      response.setHeader('Cache-Control', 'no-store');
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      plain(405, 'expected GET or HEAD');
    } else if (inside !== undefined) {
      request.url = inside;
      files(request, response, () => plain(404, 'there is no such file here'));
    } else if (`${path}/` === base) {
      response.setHeader('Location', base);
      plain(301, `moved to ${base}`);
    } else plain(404, `there is nothing outside ${base}`);
  };
  return { kind: 'ok', value: answer };
}

function setHeaders(
  response: ServerResponse,
  rules: readonly Rule[],
  path: string,
  mayBeFramed: boolean,
): void {
  response.setHeader('Cache-Control', 'no-cache');
  for (const { prefix, headers } of rules) {
    if (!path.startsWith(prefix)) continue;
    for (const [name, value] of headers) {
      const isOpen = name !== POLICY || mayBeFramed;
      response.setHeader(name, isOpen ? value : `${value}; ${NOT_FRAMED}`);
    }
  }
}

function readRules(text: string): Rule[] {
  return text.split(/^(?=\/)/m).map((rule) => {
    const [path = '', ...lines] = rule.split('\n');
    const headers = lines.flatMap((line) => {
      const [, name, value] = /^ {2}([\w-]+): (.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    });
    return { prefix: path.replace(/\*$/, ''), headers };
  });
}

function missing(message: string): Result<never, Problem> {
  return { kind: 'error', error: { code: 'unavailable', message } };
}
