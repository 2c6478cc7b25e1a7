/**
 * The built page, served with the headers that its own build wrote down for hosts (`_headers`).
 *
 * So the policy has one source, and a page cannot be served under another build's. One thing is
 * added: a page that may trade is framed by nobody. Invariant: nothing outside the directory is
 * served, and no answer comes without the policy.
 */
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import type { Problem, Result } from '../../sim/index.ts';

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
export function pageFiles(directory: string): Result<RequestListener, Problem> {
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
    const path = (request.url ?? '/').replace(/[?#].*$/s, '');
    response.setHeader('Cache-Control', 'no-cache');
    for (const { prefix, headers } of rules) {
      if (!path.startsWith(prefix)) continue;
      for (const [name, value] of headers) {
        response.setHeader(name, name === POLICY ? `${value}; ${NOT_FRAMED}` : value);
      }
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end('expected GET or HEAD\n');
      return;
    }
    request.url = path;
    files(request, response, () => {
      response.setHeader('Cache-Control', 'no-store');
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('there is no such file here\n');
    });
  };
  return { kind: 'ok', value: answer };
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
