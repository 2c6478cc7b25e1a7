/**
 * What the connection with a bridge needs of its surroundings, so that a test, or Node, can stand
 * in for the browser's worker.
 */

/** An open WebSocket, or one on its way. */
export interface WireSocket {
  send(frame: string): void;
  /** Ends it; no event comes afterwards. */
  close(): void;
}

/** What happens to a WebSocket; `onClosed` comes once, at the end, and nothing after it. */
export interface WireEvents {
  readonly onOpen: () => void;
  readonly onFrame: (frame: string) => void;
  readonly onClosed: (code: number, reason: string) => void;
}

export interface LinkDoor {
  /** Opens a WebSocket to the bridge that serves this page. */
  open(events: WireEvents): WireSocket;
  /** Milliseconds since 1970, with fractions; never goes back. */
  nowMs(): number;
  /** Calls back once after `ms`; the result withdraws it. */
  later(ms: number, callback: () => void): () => void;
  /** Calls back at the end of the present turn, when all that happens at once has happened. */
  atEndOfTurn(callback: () => void): void;
  /** 0 to 1, for the jitter of the pauses between attempts. */
  random(): number;
  uuid(): string;
  /** Whether the page comes from this machine, so that a bridge might be started at its address. */
  readonly isLoopback: boolean;
}

/** One end of a channel. */
export interface PortEnd<In, Out> {
  send(message: Out): void;
  listen(take: (message: In) => void): void;
}

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Whether a host name, as an address has it, is this machine's own. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/** A message port as one end of a channel. */
export function portEnd<In, Out>(port: MessagePort): PortEnd<In, Out> {
  return {
    send: (message) => port.postMessage(message),
    listen: (take) => {
      port.onmessage = (event: MessageEvent<In>) => take(event.data);
    },
  };
}
