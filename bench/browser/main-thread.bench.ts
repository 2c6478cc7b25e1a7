/**
 * The longest task of the page's main thread while a run streams to it and is indexed and drawn,
 * beside the longest while events come as cloned objects.
 *
 * Known limit: the trace of the run before is thrown away first. Where it is not, giving its 100 MB
 * back to the system is a task of about 10 ms, once.
 */
import { atMost, type Claim, type Measurement } from '../claim.ts';
import { inBrowser } from './browser.ts';
import type { Channel } from './contract.ts';
import { mainTasks } from './main-thread.ts';

const TASK_MS_MAX = 8;
/** Until what is left of the first run is done. */
const REST_MS = 1_000;

async function measure(channel: Channel): Promise<Measurement> {
  return inBrowser(async (page, browser) => {
    await page.evaluate(`bench.stream('${channel}')`);
    await page.evaluate('bench.clear()');
    await page.requestGC();
    await page.waitForTimeout(REST_MS);
    const tasks = await mainTasks(browser, async () => {
      await page.evaluate(`bench.stream('${channel}')`);
    });
    const [longest, second] = tasks;
    if (longest === undefined || second === undefined) throw new Error('expected tasks');
    return {
      value: longest.processorMs,
      detail: {
        tasks: tasks.length,
        'second longest': second.processorMs,
        'longest by the clock': Math.max(...tasks.map(({ clockMs }) => clockMs)),
      },
      isElsewhere: true,
    };
  });
}

export const claim: Claim = {
  name: 'browser/main-thread',
  says: 'While a run streams in, the page never keeps its reader waiting.',
  unit: 'ms of processor time',
  better: 'less',
  goal: atMost('transferred columns', TASK_MS_MAX, 'no task above 8 ms'),
  rounds: 3,
  subjects: [
    { name: 'transferred columns', role: 'ours', measure: () => measure('transferred') },
    { name: 'cloned objects, 100,000 a batch', role: 'peer', measure: () => measure('cloned') },
  ],
};
