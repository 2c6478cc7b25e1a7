/**
 * Exit statuses, in one place.
 *
 * This file imports nothing, so that the process can say 70 even when a module cannot be loaded.
 */

/** What a status says to a script; 1 is a finding about the engine under test and nothing else. */
export const Exit = {
  passed: 0,
  violated: 1,
  usage: 2,
  /** Inconclusive, cancelled or unavailable. */
  inconclusive: 3,
  internal: 70,
} as const;
export type Exit = (typeof Exit)[keyof typeof Exit];
