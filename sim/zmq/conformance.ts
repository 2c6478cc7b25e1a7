/**
 * How a REQ socket has to behave, as a script that runs against any socket: simulated or real.
 *
 * A row is a list of operations with the results that they must show; the rows are in
 * `conformance-rows.ts`. The same script through both sockets is what ties the simulation to
 * ZeroMQ. Times are milliseconds, far enough apart for a real socket on a busy machine.
 */
import { assertExists, assertUnreachable } from '../base/assert.ts';
import type { SocketErrorName } from '../trace/event.ts';
import type { SocketOptions } from './contract.ts';

/** What an operation has come to by now. */
export type ConformanceResult =
  'pending' | 'sent' | `request ${number}` | `reply ${number}` | SocketErrorName;

/** An operation that was started; its result changes from `pending` once, if at all. */
export interface ConformanceCall {
  readonly result: ConformanceResult;
}

/** A REQ socket under test and the REP at its other end. */
export interface ConformanceSocket {
  send(request: number): ConformanceCall;
  receive(): ConformanceCall;
  close(): void;
  /** Starts to bind the REP and does not wait for it. */
  bind(): void;
  /** The REP starts to receive. */
  peerReceive(): ConformanceCall;
  /** The REP receives its next request and answers it. */
  answer(): Promise<void>;
  /** Lets time pass; 0 lets only what can happen at once happen. */
  pass(ms: number): Promise<void>;
  /**
   * Lets an operation come to the result that is expected of it. A real socket gets generous time
   * for that, so that a busy machine decides nothing.
   */
  settled(call: ConformanceCall): Promise<void>;
  dispose(): Promise<void>;
}

export type ConformanceStep =
  | { readonly do: 'send'; readonly as: string; readonly request: number }
  | { readonly do: 'receive' | 'peer-receive'; readonly as: string }
  | { readonly do: 'close' | 'bind' | 'answer' }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'expect'; readonly of: string; readonly result: ConformanceResult };

export interface ConformanceRow {
  readonly name: string;
  readonly options: SocketOptions;
  /** `absent`: nobody listens, unless the row itself binds the REP. */
  readonly peer: 'up' | 'absent';
  readonly steps: readonly ConformanceStep[];
}

/** Where a socket does not do what its row says. */
export interface Deviation {
  readonly row: string;
  readonly step: number;
  readonly operation: string;
  readonly expected: ConformanceResult;
  readonly got: ConformanceResult;
}

/** Runs one row against a new socket; an empty answer means that the socket conforms. */
export async function runRow(
  row: ConformanceRow,
  open: (row: ConformanceRow) => Promise<ConformanceSocket>,
): Promise<readonly Deviation[]> {
  const socket = await open(row);
  const calls = new Map<string, ConformanceCall>();
  const deviations: Deviation[] = [];
  for (const [at, step] of row.steps.entries()) {
    if (step.do !== 'expect') {
      await perform(socket, step, calls);
      continue;
    }
    const call = assertExists(calls.get(step.of), `expected an operation named ${step.of}`);
    await (step.result === 'pending' ? socket.pass(0) : socket.settled(call));
    const got = call.result;
    if (got === step.result) continue;
    deviations.push({ row: row.name, step: at, operation: step.of, expected: step.result, got });
  }
  await socket.dispose();
  return deviations;
}

async function perform(
  socket: ConformanceSocket,
  step: Exclude<ConformanceStep, { do: 'expect' }>,
  calls: Map<string, ConformanceCall>,
): Promise<void> {
  switch (step.do) {
    case 'send':
      calls.set(step.as, socket.send(step.request));
      return;
    case 'receive':
      calls.set(step.as, socket.receive());
      return;
    case 'peer-receive':
      calls.set(step.as, socket.peerReceive());
      return;
    case 'close':
      socket.close();
      return;
    case 'bind':
      socket.bind();
      return;
    case 'answer':
      return socket.answer();
    case 'pass':
      return socket.pass(step.ms);
    default:
      assertUnreachable(step);
  }
}
