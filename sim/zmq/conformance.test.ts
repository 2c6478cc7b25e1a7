/**
 * Every row of the conformance script, run over the simulated REQ socket; and rows that must fail.
 */
import { describe, expect, it } from 'vitest';
import { park, type TaskRef } from '../kernel/task.ts';
import { NONE } from '../trace/event.ts';
import {
  type ConformanceCall,
  type ConformanceResult,
  type ConformanceRow,
  type ConformanceSocket,
  runRow,
} from './conformance.ts';
import { CONFORMANCE_ROWS } from './conformance-rows.ts';
import type { Message, Operation } from './contract.ts';
import type { ReqSocket } from './req-socket.ts';
import { settle, World } from './testing/world.ts';

/** The simulated pair of sockets, moved on by the script's own passing of time. */
class SimulatedSocket implements ConformanceSocket {
  readonly #world: World;
  readonly #socket: ReqSocket<Message, Message>;
  readonly #task: TaskRef;

  constructor(row: ConformanceRow) {
    const { profile } = row.options;
    this.#world = new World({ rep: { profile, bindUs: 1_000 } });
    this.#task = this.#world.spawn('script', NONE, function* () {
      yield park(Infinity);
    });
    if (row.peer === 'up') this.#bindAtOnce();
    this.#socket = this.#world.socket(row.options);
  }

  send(request: number): ConformanceCall {
    return this.#start('sent', (task) =>
      this.#socket.send(task, { request, code: 1, symbol: NONE }),
    );
  }

  receive(): ConformanceCall {
    return this.#start('reply', (task) => this.#socket.receive(task));
  }

  close(): void {
    this.#socket.close(this.#task);
  }

  bind(): void {
    this.#world.rep.bind();
  }

  peerReceive(): ConformanceCall {
    return this.#start('request', (task) => this.#world.rep.receive(task));
  }

  async answer(): Promise<void> {
    const { rep } = this.#world;
    const got = rep.receive(this.#task);
    if (got.kind !== 'done' || got.message === undefined)
      throw new Error(`no request: ${got.kind}`);
    rep.send(this.#task, got.message);
    await Promise.resolve();
  }

  async pass(ms: number): Promise<void> {
    this.#run(ms * 1_000);
    await Promise.resolve();
  }

  async settled(): Promise<void> {
    await this.pass(0);
  }

  async dispose(): Promise<void> {
    await Promise.resolve();
  }

  #bindAtOnce(): void {
    this.#world.rep.bind();
    this.#run(1_000);
  }

  #run(us: number): void {
    let over = false;
    this.#world.kernel.after(us, () => {
      over = true;
    });
    while (!over) this.#world.kernel.run(1);
  }

  /** Starts an operation in a task of its own, as a real socket gives each a promise of its own. */
  #start(
    done: 'sent' | 'reply' | 'request',
    begin: (task: TaskRef) => Operation<Message>,
  ): ConformanceCall {
    const call: { result: ConformanceResult } = { result: 'pending' };
    const note = (settled: Operation<Message>): void => {
      if (settled.kind === 'failed') call.result = settled.error;
      else if (done === 'sent') call.result = 'sent';
      else if (settled.kind === 'done') call.result = `${done} ${settled.message?.request ?? NaN}`;
    };
    const begun: Operation<Message>[] = [];
    const waiter = this.#world.kernel.spawn('operation', NONE, 'daemon', function* () {
      for (const operation of begun) note(yield* settle(operation));
    });
    const operation = begin(waiter);
    if (operation.kind === 'pending') begun.push(operation);
    else note(operation);
    return call;
  }
}

const open = (row: ConformanceRow): Promise<ConformanceSocket> =>
  Promise.resolve(new SimulatedSocket(row));

describe('the simulated REQ socket', () => {
  it.each(CONFORMANCE_ROWS.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    expect(await runRow(row, open)).toEqual([]);
  });
});

describe('the script', () => {
  it('has every row under a name of its own', () => {
    const names = CONFORMANCE_ROWS.map((row) => row.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('looks at something in every row', () => {
    for (const row of CONFORMANCE_ROWS) {
      expect(row.steps.filter((step) => step.do === 'expect').length, row.name).toBeGreaterThan(0);
    }
  });

  it('tells the profiles apart: either one fails rows of the other', async () => {
    for (const profile of ['libzmq', 'zeromq.js'] as const) {
      const others = CONFORMANCE_ROWS.filter((row) => row.options.profile !== profile);
      const runs = others.map((row) =>
        runRow({ ...row, options: { ...row.options, profile } }, open),
      );
      const deviating = (await Promise.all(runs)).filter((deviations) => deviations.length > 0);
      expect(deviating.length, profile).toBeGreaterThan(1);
    }
  });

  it('says which operation of which row deviates, and how', async () => {
    const [first] = CONFORMANCE_ROWS;
    if (first === undefined) throw new Error('expected a row');
    const steps = [
      { do: 'receive', as: 'early' },
      { do: 'expect', of: 'early', result: 'sent' },
    ] as const;
    expect(await runRow({ ...first, name: 'wrong', steps }, open)).toEqual([
      { row: 'wrong', step: 1, operation: 'early', expected: 'sent', got: 'pending' },
    ]);
  });
});
