/**
 * The page's end of the engine: starts the worker when it is first needed, and again after a death.
 *
 * The scenario stays with the caller, so a death loses nothing but the run. What arrives is handed
 * on in slices, and only what was dealt with makes room for more.
 */
import { transfer } from 'comlink';
import type { EngineApi, EngineMessage, Goal, Opened, Work } from './engine-contract.ts';
import { HandOver, type HandOverDoor, type RunListener } from './hand-over.ts';
import { WorkerLine } from './worker-line.ts';
import { nextTurn } from './worker-turns.ts';

/** Whoever wants to know how a run goes, and when its worker is gone. */
export interface EngineListener extends RunListener {
  /** The worker is gone; the next `open` starts another. */
  readonly onDeath: (reason: string) => void;
}

/** Batches that may be on their way at a time: one arrives while another is dealt with. */
const CREDITS = 2;

/** What the client needs of the browser, so that a test can do without. */
export interface EngineDoor extends HandOverDoor {
  readonly spawn: () => Worker;
}

let turn: ReturnType<typeof nextTurn> | undefined;

export const browserDoor: EngineDoor = {
  spawn: () =>
    new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
  nowMs: () => performance.now(),
  // Not a timer: those are late in a tab that is out of sight.
  later: (work) => {
    turn ??= nextTurn();
    turn(work, 0);
  },
};

export class EngineClient {
  readonly #listener: EngineListener;
  readonly #door: EngineDoor;
  #line: WorkerLine<EngineApi> | undefined;
  #port: MessagePort | undefined;
  readonly #handOver: HandOver;
  #run = 0;

  constructor(listener: EngineListener, door: EngineDoor = browserDoor) {
    this.#listener = listener;
    this.#door = door;
    this.#handOver = new HandOver(listener, door, (batches) => this.#giveBack(batches));
  }

  /** Starts `work` from the beginning; whatever ran before is over and heard of no more. */
  async open(work: Work, goal: Goal): Promise<Opened> {
    this.#run += 1;
    const run = this.#run;
    this.#handOver.drop();
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
      this.#port?.close();
      this.#handOver.drop();
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
    if (message.run === this.#run) this.#handOver.take(message);
    else if (message.kind === 'batch') this.#giveBack(1);
  }

  /** Every batch that is dealt with makes room for another. */
  #giveBack(batches: number): void {
    this.#port?.postMessage({ kind: 'credit', batches });
  }
}
