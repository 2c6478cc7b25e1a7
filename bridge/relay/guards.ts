/**
 * Who may open the bridge's socket: judged by the headers of the upgrade, before anything is read.
 *
 * A page of any site can make a browser connect to this machine, and a name that a site controls
 * can be made to point here (DNS rebinding). So the Host has to be an address that the bridge
 * listens at, and the Origin one of the bridge's own pages, to the letter; nothing is matched by
 * its ending. Known limit: a program on this machine can send any header. The token is what stops
 * it.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { SOCKET_PATH, SUBPROTOCOL } from '../protocol.ts';

/** What the bridge answers to. */
export interface Doors {
  /** `127.0.0.1:4180` and the like, lower case. */
  readonly hosts: ReadonlySet<string>;
  /** `http://127.0.0.1:4180` and the like. */
  readonly origins: ReadonlySet<string>;
}

/** A status of HTTP and a sentence for whoever reads it. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

const HTTP_PORT = 80;

/**
 * The doors of a bridge that listens at `addresses` (IP literals) and is called `localhost` too.
 */
export function doorsOf(addresses: readonly string[], port: number): Doors {
  const names = addresses.map((one) => (one.includes(':') ? `[${one}]` : one));
  const hosts = ['localhost', ...names].map((one) => `${one}:${port}`);
  // Browsers leave out the port that HTTP has anyway.
  if (port === HTTP_PORT) hosts.push('localhost', ...names);
  return { hosts: new Set(hosts), origins: new Set(hosts.map((host) => `http://${host}`)) };
}

/** Why a request is refused because of the name that it was sent to; undefined if it is not. */
export function judgeHost(headers: IncomingHttpHeaders, doors: Doors): Refusal | undefined {
  if (headers.host !== undefined && doors.hosts.has(headers.host.toLowerCase())) return undefined;
  const message = `expected Host to be one of ${[...doors.hosts].join(', ')}`;
  return { status: 421, message: `${message}: open the address that the bridge printed` };
}

/** Why an upgrade is refused; undefined if a WebSocket may begin. */
export function judgeUpgrade(
  url: string | undefined,
  headers: IncomingHttpHeaders,
  doors: Doors,
): Refusal | undefined {
  const host = judgeHost(headers, doors);
  if (host !== undefined) return host;
  const { origin } = headers;
  if (origin === undefined || !doors.origins.has(origin)) {
    const came = origin === undefined ? 'none' : 'another';
    const origins = [...doors.origins].join(', ');
    const message = `expected an Origin among ${origins}, got ${came}`;
    return { status: 403, message: `${message}: open the page that the bridge serves` };
  }
  if (url !== SOCKET_PATH) {
    return { status: 404, message: `expected the path ${SOCKET_PATH}, and no query` };
  }
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  if (offered.includes(SUBPROTOCOL)) return undefined;
  return { status: 400, message: `expected the subprotocol ${SUBPROTOCOL} to be offered` };
}
