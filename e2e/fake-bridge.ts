/**
 * A bridge that says what a test wants to hear: it serves the built page, welcomes whoever comes,
 * and answers each operation alike. For states that a real one is in by chance only.
 */
import { WebSocketServer } from 'ws';
import { staticPage } from './static-page.ts';

export interface FakeBridge {
  readonly url: string;
  /** What the page asked for, in order. */
  readonly asked: { readonly op: string; readonly body: Readonly<Record<string, unknown>> }[];
  readonly stop: () => Promise<void>;
}

/** Welcomes with `welcome`, and answers each request with what `answer` gives for its operation. */
export async function fakeBridge(
  welcome: Readonly<Record<string, unknown>>,
  answer: (op: string) => Readonly<Record<string, unknown>>,
): Promise<FakeBridge> {
  const page = await staticPage();
  const sockets = new WebSocketServer({
    server: page.server,
    handleProtocols: () => 'interlock.v1',
  });
  const asked: FakeBridge['asked'] = [];
  sockets.on('connection', (socket) => {
    let seq = 0;
    const say = (envelope: object): void => {
      seq += 1;
      const head = { v: 1, sid: 'fake', seq, id: 0, deadlineMs: 0 };
      socket.send(JSON.stringify([{ ...head, ...envelope }]));
    };
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as readonly {
        readonly kind: string;
        readonly id: number;
        readonly op: string;
        readonly body: Readonly<Record<string, unknown>>;
      }[];
      for (const { kind, id, op, body } of frame) {
        if (kind === 'hello') say({ kind: 'welcome', op: 'welcome', body: welcome });
        if (kind !== 'request') continue;
        asked.push({ op, body });
        say({ kind: 'reply', id, op, body: answer(op) });
      }
    });
  });
  return {
    url: page.url,
    asked,
    stop: () => {
      for (const socket of sockets.clients) socket.terminate();
      return page.stop();
    },
  };
}
