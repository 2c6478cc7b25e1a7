/**
 * The locks and the client around a scenario's sockets, in the words of the parts that they are
 * made of.
 */
import { LazyPirate } from '../zmq/lazy-pirate.ts';
import type { Driver } from '../kernel/task.ts';
import type { GuardOptions } from '../locks/guard.ts';
import type { Scenario } from '../scenario/schema.ts';
import { ObjectId } from '../trace/event.ts';
import type { GatewayReply, GatewayRequest } from '../trading/protocol.ts';
import type { RequestSocket, SocketOptions, SteppingClient } from '../zmq/contract.ts';

/** A client of the gateway, as everything in an engine uses it. */
export type GatewayClient = SteppingClient<GatewayRequest, GatewayReply>;

/** Makes the socket of that number in the trace. */
export type CreateSocket = (
  object: number,
  options: SocketOptions,
) => RequestSocket<GatewayRequest, GatewayReply>;

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

/** The scenario's client on a socket of its own. */
export function pirateOn(
  scenario: Scenario,
  driver: Driver,
  createSocket: CreateSocket,
  object: number,
): GatewayClient {
  const { socket } = scenario;
  const options: SocketOptions = {
    ...socket,
    sendTimeoutUs: orLimitless(socket.sendTimeoutUs),
    receiveTimeoutUs: orLimitless(socket.receiveTimeoutUs),
  };
  return new LazyPirate(driver, createSocket(object, options), socket);
}

/** In a scenario 0 stands for "no limit". */
export function orLimitless(us: number): number {
  return us === 0 ? Infinity : us;
}
