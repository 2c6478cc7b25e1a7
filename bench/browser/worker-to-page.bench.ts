/**
 * Events a second from a worker to the page: a run that the page indexes and draws while it comes,
 * beside an awaited Comlink call for every event, and events as objects in cloned batches.
 *
 * Ours counts the engine too, which makes the events; the peers' workers only repeat one. Known
 * limit: the peers put their events into an array and do nothing with them.
 */
import { atLeast, type Claim, type Measurement } from '../claim.ts';
import { inBrowser } from './browser.ts';
import type { Channel, Flow } from './contract.ts';

const EVENTS_A_SECOND = 1_000_000;
const MS_PER_S = 1_000;

async function measure(channel: Channel): Promise<Measurement> {
  return inBrowser(async (page) => {
    // The first run warms up what it goes through.
    await page.evaluate(`bench.stream('${channel}')`);
    const { events, ms } = await page.evaluate<Flow>(`bench.stream('${channel}')`);
    return { value: (events / ms) * MS_PER_S, detail: { events }, isElsewhere: true };
  });
}

export const claim: Claim = {
  name: 'browser/worker-to-page',
  says: 'A run streams to the page as columns, indexed and drawn while it comes.',
  unit: 'events/s',
  better: 'more',
  goal: atLeast('transferred columns', EVENTS_A_SECOND, 'at least 1,000,000'),
  rounds: 3,
  subjects: [
    { name: 'transferred columns', role: 'ours', measure: () => measure('transferred') },
    { name: 'awaited Comlink call an event', role: 'peer', measure: () => measure('callback') },
    { name: 'cloned objects, 100,000 a batch', role: 'peer', measure: () => measure('cloned') },
  ],
};
