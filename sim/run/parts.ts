/**
 * The parts of a world that somebody else may bring: the subjects of a test or of an exploration.
 *
 * What is left out is what the scenario names.
 */
import type { LockImplementation } from '../locks/contract.ts';
import type { GatewayReply, GatewayRequest } from '../trading/protocol.ts';
import type { RequestSocket, SteppingClient } from '../zmq/contract.ts';
import type { Driver } from '../kernel/task.ts';
import type { SocketParts } from '../zmq/faulty-sockets.ts';
import type { PirateOptions } from '../zmq/lazy-pirate.ts';

/** A client of the gateway, as everything in an engine uses it. */
export type GatewayClient = SteppingClient<GatewayRequest, GatewayReply>;

type Request = GatewayRequest;
type Reply = GatewayReply;

export interface Parts {
  /** The lock around the engine's socket. */
  readonly lock?: LockImplementation;
  readonly createSocket?: (parts: SocketParts<Request, Reply>) => RequestSocket<Request, Reply>;
  readonly createClient?: (
    driver: Driver,
    socket: RequestSocket<Request, Reply>,
    options: PirateOptions,
  ) => GatewayClient;
}
