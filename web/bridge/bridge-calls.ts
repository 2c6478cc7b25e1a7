/**
 * Numbered calls over a port of the page's connection: each ends once, whatever becomes of the
 * connection or of the worker that holds it.
 *
 * Invariants: calls of one turn go in one message; a call begun while the connection is lost waits
 * for it, up to its deadline, and has then not left; a call that the port never answers ends as if
 * the connection had been cut.
 */
import { type Asked, type Outcome, TRADE_OPS, type TickBody } from '../../bridge/protocol.ts';
import type { FromGateway, ToGateway } from './contract.ts';
import type { PortEnd } from './link-door.ts';
import { NOT_CONNECTED } from './wire.ts';

/** Calls back once after `ms`; the result withdraws it. */
export type Later = (ms: number, callback: () => void) => () => void;

type Request = Omit<Asked, 'op'> & { readonly op: string };

interface Call {
  readonly request: Request;
  readonly deadlineMs: number;
  readonly onOutcome: (outcome: Outcome) => void;
  /** Whether it was put into a message. */
  sent: boolean;
  withdraw: () => void;
}

/** What the connection needs beyond twice a call's deadline to say that it broke. */
const GRACE_MS = 10_000;
const SUBSCRIBE_MS = 5_000;

export class BridgeCalls {
  readonly #port: PortEnd<FromGateway, ToGateway>;
  readonly #later: Later;
  readonly #onLink: (isThere: boolean) => void;
  readonly #calls = new Map<number, Call>();
  #message: ToGateway[number][] = [];
  #lastId = 0;
  #isThere = true;
  #onTick: ((tick: TickBody) => void) | undefined = undefined;

  constructor(
    port: PortEnd<FromGateway, ToGateway>,
    later: Later,
    onLink: (isThere: boolean) => void,
  ) {
    this.#port = port;
    this.#later = later;
    this.#onLink = onLink;
    port.listen((news) => {
      for (const one of news) this.#hear(one);
    });
  }

  /** Whether the connection stands, as far as this end has heard. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /** Asks once; `onOutcome` is called once, in a later turn. */
  ask(request: Request, deadlineMs: number, onOutcome: (outcome: Outcome) => void): void {
    this.#lastId += 1;
    const id = this.#lastId;
    const call: Call = { request, deadlineMs, onOutcome, sent: false, withdraw: () => {} };
    this.#calls.set(id, call);
    if (this.#isThere) return this.#send(id, call);
    call.withdraw = this.#later(deadlineMs, () => this.#end(id, NOT_CONNECTED));
  }

  /** Has the ticks of `symbols`, `credits` at most on their way, given to `take`. */
  subscribe(symbols: readonly string[], credits: number, take: (tick: TickBody) => void): void {
    this.ask({ op: 'SUBSCRIBE', body: { symbols } }, SUBSCRIBE_MS, ({ outcome }) => {
      if (outcome !== 'done') return;
      this.#onTick = take;
      this.#allow(credits);
    });
  }

  #hear(news: FromGateway[number]): void {
    switch (news.kind) {
      case 'outcome':
        return this.#end(news.id, news.outcome);
      case 'tick':
        this.#onTick?.(news.tick);
        return this.#allow(1);
      case 'lost':
        this.#isThere = false;
        return this.#onLink(false);
      case 'found':
        this.#isThere = true;
        for (const [id, call] of this.#calls) {
          if (!call.sent) this.#send(id, call);
        }
        return this.#onLink(true);
    }
  }

  #send(id: number, call: Call): void {
    const { request, deadlineMs } = call;
    call.sent = true;
    call.withdraw();
    call.withdraw = this.#later(2 * deadlineMs + GRACE_MS, () => this.#end(id, silent(request)));
    this.#put({ id, ...request, deadlineMs });
  }

  #allow(credits: number): void {
    this.#put({ id: 0, op: 'CREDIT', body: { credits }, deadlineMs: 0 });
  }

  /** Into the message of this turn. */
  #put(entry: ToGateway[number]): void {
    this.#message.push(entry);
    if (this.#message.length > 1) return;
    queueMicrotask(() => {
      const message = this.#message;
      this.#message = [];
      this.#port.send(message);
    });
  }

  #end(id: number, outcome: Outcome): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    this.#calls.delete(id);
    call.withdraw();
    call.onOutcome(outcome);
  }
}

function silent({ op }: Request): Outcome {
  const isOrder = TRADE_OPS.some((one) => one === op);
  const message = "the worker of the page's connection gave no answer";
  return { outcome: isOrder ? 'unknown' : 'failed', code: 'CONNECTION_LOST', message };
}
