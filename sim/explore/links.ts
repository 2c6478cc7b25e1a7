/**
 * Replay links: scenario, schedule and expected digest in one URL, and back.
 *
 * The digest is of the replay, in abstract time; of the scenario's default run it says nothing.
 */
import type { Problem, Result } from '../base/result.ts';
import { formatLink, type Link } from '../scenario/codec/link.ts';
import type { Scenario } from '../scenario/schema.ts';
import { decodeSchedule, encodeSchedule, type Schedule } from './schedule.ts';

export interface Replay {
  readonly scenario: Scenario;
  readonly schedule: Schedule;
  /** Of the replay, in hex: its first 16 digits, or more. */
  readonly digest: string;
}

/** The link that replays it on the page at `base`. */
export function replayLink(base: string, { scenario, schedule, digest }: Replay): string {
  return formatLink(base, { scenario, schedule: encodeSchedule(schedule), digest });
}

/** The schedule that a link carries; undefined if it has none and means the default run. */
export function scheduleOfLink(
  link: Pick<Link, 'schedule'>,
): Result<Schedule, Problem> | undefined {
  return link.schedule === undefined ? undefined : decodeSchedule(link.schedule);
}
