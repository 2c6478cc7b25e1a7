/**
 * The page's end of the engine: starts the worker when it is first needed, and again after a death.
 *
 * The scenario stays with the caller, so a death loses nothing but the run. Batches that arrive
 * between two frames are handed on in one go, and only then does the worker get room for more.
 */
import { transfer } from 'comlink';
import type { Segment } from '../../sim/index.ts';
import type {
  EngineApi,
  EngineMessage,
  Finished,
  Goal,
  Opened,
  Progress,
  Work,
} from './engine-contract.ts';
import { segmentOf } from './outbox.ts';
import { WorkerLine } from './worker-line.ts';

/** Whoever wants to know how a run goes. */
export interface EngineListener {
  /** Stretches of the trace, in order; they are the listener's to keep. */
  readonly onTrace: (segments: readonly Segment[]) => void;
  readonly onProgress: (progress: Progress) => void;
  /** The run rests: after a step, a pause, or at the place that was sought. */
  readonly onRest: () => void;
  readonly onFinish: (finished: Finished) => void;
  /** The worker is gone; the next `open` starts another. */
  readonly onDeath: (reason: string) => void;
}

/** Batches that may be on their way at a time: one arrives while another is drawn. */
const CREDITS = 2;

/** What the client needs of the browser, so that a test can do without. */
export interface EngineDoor {
  readonly spawn: () => Worker;
  /** Calls back before the next frame, or soon where no frame will come. */
  readonly nextFrame: (work: () => void) => void;
}

export const browserDoor: EngineDoor = {
  spawn: () =>
    new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
  nextFrame: (work) => {
    if (document.hidden) setTimeout(work, 16);
    else requestAnimationFrame(() => work());
  },
};

export class EngineClient {
  readonly #listener: EngineListener;
  readonly #door: EngineDoor;
  #line: WorkerLine<EngineApi> | undefined;
  #port: MessagePort | undefined;
  #run = 0;
  #arrived: EngineMessage[] = [];
  #isFrameDue = false;

  constructor(listener: EngineListener, door: EngineDoor = browserDoor) {
    this.#listener = listener;
    this.#door = door;
  }

  /** Starts `work` from the beginning; whatever ran before is over and heard of no more. */
  async open(work: Work, goal: Goal): Promise<Opened> {
    this.#run += 1;
    const run = this.#run;
    this.#giveBack(this.#arrived);
    this.#arrived = [];
    const line = await this.#connected();
    return line.call((remote) => remote.open(run, work, goal));
  }

  pursue(goal: Goal): Promise<void> {
    return this.#command((line) => line.call((remote) => remote.pursue(goal)));
  }

  step(): Promise<void> {
    return this.#command((line) => line.call((remote) => remote.step()));
  }

  /** Cuts the run short; its result arrives as that of any other. */
  cancel(): Promise<void> {
    return this.#command((line) => line.call((remote) => remote.cancel()));
  }

  close(): void {
    this.#line?.close();
    this.#port?.close();
    this.#line = undefined;
  }

  async #command(send: (line: WorkerLine<EngineApi>) => Promise<void>): Promise<void> {
    if (this.#line !== undefined && !this.#line.isDead) await send(this.#line);
  }

  async #connected(): Promise<WorkerLine<EngineApi>> {
    if (this.#line !== undefined && !this.#line.isDead) return this.#line;
    const line = new WorkerLine<EngineApi>(this.#door.spawn(), ({ message }) => {
      this.#arrived = [];
      this.#port?.close();
      this.#listener.onDeath(message);
    });
    this.#line = line;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event: MessageEvent<EngineMessage>) => this.#take(event.data);
    port1.postMessage({ kind: 'credit', batches: CREDITS });
    await line.call((remote) => remote.connect(transfer(port2, [port2])));
    return line;
  }

  #take(message: EngineMessage): void {
    if (message.run !== this.#run) {
      this.#giveBack([message]);
      return;
    }
    this.#arrived.push(message);
    if (this.#isFrameDue) return;
    this.#isFrameDue = true;
    this.#door.nextFrame(() => {
      this.#isFrameDue = false;
      const arrived = this.#arrived;
      this.#arrived = [];
      this.#hand(arrived);
      this.#giveBack(arrived);
    });
  }

  #hand(messages: readonly EngineMessage[]): void {
    const { onTrace, onProgress, onRest, onFinish } = this.#listener;
    const segments = messages.flatMap((message) =>
      message.kind === 'batch' ? message.segments.map(segmentOf) : [],
    );
    if (segments.length > 0) onTrace(segments);
    for (const message of messages) {
      if (message.kind === 'finished') onFinish(message);
      else onProgress(message.progress);
      if (message.kind === 'resting') onRest();
    }
  }

  /** Every batch that is dealt with makes room for another. */
  #giveBack(messages: readonly EngineMessage[]): void {
    const batches = messages.filter(({ kind }) => kind === 'batch').length;
    if (batches > 0) this.#port?.postMessage({ kind: 'credit', batches });
  }
}
