/**
 * How long tasks kept the page's main thread, from the browser's own trace.
 *
 * A task counts in whole, with everything the browser does in it; tasks of other threads do not.
 * Told in processor time, because on a busy machine the clock on the wall counts what others did,
 * and by that clock besides.
 */
import type { Browser } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock, and of the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'];
const US_PER_MS = 1_000;

/** One task of the main thread, in milliseconds. */
export interface MainTask {
  readonly processorMs: number;
  readonly clockMs: number;
}

/** Every task of the main thread while `work` is done, the one that took most first. */
export async function mainTasks(browser: Browser, work: () => Promise<void>): Promise<MainTask[]> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  });
  await work();
  await session.send('Tracing.end');
  await complete;
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  return events
    .filter((event) => event.name === 'RunTask' && main.has(threadOf(event)))
    .map(({ dur = 0, tdur = 0 }) => ({ processorMs: tdur / US_PER_MS, clockMs: dur / US_PER_MS }))
    .sort((one, other) => other.processorMs - one.processorMs);
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}
