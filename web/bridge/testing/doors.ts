/**
 * Doors and ports for tests: a WebSocket of Node's in place of the browser's, one that a test plays
 * by hand, time that a test passes, and a pair of ports that deliver in a later turn.
 */
import { WebSocket } from 'ws';
import { SOCKET_PATH, SUBPROTOCOL } from '../../../bridge/protocol.ts';
import type { LinkState } from '../contract.ts';
import type { LinkDoor, PortEnd, WireEvents, WireSocket } from '../link-door.ts';

/** The browser's door in Node: a page of the bridge on `port` of this machine. */
export function nodeDoor(port: () => number): LinkDoor & { readonly sockets: WebSocket[] } {
  const sockets: WebSocket[] = [];
  return {
    sockets,
    open: (events) => {
      const authority = `127.0.0.1:${port()}`;
      const options = { origin: `http://${authority}`, perMessageDeflate: false };
      const socket = new WebSocket(`ws://${authority}${SOCKET_PATH}`, [SUBPROTOCOL], options);
      sockets.push(socket);
      let isOver = false;
      socket.on('open', () => !isOver && events.onOpen());
      socket.on('message', (data: Buffer) => !isOver && events.onFrame(data.toString('utf8')));
      socket.on('error', () => {});
      socket.on('close', (code, reason) => !isOver && events.onClosed(code, reason.toString()));
      return {
        send: (frame) => socket.send(frame),
        close: () => {
          isOver = true;
          socket.close();
        },
      };
    },
    nowMs: () => performance.timeOrigin + performance.now(),
    later: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    atEndOfTurn: (callback) => queueMicrotask(callback),
    random: () => 0,
    uuid: () => crypto.randomUUID(),
    isLoopback: true,
  };
}

/** Two ends of a channel; what is sent arrives in a later turn, copied as a port copies it. */
export function portPair<A, B>(): [PortEnd<A, B>, PortEnd<B, A>] {
  let takeA: (message: A) => void = () => {};
  let takeB: (message: B) => void = () => {};
  const later = <M>(message: M, take: () => (message: M) => void): void => {
    const copy = structuredClone(message);
    setTimeout(() => take()(copy), 0);
  };
  return [
    {
      send: (message) => later(message, () => takeB),
      listen: (take) => {
        takeA = take;
      },
    },
    {
      send: (message) => later(message, () => takeA),
      listen: (take) => {
        takeB = take;
      },
    },
  ];
}

/** A WebSocket that the test plays the far end of. */
export class PlayedSocket implements WireSocket {
  readonly sent: string[] = [];
  closed = false;

  constructor(readonly events: WireEvents) {}

  send(frame: string): void {
    this.sent.push(frame);
  }

  close(): void {
    this.closed = true;
  }

  /** The envelopes of the last frame. */
  get last(): Record<string, unknown>[] {
    return JSON.parse(this.sent.at(-1) ?? '[]') as Record<string, unknown>[];
  }
}

/** A door whose sockets and whose time are the test's. */
export class PlayedDoor implements LinkDoor {
  readonly sockets: PlayedSocket[] = [];
  readonly #timers = new Set<{ readonly dueMs: number; readonly callback: () => void }>();
  #nowMs = 0;
  isLoopback = true;
  random = (): number => 0;
  uuid = (): string => 'probe';

  open(events: WireEvents): PlayedSocket {
    const socket = new PlayedSocket(events);
    this.sockets.push(socket);
    return socket;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  later(ms: number, callback: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  atEndOfTurn(callback: () => void): void {
    queueMicrotask(callback);
  }

  /** Lets time pass; timers fire in the order in which they come due. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const due = [...this.#timers].filter(({ dueMs }) => dueMs <= endMs);
      const [first] = due.sort((one, other) => one.dueMs - other.dueMs);
      if (first === undefined) break;
      this.#timers.delete(first);
      this.#nowMs = first.dueMs;
      first.callback();
      await settled();
    }
    this.#nowMs = endMs;
    await settled();
  }

  /** The socket that was opened last. */
  get socket(): PlayedSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('expected a socket to have been opened');
    return socket;
  }
}

/** All that follows at once has happened. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await Promise.resolve();
}

/** States as they were told, and a wait for one that fits. */
export class States {
  readonly told: LinkState[] = [];
  readonly tokens: (string | undefined)[] = [];
  #watchers: (() => void)[] = [];

  readonly onState = (state: LinkState): void => {
    this.told.push(state);
    for (const watcher of this.#watchers.splice(0)) watcher();
  };
  readonly onToken = (token: string | undefined): void => void this.tokens.push(token);

  get last(): LinkState | undefined {
    return this.told.at(-1);
  }

  async until(fits: (state: LinkState) => boolean): Promise<LinkState> {
    for (;;) {
      const { last } = this;
      if (last !== undefined && fits(last)) return last;
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }
}
