/** Events from a worker to the page: by the page's own channel, and as peers would send them. */
import { proxy, wrap } from 'comlink';
import { findEntry, type Scenario, type Segment } from '../../../sim/index.ts';
import { EngineClient } from '../../../web/workers/engine-client.ts';
import type { Channel, Flow } from '../contract.ts';
import type { PeerApi, PlainEvent } from './peer-worker.ts';
import type { StageSession } from './stage.svelte.ts';

/** So many signals a symbol, of three: three times as many ticks. */
const SIGNALS = 150_000;
const CALLS = 10_000;
const OBJECTS = 300_000;
const BATCH = 100_000;

/** The reference workload, scaled up. */
function scenarioOf(signals: number): Scenario {
  const entry = findEntry('reference');
  if (entry === undefined) throw new Error('expected reference in the gallery');
  const { scenario } = entry;
  return { ...scenario, symbols: scenario.symbols.map((symbol) => ({ ...symbol, signals })) };
}

/** The page's own client of the engine, which counts what it is given. */
class EngineRun {
  #events = 0;
  #take: (segments: readonly Segment[]) => void = () => undefined;
  #done: (ticks: number) => void = () => undefined;
  #fail: (cause: Error) => void = () => undefined;
  readonly #client = new EngineClient({
    onTrace: (segments) => {
      for (const { size } of segments) this.#events += size;
      this.#take(segments);
    },
    onProgress: () => undefined,
    onRest: () => undefined,
    onFinish: ({ result }) => {
      if (result.complete) this.#done(result.ticks);
      else this.#fail(new Error('expected a whole run'));
    },
    onDeath: (reason) => this.#fail(new Error(reason)),
  });

  async run(signals: number, take: (segments: readonly Segment[]) => void): Promise<Flow> {
    this.#events = 0;
    this.#take = take;
    const finished = new Promise<number>((done, fail) => {
      this.#done = done;
      this.#fail = fail;
    });
    const work = { kind: 'scenario', scenario: scenarioOf(signals) } as const;
    const startMs = performance.now();
    await this.#client.open(work, { kind: 'play', speed: Infinity });
    const ticks = await finished;
    return { events: this.#events, ticks, ms: performance.now() - startMs };
  }
}

/** One for all runs, as on the page: its worker stays. */
const engine = new EngineRun();

/** The second of two runs in one worker, whose code is warm by then; nothing is kept. */
export async function engineAlone(): Promise<Flow> {
  await engine.run(SIGNALS / 10, () => undefined);
  return engine.run(SIGNALS, () => undefined);
}

/** Streams into what is on the stage, or as a peer would into an array. */
export async function streamed(channel: Channel, session: StageSession): Promise<Flow> {
  switch (channel) {
    case 'transferred': {
      session.restart();
      const flow = await engine.run(SIGNALS, (segments) => session.take(segments));
      if (session.trace.seen !== flow.events) throw new Error('expected every event to arrive');
      return flow;
    }
    case 'callback':
      return withPeer(CALLS, async (worker, taken) => {
        const remote = wrap<PeerApi>(worker);
        await remote.callEach(
          CALLS,
          proxy((event: PlainEvent) => Promise.resolve(void taken.push(event))),
        );
      });
    case 'cloned':
      return withPeer(OBJECTS, async (worker, taken) => {
        const arrived = new Promise<void>((done) => {
          worker.addEventListener('message', ({ data }: MessageEvent<PlainEvent[] | null>) => {
            if (data === null) done();
            else if (Array.isArray(data)) for (const event of data) taken.push(event);
          });
        });
        await wrap<PeerApi>(worker).postBatches(OBJECTS, BATCH);
        await arrived;
      });
  }
}

async function withPeer(
  count: number,
  work: (worker: Worker, taken: PlainEvent[]) => Promise<void>,
): Promise<Flow> {
  const worker = new Worker(new URL('./peer-worker.ts', import.meta.url), { type: 'module' });
  const taken: PlainEvent[] = [];
  const startMs = performance.now();
  await work(worker, taken);
  const ms = performance.now() - startMs;
  worker.terminate();
  if (taken.length !== count) throw new Error(`expected ${count} events, got ${taken.length}`);
  return { events: taken.length, ticks: 0, ms };
}
