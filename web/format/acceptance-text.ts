/**
 * The targets and figures of the acceptance table, in the reader's language.
 *
 * Known limit: the core says them as text, so their parts are translated where they stand.
 */
import type { Words } from './words.ts';

/** A target, or what was measured, as the core says it. */
export function acceptanceText(said: string, { core }: Words): string {
  return core.phrases.reduce((text, [part, told]) => text.replace(part, told), said);
}
