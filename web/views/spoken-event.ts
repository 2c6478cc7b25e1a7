/** The event at the playhead in words, for a screen reader. */
import { newView } from '../../sim/index.ts';
import { detailOf, kindOf, whoOf } from '../format/event-text.ts';
import { ms } from '../format/figures.ts';
import type { Words } from '../format/words.ts';
import type { Session } from '../state/session.svelte.ts';
import { detailsAt } from '../timeline/index.ts';

/** Undefined where no event is looked at. */
export function spokenEvent(
  { focus, trace, symbols, tasks }: Pick<Session, 'focus' | 'trace' | 'symbols' | 'tasks'>,
  terms: Words['onTimeline'],
): string | undefined {
  const event = newView();
  if (focus === undefined || !trace.read(focus.seq, event)) return undefined;
  const { holders } = detailsAt(trace.index, focus.timeUs);
  const who = whoOf(event, symbols, tasks);
  const inside = holders.length > 1 ? `, ${terms.insideCount(holders.length)}` : '';
  return terms.event(kindOf(event), who, ms(event.timeUs), detailOf(event)) + inside;
}
