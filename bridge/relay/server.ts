/**
 * The bridge's doors: HTTP for the page, and a WebSocket for its conversation, on loopback only
 * unless a further address is named.
 *
 * Invariants: every request passes the guards before anything else reads it; few connections are
 * open at a time, and none stays that did not say its token in time. Closing waits until every
 * socket is closed and no request is under way. Known limit: a further address is plain HTTP, so
 * whoever listens in on that network reads the token.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { CloseCode, FRAME_BYTES_MAX, SOCKET_PATH, SUBPROTOCOL } from '../protocol.ts';
import { type Doors, doorsOf, judgeHost, judgeUpgrade, type Refusal } from './guards.ts';
import { AUTHENTICATION_MS, CONNECTIONS_MAX } from './limits.ts';
import { closeServer, listenOn, type Place } from './listen.ts';
import type { RelayParts } from './relay-parts.ts';
import { Session } from './session.ts';

export interface BridgeOptions extends Place {
  readonly parts: RelayParts;
  readonly page: RequestListener;
  /**
   * Whether the page is shown under any name: to somebody who forwards a port, say. The socket is
   * for the bridge's own names alone.
   */
  readonly pageForAll?: boolean;
}

export interface BridgeServer {
  readonly port: number;
  readonly url: string;
  /** WebSockets that are open. */
  readonly connections: number;
  /** Refuses what comes, ends what there is, and waits for it. */
  close(): Promise<void>;
}

/** How long a page may take to answer a close before it is cut off. */
const CLOSING_MS = 1_000;
/** What a close frame has room for; reasons are ASCII. */
const REASON_BYTES_MAX = 123;
const REQUEST_MS = 5_000;
const HEADER_BYTES_MAX = 8_192;
const TCP_CONNECTIONS_MAX = 64;

/** Listens and serves; rejects with `AddressTaken` if an address cannot be had. */
export async function startBridge(options: BridgeOptions): Promise<BridgeServer> {
  const bridge = new Bridge(options);
  const { servers, addresses, port } = await listenOn(bridge.createServer, options);
  bridge.doors = doorsOf(addresses, port);
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    get connections() {
      return bridge.connections;
    },
    close: async () => {
      await bridge.close();
      await Promise.all(servers.map(closeServer));
    },
  };
}

class Bridge {
  /** Nobody is let in before the port is known. */
  doors: Doors = { hosts: new Set(), origins: new Set() };
  readonly #options: BridgeOptions;
  readonly #sockets = new Map<WebSocket, Session>();
  #isClosing = false;
  readonly #webSockets = new WebSocketServer({
    ...{ noServer: true, maxPayload: FRAME_BYTES_MAX, perMessageDeflate: false },
    ...{ clientTracking: false, handleProtocols: () => SUBPROTOCOL },
  });

  constructor(options: BridgeOptions) {
    this.#options = options;
  }

  readonly createServer = (): Server => {
    const server = createServer(
      {
        ...{ headersTimeout: AUTHENTICATION_MS, requestTimeout: REQUEST_MS },
        ...{ maxHeaderSize: HEADER_BYTES_MAX },
      },
      (request, response) => {
        const { page, pageForAll } = this.#options;
        const refusal =
          (pageForAll === true ? undefined : judgeHost(request.headers, this.doors)) ??
          socketOnly(request);
        if (refusal === undefined) return void page(request, response);
        const headers = { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' };
        response.writeHead(refusal.status, headers).end(`${refusal.message}\n`);
      },
    );
    server.maxConnections = TCP_CONNECTIONS_MAX;
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    return server;
  };

  get connections(): number {
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const sessions = [...this.#sockets.values()];
    const closed = [...this.#sockets.keys()].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    for (const session of sessions) session.end(CloseCode.goingAway, 'the bridge ends');
    await Promise.all([...closed, ...sessions.map((session) => session.settled())]);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = judgeUpgrade(request.url, request.headers, this.doors) ?? this.#full();
    if (refusal !== undefined) {
      // Whoever is refused may be gone already.
      socket.on('error', () => socket.destroy());
      socket.end(
        `HTTP/1.1 ${refusal.status} Refused\r\nContent-Type: text/plain; charset=utf-8\r\n` +
          `Connection: close\r\n\r\n${refusal.message}\n`,
      );
      return;
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket));
  }

  #full(): Refusal | undefined {
    if (this.#isClosing) return { status: 503, message: 'expected a bridge that is not ending' };
    if (this.#sockets.size < CONNECTIONS_MAX) return undefined;
    const message = `expected at most ${CONNECTIONS_MAX} connections: close another page first`;
    return { status: 503, message };
  }

  #open(webSocket: WebSocket): void {
    let cutOff: NodeJS.Timeout | undefined;
    const session = new Session(this.#options.parts, {
      send: (frame) => webSocket.send(frame, () => session.sent()),
      close: (code, reason) => {
        webSocket.close(code, reason.slice(0, REASON_BYTES_MAX));
        cutOff ??= setTimeout(() => webSocket.terminate(), CLOSING_MS);
      },
      get bufferedBytes() {
        return webSocket.bufferedAmount;
      },
    });
    this.#sockets.set(webSocket, session);
    const tooLate = setTimeout(() => {
      if (session.isOpen) return;
      session.end(CloseCode.unauthenticated, `expected a hello within ${AUTHENTICATION_MS} ms`);
    }, AUTHENTICATION_MS);
    webSocket.on('message', (data: Buffer, isBinary) => {
      session.receive(isBinary ? undefined : data.toString('utf8'));
    });
    // What ws finds wrong with a frame it closes by itself, with the code that fits.
    webSocket.on('error', () => session.abandon());
    webSocket.on('close', () => {
      clearTimeout(tooLate);
      clearTimeout(cutOff);
      session.abandon();
      this.#sockets.delete(webSocket);
    });
  }
}

/** The socket's path answers nothing but upgrades. */
function socketOnly(request: IncomingMessage): Refusal | undefined {
  if (request.url?.replace(/\?.*$/s, '') !== SOCKET_PATH) return undefined;
  return { status: 426, message: `expected a WebSocket of subprotocol ${SUBPROTOCOL}` };
}
