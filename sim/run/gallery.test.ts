import { describe, expect, it } from 'vitest';
import { GALLERY, galleryEntry } from '../scenario/gallery/index.ts';
import type { Scenario } from '../scenario/schema.ts';
import { runScenario } from './run.ts';

const SHORT = GALLERY.filter((entry) => !entry.long);
const DEFECTS = GALLERY.filter(({ expect: { checks, races } }) => checks.length + races.length > 0);

function run(scenario: Scenario) {
  return runScenario(scenario, { keepTrace: false });
}

/** The parts in which two scenarios differ, the title apart. */
function differingParts(one: Scenario, other: Scenario): string[] {
  const keys = Object.keys(one) as (keyof Scenario)[];
  return keys.filter(
    (key) => key !== 'title' && JSON.stringify(one[key]) !== JSON.stringify(other[key]),
  );
}

describe('the gallery', () => {
  it.each(SHORT.map((entry) => [entry.name, entry] as const))(
    '%s ends in the verdict that it announces, by exactly those checks',
    (_, entry) => {
      const { verdict, checks } = run(entry.scenario);
      const violated = checks.filter((check) => check.verdict === 'violated');
      expect(violated.map((check) => check.id)).toEqual(entry.expect.checks);
      expect(verdict).toBe(entry.expect.verdict);
    },
  );

  it.each(DEFECTS.map((entry) => [entry.name, entry] as const))(
    '%s has a repaired twin that differs in one part and had an occasion to fail',
    (_, entry) => {
      const twin = galleryEntry(entry.twin ?? 'none');
      expect(differingParts(entry.scenario, twin.scenario)).toHaveLength(1);
      expect(twin.scenario.acceptance).toEqual(entry.scenario.acceptance);
      const { checks } = run(twin.scenario);
      for (const id of [...entry.expect.checks, ...entry.expect.races]) {
        const check = checks.find((one) => one.id === id);
        expect(check?.verdict, id).toBe('passed');
        expect(check?.examined, id).toBeGreaterThan(0);
      }
    },
  );

  it('names every scenario once', () => {
    const names = GALLERY.map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
