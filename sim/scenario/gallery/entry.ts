/**
 * What a gallery scenario is, and how a defect's repaired twin is made from it.
 *
 * Invariant: a twin differs from its defect in exactly one named part and shares its thresholds; it
 * is therefore made by replacing that part, never written out.
 */
import * as v from 'valibot';
import { type Scenario, type ScenarioInput, scenarioSchema } from '../schema.ts';

export interface Expectation {
  readonly verdict: 'passed' | 'violated';
  /** For a violation: exactly the checks that are violated. */
  readonly checks: readonly string[];
}

export interface GalleryEntry {
  readonly name: string;
  readonly title: string;
  /** One sentence: what a reader learns from it. */
  readonly shows: string;
  readonly expect: Expectation;
  readonly scenario: Scenario;
  /** Name of the repaired twin, or of the defect that this one repairs. */
  readonly twin: string | undefined;
  /** True where a run takes longer than a person waits for a page: seconds instead of a blink. */
  readonly long: boolean;
}

interface Draft {
  readonly name: string;
  readonly title: string;
  readonly shows: string;
  readonly input: Omit<ScenarioInput, 'title'>;
  readonly long?: boolean;
}

/** A scenario that passes. */
export function sound(draft: Draft): GalleryEntry {
  return entry(draft, { verdict: 'passed', checks: [] }, undefined);
}

/** A scenario with a defect, that violates exactly `checks`. */
export function defect(draft: Draft, checks: readonly string[]): GalleryEntry {
  return entry(draft, { verdict: 'violated', checks }, undefined);
}

/** The parts of a scenario that a repair may replace: anything but its identity and thresholds. */
type Repairable = 'symbols' | 'lock' | 'engine' | 'socket' | 'endpoint' | 'aggregator' | 'risk';

/** A defect beside its repaired twin: the twin's `part` takes the place of the defect's. */
export function repairedPair<Part extends Repairable>(
  draft: Draft,
  checks: readonly string[],
  repair: {
    readonly shows: string;
    readonly part: Part;
    readonly value: NonNullable<ScenarioInput[Part]>;
  },
): readonly [GalleryEntry, GalleryEntry] {
  const twin: Draft = {
    ...draft,
    name: `${draft.name}-repaired`,
    title: `${draft.title}, repaired`,
    shows: repair.shows,
    input: { ...draft.input, [repair.part]: repair.value },
  };
  return [
    entry(draft, { verdict: 'violated', checks }, twin.name),
    entry(twin, { verdict: 'passed', checks: [] }, draft.name),
  ];
}

function entry(draft: Draft, expect: Expectation, twin: string | undefined): GalleryEntry {
  const { name, title, shows, input, long = false } = draft;
  return {
    name,
    title,
    shows,
    expect,
    twin,
    long,
    scenario: v.parse(scenarioSchema, { title, ...input }),
  };
}
