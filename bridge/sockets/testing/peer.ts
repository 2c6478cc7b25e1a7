/**
 * The REP at the other end of a socket under test, and how to wait for what ZeroMQ does.
 *
 * Nothing here waits for a time that could be too short: what has to happen is waited for, up to a
 * deadline that only a defect reaches.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reply, type Request } from 'zeromq';
import type { ConformanceCall, ConformanceResult } from '../../../sim/zmq/testing/conformance.ts';
import { nameOrThrow } from '../socket-error.ts';

/** How two sockets reach each other. */
export type Transport = 'tcp' | 'ipc' | 'inproc';

/** What only a defect waits for. */
export const DEADLINE_MS = 10_000;

let addresses = 0;

/** An address that nobody listens on. */
export async function freeAddress(transport: Transport): Promise<string> {
  addresses += 1;
  const name = `interlock-${process.pid}-${addresses}`;
  if (transport === 'ipc') return `ipc://${join(tmpdir(), name)}`;
  if (transport === 'inproc') return `inproc://${name}`;
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return `tcp://127.0.0.1:${port}`;
}

/** An operation of zeromq.js as the script sees it. */
export class RealCall implements ConformanceCall {
  result: ConformanceResult = 'pending';
  readonly over: Promise<void>;

  /** Starts an operation; `name` makes a result of what it comes to. */
  constructor(begin: () => Promise<unknown>, name: (value: unknown) => ConformanceResult) {
    let operation: Promise<unknown>;
    try {
      operation = begin();
    } catch (error) {
      this.result = nameOrThrow(error);
      this.over = Promise.resolve();
      return;
    }
    this.over = operation.then(
      (value) => {
        this.result = name(value);
      },
      (error: unknown) => {
        this.result = nameOrThrow(error);
      },
    );
  }
}

/** The first frame of what a socket received, as text. */
export function firstFrame(value: unknown): string {
  return Array.isArray(value) ? String(value[0]) : '';
}

export class RealPeer {
  readonly #rep = new Reply({ linger: 0 });
  readonly #address: string;
  #binding: Promise<void> = Promise.resolve();

  constructor(address: string) {
    this.#address = address;
  }

  bind(): void {
    this.#binding = this.#rep.bind(this.#address);
  }

  /** Waits until it is bound, if it was asked to be. */
  async bound(): Promise<void> {
    await this.#binding;
  }

  receive(): RealCall {
    return new RealCall(
      () => this.#rep.receive(),
      (value) => `request ${Number(firstFrame(value))}`,
    );
  }

  /** Receives the next request and answers it with its number. */
  async answer(): Promise<void> {
    const [request] = await withDeadline(this.#rep.receive(), 'expected a request to arrive');
    await this.#rep.send(request ?? '');
  }

  close(): void {
    this.#rep.close();
  }
}

/** Waits until an operation is over, or the deadline has passed. */
export async function overOrLate(over: Promise<void>): Promise<void> {
  await withDeadline(over, 'an operation to end').catch(() => {});
}

/** Waits until a reply has arrived that nobody receives yet, or it is clear that none will. */
export async function arrived(socket: Request): Promise<void> {
  const endMs = performance.now() + DEADLINE_MS;
  while (!socket.readable && performance.now() < endMs) await delay(1);
}

/** What `promise` comes to, or an error once the deadline has passed. */
export async function withDeadline<T>(promise: Promise<T>, expected: string): Promise<T> {
  const cancelled = new AbortController();
  const timeout = delay(DEADLINE_MS, undefined, { signal: cancelled.signal }).then(
    () => {
      throw new Error(`${expected} within ${DEADLINE_MS} ms`);
    },
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    cancelled.abort();
  }
}
