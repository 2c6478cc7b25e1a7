/** Where printed links lead: PLAYGROUND_URL, or the address at which the page is served locally. */
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { Environment } from '../shell/style.ts';

export const PLAYGROUND_DEFAULT = 'http://localhost:4173/';

/** The base of links; refused where PLAYGROUND_URL is not an http address without a fragment. */
export function playgroundUrl(env: Environment): Outcome<string> {
  const url = env['PLAYGROUND_URL'];
  if (url === undefined || url === '') return { kind: 'ok', value: PLAYGROUND_DEFAULT };
  const usable = /^https?:\/\//.test(url) && !url.includes('#') && URL.canParse(url);
  if (usable) return { kind: 'ok', value: url };
  const message = `expected PLAYGROUND_URL to be an http address without #, got ${url}`;
  return refuse('bad-playground-url', message);
}
