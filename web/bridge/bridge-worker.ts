/**
 * The worker of the page's connection: the one WebSocket, behind Comlink, and a port for news.
 *
 * It is loaded when somebody connects. In a worker of its own the connection goes on while the page
 * draws, and its timers are not those of a tab that is out of sight.
 */
import { expose } from 'comlink';
import { SOCKET_PATH, SUBPROTOCOL } from '../../bridge/protocol.ts';
import { holdLifeLine } from '../workers/life-line.ts';
import { raiseRejections } from '../workers/worker-turns.ts';
import type { LinkApi, LinkNews } from './link-contract.ts';
import { isLoopback, type LinkDoor, portEnd, type WireEvents } from './link-door.ts';
import { LinkHost } from './link-host.ts';

let news: MessagePort | undefined;
const tell = (told: LinkNews): void => news?.postMessage(told);

const door: LinkDoor = {
  open: (events) => openSocket(events),
  nowMs: () => performance.timeOrigin + performance.now(),
  later: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  atEndOfTurn: (callback) => queueMicrotask(callback),
  random: () => Math.random(),
  uuid: newUuid,
  isLoopback: isLoopback(self.location.hostname),
};

/** A WebSocket to the page's own host, and to no other: its policy would not let it. */
function openSocket(events: WireEvents) {
  const { protocol, host } = self.location;
  const scheme = protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${host}${SOCKET_PATH}`, SUBPROTOCOL);
  let isOver = false;
  socket.onopen = () => !isOver && events.onOpen();
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isOver) events.onFrame(typeof data === 'string' ? data : '');
  };
  socket.onclose = ({ code, reason }) => {
    if (isOver) return;
    isOver = true;
    events.onClosed(code, reason);
  };
  return {
    send: (frame: string) => socket.send(frame),
    close: () => {
      isOver = true;
      socket.close();
    },
  };
}

/** `randomUUID` is not given to a page that comes over plain HTTP from another machine. */
function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const host = new LinkHost(door, {
  onState: (state) => tell({ kind: 'state', state }),
  onToken: (token) => tell({ kind: 'token', token }),
});

const api: LinkApi = {
  listen: (given) => {
    news = given;
  },
  connect: (token) => host.connect(token),
  pair: (code) => host.pair(code),
  arm: (armed) => host.arm(armed),
  disarm: () => host.disarm(),
  setLock: (lock) => host.setLock(lock),
  resolve: (uuid, as) => host.resolve(uuid, as),
  openPort: (port) => host.openPort(portEnd(port)),
  disconnect: () => host.disconnect(),
};

raiseRejections();
expose(api);
holdLifeLine((alive) => self.postMessage(alive));
