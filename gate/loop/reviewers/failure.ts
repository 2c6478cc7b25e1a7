/**
 * What the failure of a request means: come again later, or that waiting cannot help.
 *
 * What a service said is cleaned before it is cut short: half a key is still a secret.
 */
import { clip, plain } from '../../render/text.ts';
import type { Attempt } from '../time/wait-or-die.ts';

/** Characters of what a service said that are told. */
export const SHOWN_MAX = 160;

/** Takes keys out of a text. */
export type Clean = (text: string) => string;

/** Statuses that ask to come again; every other one below 500 will be the same next time. */
const TRANSIENT: readonly number[] = [408, 409, 425, 429];

/** A status that is no success; `said` is what the service said of it. */
export function statusFailure(
  service: string,
  status: number,
  said: string,
  notBeforeMs: number | undefined,
  clean: Clean,
): Attempt<never> {
  const words = clip(plain(clean(said)), SHOWN_MAX);
  const reason = `${service} answered ${status}${words === '' ? '' : `: ${words}`}`;
  if (TRANSIENT.includes(status) || status >= 500) return { kind: 'again', reason, notBeforeMs };
  const hint = status === 401 || status === 403 ? ' (is the key right?)' : '';
  return { kind: 'hopeless', reason: reason + hint };
}

/** No answer at all: refused, reset, no such host. */
export function connectionFailure(service: string, error: unknown, clean: Clean): Attempt<never> {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message : String(cause);
  const words = clip(plain(clean(why)), SHOWN_MAX);
  return { kind: 'again', reason: `${service} cannot be reached: ${words}` };
}
