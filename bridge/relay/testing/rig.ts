/**
 * A bridge for tests on free ports, with a gateway of our own making behind it: a REP that answers
 * what it is told to, and counts what reached it.
 */
import type { RequestListener } from 'node:http';
import { Reply } from 'zeromq';
import { parseScenario } from '../../../sim/index.ts';
import { type Standalone, startGateway } from '../../gateway/standalone.ts';
import { Orders } from '../orders.ts';
import type { RelayParts } from '../relay-parts.ts';
import { Secrets } from '../secrets.ts';
import { type BridgeServer, startBridge } from '../server.ts';
import { type PageManners, TestPage } from './page.ts';

/** A request as the gateway got it. */
export type Got = Readonly<Record<string, unknown>>;
/** What it answers; undefined keeps quiet for ever and so does its REP. */
export type Answer = (got: Got) => object | undefined | Promise<object>;

const PAGE: RequestListener = (_, response) => void response.end('<p>page</p>');
const echo: Answer = ({ uuid }) => ({ uuid, status: 'ok' });

export class FakeGateway {
  readonly got: Got[] = [];
  readonly #reply = new Reply({ linger: 0 });
  #watchers: (() => void)[] = [];
  address = '';

  constructor(private readonly answer: Answer = echo) {}

  async open(): Promise<this> {
    await this.#reply.bind('tcp://127.0.0.1:*');
    this.address = this.#reply.lastEndpoint ?? '';
    void this.#serve();
    return this;
  }

  /** Resolves once so many requests have arrived. */
  async arrived(count: number): Promise<void> {
    while (this.got.length < count) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  close(): void {
    this.#reply.close();
  }

  async #serve(): Promise<void> {
    try {
      for await (const [frame] of this.#reply) {
        const got = JSON.parse(String(frame)) as Got;
        this.got.push(got);
        for (const watcher of this.#watchers.splice(0)) watcher();
        const answer = await this.answer(got);
        if (answer === undefined) return;
        await this.#reply.send(JSON.stringify(answer));
      }
    } catch (error) {
      if (!this.#reply.closed) throw error;
    }
  }
}

export class Rig {
  readonly codes: string[] = [];
  readonly crashes: unknown[] = [];
  readonly #opened: { close(): unknown }[] = [];
  #bridge: BridgeServer | undefined = undefined;
  #secrets: Secrets | undefined = undefined;
  nowMs: () => number = () => performance.now();

  /** Starts a bridge in front of `gateway`; `port` 0 takes any that is free. */
  async start(
    gateway: { address: string },
    more: Partial<RelayParts> = {},
    port = 0,
  ): Promise<this> {
    this.#secrets = new Secrets((code) => this.codes.push(code), this.nowMs);
    const parts: RelayParts = {
      endpoint: { address: gateway.address, curve: undefined },
      ...{ ticks: undefined, gateway: 'own', allowTrade: false, symbols: [] },
      socket: 'req',
      ...{ secrets: this.#secrets, orders: new Orders(), nowMs: this.nowMs },
      crashed: (error) => this.crashes.push(error),
      ...more,
    };
    this.#bridge = await startBridge({ parts, page: PAGE, port, portsMore: 0, host: undefined });
    return this;
  }

  /** Ends the bridge as a signal would; another may start. */
  async end(): Promise<void> {
    await this.#bridge?.close();
  }

  /** The reference gateway with these symbols and this endpoint. */
  async reference(
    symbols: readonly string[],
    endpoint: object = {},
  ): Promise<Standalone & { readonly address: string }> {
    const parsed = parseScenario({
      symbols: symbols.map((name) => ({ name })),
      endpoint: { serviceUs: [0, 200], ...endpoint },
    });
    if (parsed.kind === 'error') throw new Error(parsed.error.message);
    const gateway = await startGateway({
      ...{ scenario: parsed.value, place: { host: '127.0.0.1', port: 0, pubPort: 0 } },
      crashed: (error) => this.crashes.push(error),
    });
    return this.later({ ...gateway, address: gateway.addresses.requests });
  }

  async gateway(answer?: Answer): Promise<FakeGateway> {
    return this.later(await new FakeGateway(answer).open());
  }

  /** Closes it at the end. */
  later<T extends { close(): unknown }>(one: T): T {
    this.#opened.push(one);
    return one;
  }

  get port(): number {
    return this.#bridge?.port ?? 0;
  }

  page(manners?: PageManners): TestPage {
    const page = new TestPage(this.port, manners);
    this.later({ close: () => page.cut() });
    return page;
  }

  /** What a page gets by pairing, for further connections. */
  async token(): Promise<string> {
    const page = this.page();
    const { token = '' } = await page.greet({ code: this.codes.at(-1) ?? '' });
    page.cut();
    await page.closed;
    return token;
  }

  /** A page that has paired. */
  async paired(): Promise<TestPage> {
    const page = this.page();
    await page.greet({ code: this.codes.at(-1) ?? '' });
    return page;
  }

  /** Resolves once so few pages are connected. */
  async ended(left: number): Promise<void> {
    while ((this.#bridge?.connections ?? 0) > left) await new Promise(setImmediate);
  }

  async stop(): Promise<void> {
    await this.#bridge?.close();
    for (const one of this.#opened.splice(0)) await one.close();
    if (this.crashes.length > 0) throw new Error('expected no crash', { cause: this.crashes[0] });
  }
}
