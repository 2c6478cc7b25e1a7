/**
 * Serves a built page on loopback, IPv4 and IPv6, with the headers that a good host would send.
 *
 * Files are looked up at each request, so that a new build shows at the next reload. Invariant:
 * nothing outside loopback can connect, and nothing outside the directory is served.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import sirv from 'sirv';
import { cacheControl, SECURITY_HEADERS } from './policy.ts';

/** What to serve and where. */
export interface PageServerOptions {
  /** The folder with index.html. */
  readonly directory: string;
  /** The path under which the page stands; begins and ends with a slash. */
  readonly base: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** How many further ports may be tried when this one is taken. */
  readonly portsMore: number;
}

/** A server that listens. */
export interface PageServer {
  readonly port: number;
  /** The page's address. */
  readonly url: string;
  /** Ends every connection and frees the port. */
  readonly close: () => Promise<void>;
}

const LOOPBACK = ['127.0.0.1', '::1'] as const;
const NO_IPV6 = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];
const TAKEN = ['EADDRINUSE', 'EACCES'];

/** Listens; rejects with a sentence when every port that may be tried is taken. */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { port, portsMore } = options;
  for (let at = port; at <= Math.min(65_535, port + portsMore); at += 1) {
    const servers = await listenEverywhere(pageListener(options), at);
    if (servers !== undefined) return pageServer(servers, options.base);
  }
  throw new Error(
    `expected a free port, but ${port} is taken` +
      (portsMore > 0 ? ` and so are the ${portsMore} after it` : '') +
      ': choose another by --port, 0 for any that is free',
  );
}

/** Answers with the page's files under `base`; the rest is not found. */
export function pageListener({ directory, base }: PageServerOptions): RequestListener {
  const files = sirv(directory, { dev: true, etag: true });
  return (request, response) => {
    const path = (request.url ?? '/').replace(/[?#].*$/s, '');
    const plain = (status: number, text: string): void => {
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
    };
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      plain(405, 'expected GET or HEAD');
    } else if (`${path}/` === base) {
      response.setHeader('Location', base);
      plain(301, `moved to ${base}`);
    } else if (path.startsWith(base)) {
      const inside = path.slice(base.length);
      response.setHeader('Cache-Control', cacheControl(inside));
      request.url = `/${inside}`;
      files(request, response, () => {
        response.setHeader('Cache-Control', 'no-store');
        plain(404, `there is no ${path} here`);
      });
    } else plain(404, `there is nothing outside ${base}`);
  };
}

/** One server an address, on one port; undefined if that port is taken on any of them. */
async function listenEverywhere(
  listener: RequestListener,
  port: number,
): Promise<readonly Server[] | undefined> {
  const servers: Server[] = [];
  let shared = port;
  for (const host of LOOPBACK) {
    const server = createServer(listener);
    const code = await listen(server, host, shared);
    if (code === undefined) {
      servers.push(server);
      shared = portOf(server);
    } else if (TAKEN.includes(code)) {
      await Promise.all(servers.map(closeServer));
      // Any free port was asked for, and only one of the addresses had it free: again.
      return port === 0 ? listenEverywhere(listener, 0) : undefined;
    } else if (host === '127.0.0.1' || !NO_IPV6.includes(code)) {
      throw new Error(`expected to listen on ${host} port ${shared}, got ${code}`);
    }
  }
  return servers;
}

/** Undefined when it listens, else the code of the error. */
function listen(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => resolve(undefined));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP server');
  return address.port;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function pageServer(servers: readonly Server[], base: string): PageServer {
  const [first] = servers;
  if (first === undefined) throw new Error('expected a server');
  const port = portOf(first);
  return {
    port,
    url: `http://localhost:${port}${base}`,
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}
