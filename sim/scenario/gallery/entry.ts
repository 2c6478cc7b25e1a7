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
  /** Checks that pass on the default schedule and that some other schedule violates. */
  readonly races: readonly string[];
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

const PASSED: Expectation = { verdict: 'passed', checks: [], races: [] };

/** A scenario that passes. */
export function sound(draft: Draft): GalleryEntry {
  return entry(draft, PASSED, undefined);
}

/** A scenario with a defect, that violates exactly `checks`. */
export function defect(draft: Draft, checks: readonly string[]): GalleryEntry {
  return entry(draft, { verdict: 'violated', checks, races: [] }, undefined);
}

/** The parts of a scenario that a repair may replace: anything but its identity and thresholds. */
type Repairable = 'symbols' | 'lock' | 'engine' | 'socket' | 'endpoint' | 'aggregator' | 'risk';

/** What takes the place of the defect's part in its twin. */
interface Repair<Part extends Repairable> {
  readonly shows: string;
  readonly part: Part;
  readonly value: NonNullable<ScenarioInput[Part]>;
}

/** A defect beside its repaired twin: the twin's `part` takes the place of the defect's. */
export function repairedPair<Part extends Repairable>(
  draft: Draft,
  checks: readonly string[],
  repair: Repair<Part>,
): readonly [GalleryEntry, GalleryEntry] {
  return pair(draft, { verdict: 'violated', checks, races: [] }, repair);
}

/** The same for a defect that passes by default: some schedule violates each of `races`. */
export function racingPair<Part extends Repairable>(
  draft: Draft,
  races: readonly string[],
  repair: Repair<Part>,
): readonly [GalleryEntry, GalleryEntry] {
  return pair(draft, { ...PASSED, races }, repair);
}

function pair<Part extends Repairable>(
  draft: Draft,
  expect: Expectation,
  repair: Repair<Part>,
): readonly [GalleryEntry, GalleryEntry] {
  const twin: Draft = {
    ...draft,
    name: `${draft.name}-repaired`,
    title: `${draft.title}, repaired`,
    shows: repair.shows,
    input: { ...draft.input, [repair.part]: repair.value },
  };
  return [entry(draft, expect, twin.name), entry(twin, PASSED, draft.name)];
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
