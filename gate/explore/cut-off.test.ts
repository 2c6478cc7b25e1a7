/** A search that was done in several places ends where one machine would have ended it. */
import { describe, expect, it } from 'vitest';
import {
  Campaign,
  conclude,
  DEFAULT_SETTINGS,
  Distribution,
  fixedTarget,
  type Harvest,
  LOCKS,
  lockSubject,
  overrunOf,
  type PartResult,
  type SearchSettings,
} from '../../sim/index.ts';
import { concludeExploration } from '../report/exploration.ts';
import { shellFor } from '../testing/fake-shell.ts';
import type { Watch } from './crew.ts';
import { cutOff } from './cut-off.ts';

const BOUND = 301;
const subject = lockSubject(LOCKS.fifo, { clients: 3, rounds: 2, steps: 2 });
const SETTINGS: SearchSettings = {
  ...DEFAULT_SETTINGS,
  strategy: 'every',
  stopAtFirst: false,
  schedulesMax: BOUND,
};
const PATIENT: Watch = { ending: undefined, show: () => undefined };

function partOf(campaign: Campaign, part: number, executionsMax: number): PartResult {
  const search = campaign.search(part, executionsMax);
  while (search.stop === undefined) search.advance(100);
  return search.result();
}

/** Parts that were done by those who knew of no other, or one after the other. */
function harvested(knowing: boolean): Harvest {
  const campaign = new Campaign(subject, SETTINGS);
  const { heading, parts: count } = campaign;
  const parts = new Distribution(heading, count, { index: 0, count: 1 });
  for (let part = parts.take(); part !== undefined; part = parts.take()) {
    parts.add(partOf(campaign, part, knowing ? parts.executionsMaxOf(part) : BOUND));
  }
  return parts.harvest();
}

describe('a part that went on past the bound', () => {
  const alone = conclude(harvested(true));

  it('is done again up to there', async () => {
    const harvest = harvested(false);
    expect(overrunOf(harvest)).toBeDefined();
    const { harvest: cut, ending } = await cutOff(subject, harvest, PATIENT);
    expect(ending).toBeUndefined();
    expect(conclude(cut)).toEqual(alone);
    expect(alone).toMatchObject({ stop: 'schedules', schedules: BOUND });
  });

  it('stays as it is where there is none', async () => {
    const harvest = harvested(true);
    expect((await cutOff(subject, harvest, PATIENT)).harvest).toBe(harvest);
  });

  it('is not done again by somebody who is interrupted, and then nothing is over', async () => {
    let shown = 0;
    const watch: Watch = {
      get ending() {
        return shown > 0 ? ('interrupted' as const) : undefined;
      },
      show: () => (shown += 1),
    };
    // A bound behind so many executions that it is looked at on the way.
    const settings = { ...SETTINGS, schedulesMax: 1_000 };
    const large = lockSubject(LOCKS.none, { clients: 2, rounds: 4, steps: 3 });
    const campaign = new Campaign(large, settings);
    const parts = [partOf(campaign, 0, 1_500)];
    const { heading, parts: partCount } = campaign;
    const harvest = { heading, shards: { count: 1, done: [0] }, partCount, parts };
    const { harvest: left, ending } = await cutOff(large, harvest, watch);
    expect([left, ending]).toEqual([harvest, 'interrupted']);
    expect(conclude(left)).toMatchObject({ stop: 'cancelled', complete: false });
  });

  it('is cut off before anything is concluded of it', async () => {
    const searched = {
      harvest: harvested(false),
      ending: undefined,
      failure: undefined,
      searchMs: 1,
    };
    const target = fixedTarget(undefined, subject);
    const plan = { wanted: [], subject };
    const { result } = await concludeExploration(target, searched, plan, shellFor());
    expect(result).toEqual(alone);
  });
});
