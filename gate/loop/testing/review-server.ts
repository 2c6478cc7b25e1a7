/**
 * A local HTTP server for tests that stands in for a service: it answers by a script, one behaviour
 * a request, and remembers what it was asked.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Behaviour = (asked: Asked, response: ServerResponse) => void;

export interface ScriptedServer {
  readonly address: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/** Starts it; once the script is over, its last behaviour is repeated. */
export async function scriptedServer(script: readonly Behaviour[]): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString('utf8');
      const one = { url: request.url ?? '', headers: request.headers, body };
      asked.push(one);
      const behaviour = script[Math.min(asked.length, script.length) - 1];
      response.on('error', () => {});
      behaviour?.(one, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers a status with a JSON body. */
export function status(
  code: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  return (_, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers 200 with a body of any kind. */
export function raw(body: string, type = 'text/event-stream'): Behaviour {
  return (_, response) => {
    response.writeHead(200, { 'content-type': type });
    response.end(body);
  };
}

/** Never answers. */
export const silence: Behaviour = () => {};

/** Closes the connection without a word. */
export const hangUp: Behaviour = (_, response) => {
  response.destroy();
};

/** Sends the beginning of a body and then either cuts the connection or says nothing more. */
export function partial(body: (asked: Asked) => string, then: 'cut' | 'silence'): Behaviour {
  return (asked, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(body(asked), () => {
      if (then === 'cut') response.destroy();
    });
  };
}

/** Sends without an end, as fast as it is read. */
export const flood: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const line = `: ${'x'.repeat(65_536)}\n\n`;
  const more = (): void => {
    while (!response.destroyed && response.write(line));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

/** Sends the reader to another address. */
export function redirect(address: string): Behaviour {
  return (_, response) => {
    response.writeHead(307, { location: address });
    response.end();
  };
}
