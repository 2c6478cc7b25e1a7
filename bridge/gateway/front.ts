/**
 * The gateway's end of a real socket, whichever it is: what the gateway's task serves, and how it
 * is opened, killed and brought back.
 */
import type {
  Directory,
  GatewayReply,
  GatewayRequest,
  RealTimeKernel,
  Recorder,
  ReplySocket,
} from '../../sim/index.ts';

export interface Front {
  /** What the gateway's task serves. */
  readonly socket: ReplySocket<GatewayRequest, GatewayReply>;
  /** Listens at `address`; the answer is the address with its port. */
  open(address: string): Promise<string>;
  /** The process dies: connections break, what is unread or in service is lost. Stamped. */
  crash(): void;
  /** The process is back, at the same address. Stamped. */
  restart(): void;
  /** Stops listening, for good. */
  close(): void;
}

export interface FrontParts {
  readonly kernel: RealTimeKernel;
  readonly recorder: Recorder;
  readonly directory: Directory;
  /** The instant that time 0 of the run stands for, in microseconds since 1970. */
  readonly originUs: () => number;
  /** Resolves once all that was executed so far is on record; undefined where nothing has to be. */
  readonly recorded: () => Promise<void> | undefined;
}
