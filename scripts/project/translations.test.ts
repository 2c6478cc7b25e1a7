import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECKS, GALLERY, galleryEntry, runScenario } from '../../sim/index.ts';
import { CORE_ZH } from '../../web/format/core-zh.ts';
import { PROJECT_ROOT } from './files.ts';
import { templatesIn } from './templates.ts';

const sources = ['check', 'run', 'trace/log'].flatMap((room) => [
  ...templatesIn(join(PROJECT_ROOT, 'sim', room)),
]);
/** The source writes `{name}` when it speaks of gaps in general. */
const templates = new Set(sources.filter((template) => template !== '{name}'));

describe('the Chinese of what the core says', () => {
  test('covers every template that the core has', () => {
    expect(templates.size).toBeGreaterThan(70);
    expect([...templates].filter((each) => CORE_ZH.evidence[each] === undefined)).toEqual([]);
  });

  test('translates nothing that the core no longer says', () => {
    expect(Object.keys(CORE_ZH.evidence).filter((each) => !templates.has(each))).toEqual([]);
  });

  test('has a title for every defect and says what each scenario shows, and of no other', () => {
    const names = GALLERY.map(({ name }) => name).filter((name) => !name.endsWith('-repaired'));
    expect(Object.keys(CORE_ZH.shows).sort()).toEqual(names.sort());
    expect(Object.keys(CORE_ZH.titles).sort()).toEqual(names.sort());
  });

  test('has a claim for every check', () => {
    expect(Object.keys(CORE_ZH.claims).sort()).toEqual(CHECKS.map(({ id }) => id).sort());
  });
});

test('templates are read off the sources as the core uses them', () => {
  const { checks } = runScenario(galleryEntry('escaping-lock').scenario, { keepTrace: false });
  const used = checks.flatMap(({ evidence }) => evidence.map(({ template }) => template));
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((template) => !templates.has(template))).toEqual([]);
});
