/**
 * The page's end of its connection with a bridge: starts the worker when somebody connects, and
 * keeps the token for as long as the tab lives.
 *
 * Invariants: no worker, no connection and no request before `connect` or `pair`; a token is in
 * memory and in the session storage of this tab, never in an address. A worker that dies takes the
 * connection with it, and the state says so; the next `connect` starts another.
 */
import { transfer } from 'comlink';
import type { LockName, Problem, Result } from '../../sim/index.ts';
import { WorkerLine } from '../workers/worker-line.ts';
import type { Armed, BridgeLink, BridgeListener } from './contract.ts';
import type { LinkApi, LinkNews } from './link-contract.ts';

/** What the client needs of the browser, so that a test can do without. */
export interface BridgeDoor {
  readonly spawn: () => Worker;
  readonly readToken: () => string | undefined;
  readonly keepToken: (token: string | undefined) => void;
}

const TOKEN_KEY = 'interlock bridge token';
const ABNORMAL = 1006;

export const browserDoor: BridgeDoor = {
  spawn: () =>
    new Worker(new URL('./bridge-worker.ts', import.meta.url), { type: 'module', name: 'bridge' }),
  readToken: () => withStorage((storage) => storage.getItem(TOKEN_KEY) ?? undefined),
  keepToken: (token) => {
    withStorage((storage) => {
      if (token === undefined) storage.removeItem(TOKEN_KEY);
      else storage.setItem(TOKEN_KEY, token);
    });
  },
};

/** A sandboxed frame, or a full storage, refuses: then memory alone has the token. */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}

export class BridgeLinkClient implements BridgeLink {
  readonly #listener: BridgeListener;
  readonly #door: BridgeDoor;
  #line: WorkerLine<LinkApi> | undefined = undefined;
  #news: MessagePort | undefined = undefined;
  #token: string | undefined = undefined;

  constructor(listener: BridgeListener, door: BridgeDoor = browserDoor) {
    this.#listener = listener;
    this.#door = door;
  }

  async connect(): Promise<void> {
    const token = this.#token ?? this.#door.readToken();
    await this.#open((remote) => remote.connect(token));
  }

  async pair(code: string): Promise<void> {
    await this.#open((remote) => remote.pair(code));
  }

  arm(armed: Armed): Promise<Result<void, Problem>> {
    return this.#command((remote) => remote.arm(armed));
  }

  disarm(): Promise<Result<void, Problem>> {
    return this.#command((remote) => remote.disarm());
  }

  setLock(lock: LockName): Promise<Result<void, Problem>> {
    return this.#command((remote) => remote.setLock(lock));
  }

  resolve(uuid: string, as: 'executed' | 'not-executed'): Promise<Result<void, Problem>> {
    return this.#command((remote) => remote.resolve(uuid, as));
  }

  async openPort(): Promise<MessagePort> {
    const line = await this.#connected();
    const { port1, port2 } = new MessageChannel();
    await line.call((remote) => remote.openPort(transfer(port2, [port2])));
    return port1;
  }

  /** The worker stays, so that ports hear of it; it does nothing until the next `connect`. */
  disconnect(): void {
    this.#keep(undefined);
    this.#line?.call((remote) => remote.disconnect()).catch(() => undefined);
  }

  /** A person decides how long a connection may take to come about, not a deadline. */
  async #open(ask: (remote: LinkRemote) => PromiseLike<void>): Promise<void> {
    const line = await this.#connected();
    try {
      await line.call(ask, Infinity);
    } catch (error) {
      // Its death has been told as a state, and closing it was wanted.
      if (!line.isDead) throw error;
    }
  }

  async #command(
    ask: (remote: LinkRemote) => PromiseLike<Result<void, Problem>>,
  ): Promise<Result<void, Problem>> {
    const line = this.#line;
    if (line === undefined || line.isDead) return notConnected();
    try {
      return await line.call(ask);
    } catch (error) {
      if (line.isDead) return notConnected();
      throw error;
    }
  }

  async #connected(): Promise<WorkerLine<LinkApi>> {
    if (this.#line !== undefined && !this.#line.isDead) return this.#line;
    const line = new WorkerLine<LinkApi>(this.#door.spawn(), ({ message }) => {
      this.#letGo();
      this.#listener.onState({ kind: 'none', why: { closed: ABNORMAL, reason: message } });
    });
    this.#line = line;
    const { port1, port2 } = new MessageChannel();
    this.#news = port1;
    port1.onmessage = (event: MessageEvent<LinkNews>) => this.#hear(event.data);
    await line.call((remote) => remote.listen(transfer(port2, [port2])));
    return line;
  }

  #hear(news: LinkNews): void {
    if (news.kind === 'token') this.#keep(news.token);
    else this.#listener.onState(news.state);
  }

  /** Keeps another token, or none. */
  #keep(token: string | undefined): void {
    this.#token = token;
    this.#door.keepToken(token);
  }

  #letGo(): void {
    this.#news?.close();
    this.#news = undefined;
    this.#line = undefined;
  }
}

type LinkRemote = Parameters<Parameters<WorkerLine<LinkApi>['call']>[0]>[0];

function notConnected(): Result<never, Problem> {
  const message = 'expected a connection to the bridge: connect first';
  return { kind: 'error', error: { code: 'not-connected', message } };
}
