/**
 * The page's end of live runs: a conductor's worker for each, and the hand-over of what it yields.
 *
 * Invariant: nothing of a run outlives it: its conductor is ended once the end was heard of, and
 * the members' workers end with their conductor. What arrives is handed on in slices, as of any
 * run.
 */
import { transfer } from 'comlink';
import { browserDoor, type EngineDoor } from '../workers/engine-client.ts';
import type { Opened } from '../workers/engine-contract.ts';
import { HandOver } from '../workers/hand-over.ts';
import { WorkerLine } from '../workers/worker-line.ts';
import type { LiveEngine, LiveListener, LivePlan, Recorded } from './contract.ts';
import type { LiveApi, LiveMessage } from './live-contract.ts';

/** Batches that may be on their way at a time. */
const CREDITS = 2;
/** Sixty-four workers take their time to load on a small machine. */
const OPEN_DEADLINE_MS = 60_000;

const liveDoor: EngineDoor = {
  ...browserDoor,
  spawn: () =>
    new Worker(new URL('./conductor-worker.ts', import.meta.url), { type: 'module', name: 'live' }),
};

/** How long after the death of a member its conductor is ended. */
const AFTER_A_DEATH_MS = 250;

/** One run's conductor, and the page's end of its port. */
interface Conducted {
  readonly line: WorkerLine<LiveApi>;
  readonly port: MessagePort;
}

export class LiveClient implements LiveEngine {
  readonly #listener: LiveListener;
  readonly #door: EngineDoor;
  #conducted: Conducted | undefined = undefined;
  #handOver: HandOver | undefined = undefined;

  constructor(listener: LiveListener, door: EngineDoor = liveDoor) {
    this.#listener = listener;
    this.#door = door;
  }

  async open(plan: LivePlan): Promise<Opened> {
    this.close();
    const { line, port } = this.#start();
    const { end } = plan;
    try {
      await line.call((remote) => remote.connect(transfer(port, [port])));
      const given = end.kind === 'bridge' ? transfer(plan, [end.port]) : plan;
      const opened = await line.call((remote) => remote.open(given), OPEN_DEADLINE_MS);
      this.#conducted?.port.postMessage({ kind: 'credit', batches: CREDITS });
      return opened;
    } catch (error) {
      if (this.#conducted?.line === line) this.#letGo(true);
      throw error;
    }
  }

  async stop(): Promise<void> {
    const line = this.#conducted?.line;
    if (line !== undefined && !line.isDead) await line.call((remote) => remote.stop());
  }

  close(): void {
    this.#conducted?.line.close();
    this.#conducted?.port.close();
    this.#conducted = undefined;
    this.#handOver?.drop();
    this.#handOver = undefined;
  }

  /** A conductor, and the port that is to be given to it. */
  #start(): { readonly line: WorkerLine<LiveApi>; readonly port: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    const line = new WorkerLine<LiveApi>(this.#door.spawn(), ({ message }) => {
      if (this.#conducted?.line !== line) return;
      this.close();
      this.#listener.onDeath(message);
    });
    const giveBack = (batches: number): void => port1.postMessage({ kind: 'credit', batches });
    let recorded: Recorded | undefined;
    const { onTrace, onProgress, onRest, onFinish } = this.#listener;
    const handOver = new HandOver(
      {
        ...{ onTrace, onProgress, onRest },
        onFinish: (finished) => {
          if (recorded !== undefined) onFinish(finished, recorded);
        },
      },
      this.#door,
      giveBack,
    );
    port1.onmessage = ({ data }: MessageEvent<LiveMessage>) => {
      if (data.kind === 'standing') this.#listener.onStanding(data.standing);
      else if (data.kind === 'recorded') recorded = data.recorded;
      else {
        handOver.take(data);
        // What is left to hand on needs no conductor.
        if (data.kind === 'finished') this.#letGo(recorded?.lost.length !== 0);
      }
    };
    this.#conducted = { line, port: port1 };
    this.#handOver = handOver;
    return { line, port: port2 };
  }

  /** Ends the conductor, and with it the members' workers; `soon` where one of those has died. */
  #letGo(soon: boolean): void {
    const conducted = this.#conducted;
    if (conducted === undefined) return;
    this.#conducted = undefined;
    conducted.port.close();
    // A worker is not ended right after one that it had started: Chromium would keep it for ever.
    if (soon) setTimeout(() => conducted.line.close(), AFTER_A_DEATH_MS);
    else conducted.line.close();
  }
}
