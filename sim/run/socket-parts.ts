/**
 * The locks and the client around a scenario's sockets, in the words of the parts that they are
 * made of.
 */
import type { Driver } from '../kernel/task.ts';
import type { Lock, LockImplementation } from '../locks/contract.ts';
import { type GuardOptions, LockGuard } from '../locks/guard.ts';
import type { Scenario } from '../scenario/schema.ts';
import { ObjectId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { GatewayReply, GatewayRequest } from '../trading/protocol.ts';
import type { RequestSocket, SocketOptions } from '../zmq/contract.ts';
import { LazyPirate } from '../zmq/lazy-pirate.ts';
import type { GatewayClient, Parts } from './parts.ts';
import type { Tracking } from './tracking.ts';

/** Whatever makes the sockets of an engine. */
export interface SocketSource {
  /** Makes the socket of that number in the trace. */
  createSocket(object: number, options: SocketOptions): RequestSocket<GatewayRequest, GatewayReply>;
}

/** The guard's options of the lock with that number in the trace. */
export function guardOptions(scenario: Scenario, object: number): GuardOptions {
  const { timeoutUs, leaseUs } = scenario.lock;
  const guarded = object === ObjectId.socket;
  return {
    object,
    timeoutUs: guarded ? orLimitless(timeoutUs) : Infinity,
    leaseUs: guarded ? leaseUs : 0,
  };
}

export interface LockParts {
  readonly scenario: Scenario;
  readonly driver: Driver;
  readonly recorder: Recorder;
  readonly nextHold: () => number;
  readonly tracking: Tracking;
}

/** The lock of that number in the trace. */
export function guardedLock(
  { scenario, driver, recorder, nextHold, tracking }: LockParts,
  implementation: LockImplementation,
  object: number,
): Lock {
  const options = guardOptions(scenario, object);
  return tracking.lock(
    object,
    driver,
    (its) => new LockGuard(implementation, its, recorder, options, nextHold),
  );
}

/** The scenario's client on a socket of its own; `createClient` makes another than it names. */
export function pirateOn(
  scenario: Scenario,
  driver: Driver,
  sockets: SocketSource,
  object: number,
  createClient?: Parts['createClient'],
): GatewayClient {
  const { socket } = scenario;
  // Field by field: runs are made by the thousand, and spreading is slow.
  const own = sockets.createSocket(object, {
    profile: socket.profile,
    sendTimeoutUs: orLimitless(socket.sendTimeoutUs),
    receiveTimeoutUs: orLimitless(socket.receiveTimeoutUs),
    lingerUs: socket.lingerUs,
    immediate: socket.immediate,
    relaxed: socket.relaxed,
    correlate: socket.correlate,
  });
  return createClient?.(driver, own, socket) ?? new LazyPirate(driver, own, socket);
}

/** In a scenario 0 stands for "no limit". */
export function orLimitless(us: number): number {
  return us === 0 ? Infinity : us;
}
