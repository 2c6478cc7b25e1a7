/**
 * How often a lock changes hands between two workers: through the product's lock worker, by
 * `navigator.locks`, and as a limit how often a bare message goes to and fro between them.
 */
import { type Remote, transfer, wrap } from 'comlink';
import { galleryEntry } from '../../../sim/index.ts';
import { localUs } from '../../../web/live/clocks.ts';
import type { PlayerApi } from '../../../web/live/thread.ts';
import type { HandOffs } from '../contract.ts';
import type { AskerApi } from './asker-worker.ts';

const MS_PER_S = 1_000;
const WARM_UP_MS = 500;
const MEASURED_MS = 1_000;

interface Asker {
  readonly worker: Worker;
  readonly remote: Remote<AskerApi>;
}

function newAsker(): Asker {
  const worker = new Worker(new URL('./asker-worker.ts', import.meta.url), { type: 'module' });
  return { worker, remote: wrap<AskerApi>(worker) };
}

const nap = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Turns a second of both askers together, once they are warm. */
async function rateOf(askers: readonly Asker[]): Promise<number> {
  const turns = async (): Promise<number> => {
    const counts = await Promise.all(askers.map(({ remote }) => remote.turns()));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  await nap(WARM_UP_MS);
  const startMs = performance.now();
  const before = await turns();
  await nap(MEASURED_MS);
  const after = await turns();
  return ((after - before) * MS_PER_S) / (performance.now() - startMs);
}

async function measured(askers: readonly Asker[], others: readonly Worker[]): Promise<number> {
  try {
    return await rateOf(askers);
  } finally {
    for (const { worker } of askers) worker.terminate();
    for (const worker of others) worker.terminate();
  }
}

/** Round trips a second of a message between two workers: two turns each. */
async function pingPong(): Promise<number> {
  const askers = [newAsker(), newAsker()] as const;
  const { port1, port2 } = new MessageChannel();
  await askers[1].remote.echo(transfer(port2, [port2]), false);
  await askers[0].remote.echo(transfer(port1, [port1]), true);
  return (await measured(askers, [])) / 2;
}

async function browserLocks(): Promise<number> {
  const askers = [newAsker(), newAsker()];
  const name = crypto.randomUUID();
  for (const { remote } of askers) await remote.askBrowser(name);
  return measured(askers, []);
}

/** The product's lock worker with two askers, who always want it. */
async function lockWorker(): Promise<number> {
  const worker = new Worker(new URL('../../../web/live/lock-worker.ts', import.meta.url), {
    type: 'module',
  });
  const remote = wrap<PlayerApi>(worker);
  const { scenario } = galleryEntry('reference');
  const casting = { scenario, lockAt: 'worker' as const };
  const askers = [newAsker(), newAsker()];
  const channels = askers.map(() => new MessageChannel());
  const lines = [worker, ...askers].map(() => new MessageChannel());
  const [toLock, ...toAskers] = lines.map(({ port2 }) => port2);
  if (toLock === undefined) throw new Error('expected a line to the lock');
  const ports = { conductor: toLock, askers: channels.map(({ port2 }) => port2) };
  const part = { kind: 'lock' as const, casting, ports };
  await remote.play(transfer(part, [toLock, ...ports.askers]));
  for (const [place, asker] of askers.entries()) {
    const port = channels[place]?.port1;
    const line = toAskers[place];
    if (port === undefined || line === undefined) throw new Error('expected two askers');
    await asker.remote.ask(transfer(line, [line]), transfer(port, [port]), place, askers.length);
  }
  // What is reported is let go, as it comes.
  for (const { port1 } of lines) port1.onmessage = () => undefined;
  const zeroUs = localUs();
  for (const { port1 } of lines) port1.postMessage({ kind: 'start', zeroUs });
  return measured(askers, [worker]);
}

/** All three, one after the other. */
export async function handOffs(): Promise<HandOffs> {
  const raw = await pingPong();
  const ours = await lockWorker();
  return { raw, ours, browser: await browserLocks() };
}
