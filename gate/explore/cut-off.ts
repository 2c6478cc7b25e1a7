/**
 * Does the part of a search in which its bound falls once more, up to there, where it was done
 * further: whoever did it could not know how much the parts before it would leave.
 *
 * Invariant: what comes of it is what one machine would have found that does part after part.
 */
import { setImmediate } from 'node:timers/promises';
import { Campaign, type Harvest, overrunOf, type Subject, withPart } from '../../sim/index.ts';
import type { Ending, Watch } from './crew.ts';

/** Executions between two looks at the outside. */
const SLICE = 256;

/** A harvest, and what ended it before it was cut off. */
export interface CutOff {
  readonly harvest: Harvest;
  readonly ending: Ending | undefined;
}

/** The harvest of a search that is over, cut off at its bound. */
export async function cutOff(subject: Subject, harvest: Harvest, watch: Watch): Promise<CutOff> {
  const border = overrunOf(harvest);
  if (border === undefined) return { harvest, ending: undefined };
  const campaign = new Campaign(subject, harvest.heading.settings);
  const part = campaign.search(border.part, border.executionsMax);
  while (part.stop === undefined) {
    part.advance(SLICE);
    watch.show(part.tally);
    await setImmediate();
    const { ending } = watch;
    if (ending !== undefined && part.stop === undefined) return { harvest, ending };
  }
  return { harvest: withPart(harvest, part.result()), ending: undefined };
}
