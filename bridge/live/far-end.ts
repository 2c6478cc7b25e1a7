/**
 * What a live run has at the other end of its sockets: the reference gateway, or somebody's own.
 */
import type {
  LiveRun,
  RealTimeKernel,
  Recollection,
  Recorder,
  SocketSource,
} from '../../sim/index.ts';
import type { Unreadable } from '../sockets/gateway-codec.ts';

export interface FarEnd extends SocketSource {
  /** What an earlier run knew, on the clock that begins now. */
  recollection(): Recollection | undefined;
  /** The engine's tasks have been made. */
  begun(run: LiveRun): void;
  /** Between two turns of the kernel. */
  betweenTurns(run: LiveRun): void;
  /** The run is over, and `whole` if it was not cut short: what is left to stamp. */
  lastWords(whole: boolean): Promise<() => void>;
  /** Closes all sockets and files. */
  close(): Promise<void>;
  readonly unreadable: Unreadable;
}

/** What an end is made of. */
export interface EndParts {
  readonly kernel: RealTimeKernel;
  readonly recorder: Recorder;
  /** The instant that time 0 of the run stands for, in microseconds since 1970. */
  readonly originUs: () => number;
}
