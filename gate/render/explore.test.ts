/** What a page says of the classes that a search met. */
import { describe, expect, it } from 'vitest';
import { galleryEntry, scenarioTarget, type SearchOptions } from '../../sim/index.ts';
import { explore } from '../report/exploration.ts';
import { PLAIN } from '../testing/samples.ts';
import { shellFor } from '../testing/fake-shell.ts';
import { pageLines } from './explore.ts';

/** The line about classes, after its name. */
async function classesOf(search: Partial<SearchOptions>): Promise<string | undefined> {
  const target = scenarioTarget(galleryEntry('flag-race-repaired').scenario);
  const plan = { search, secondsMax: 60, wanted: [] };
  const exploration = await explore(target, plan, shellFor());
  const page = { header: [], verdict: 'inconclusive', sizes: [], footer: [] } as const;
  const lines = pageLines({ ...PLAIN, columns: 200 }, exploration, page);
  return lines.map((line) => /^ +classes +(.*)$/.exec(line)?.[1]).find((text) => text);
}

describe('the classes of a search', () => {
  it('are all there are where everything was walked', async () => {
    expect(await classesOf({ strategy: 'exhaustive' })).toMatch(/^56 distinct classes, \d+ % of/);
  });

  it('are those that drawn schedules fell into', async () => {
    const drawn = { strategy: 'random', schedulesMax: 400 } as const;
    expect(await classesOf(drawn)).toMatch(/^\d\d distinct classes met$/);
    expect(await classesOf({ ...drawn, schedulesMax: 1 })).toBe('1 distinct class met');
  });

  it('are at least so many where not all schedules were told apart', async () => {
    const drawn = { strategy: 'random', schedulesMax: 400, toldApartMax: 1 } as const;
    expect(await classesOf(drawn)).toBe(
      'at least 1 distinct class met: told apart in the first 1 schedule',
    );
    expect(await classesOf({ ...drawn, toldApartMax: 0 })).toBeUndefined();
  });
});
