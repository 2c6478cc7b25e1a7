/**
 * Many orders through real bridges to a gateway that drops, doubles and delays messages, and dies
 * and comes back meanwhile: what is left in the traces, and what the gateway's books say.
 *
 * Each page has a connection, and so a REQ socket of the bridge, of its own. A symbol's task places
 * one order after the other, and asks for the outcome of one that it does not know before the next.
 */
import { Rig } from '../../../bridge/relay/testing/rig.ts';
import {
  EventKind,
  SocketErrorCode,
  sleep,
  type TaskBody,
  type TaskRef,
} from '../../../sim/index.ts';
import { LinkHost } from '../link-host.ts';
import { nodeDoor, States } from './doors.ts';
import { TestEngine } from './engine.ts';

export interface SoakOptions {
  /** At most 8: a bridge has no more connections. */
  readonly pages: number;
  readonly symbolsEach: number;
  /** Of each symbol. */
  readonly orders: number;
  readonly timeoutUs: number;
  /** Of the scenario's endpoint. */
  readonly endpoint: object;
}

/** What the orders came to. */
export interface SoakResult {
  orders: number;
  filled: number;
  /** Left, and no reply came: then asked for. */
  unknown: number;
  /** Of these, what the gateway's list said. */
  executed: number;
  notExecuted: number;
  /** Never left, or refused. */
  failed: number;
  /** Executions beyond the first of an order. */
  filledTwice: number;
  /** EFSM and EBUSY. */
  stateErrors: number;
  ledgerCents: number;
  booksCents: number;
  /** Orders that the bridge still calls open, after all. */
  leftOpen: number;
  /** Whether each page is answered at the end. */
  allAnswered: boolean;
}

const PAUSE_US = 2_000;
/** Then an outcome stays unknown, which is a finding. */
const TRIES_MAX = 100;

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { pages, symbolsEach, endpoint } = options;
  const rig = new Rig();
  const names = Array.from({ length: pages * symbolsEach }, (_, at) => `S${at}`);
  const gateway = await rig.reference(names, endpoint);
  await rig.start(gateway, { gateway: 'reference', allowTrade: true });
  const result: SoakResult = {
    ...{ orders: 0, filled: 0, unknown: 0, executed: 0, notExecuted: 0, failed: 0 },
    ...{ filledTwice: 0, stateErrors: 0, ledgerCents: 0, booksCents: 0, leftOpen: 0 },
    allAnswered: true,
  };
  const token = await rig.token();
  const all = await Promise.all(
    Array.from({ length: pages }, (_, page) =>
      opened(rig, gateway.address, names, page, token, options),
    ),
  );
  try {
    const [first] = all;
    const before = await balanceOf(first?.engine);
    for (const { engine, symbols } of all) {
      for (const symbol of symbols) {
        engine.spawn(symbol, (self) => trade(engine, self, symbol, options, result));
      }
    }
    await Promise.all(all.map(({ engine }) => engine.run()));
    result.booksCents = (await balanceOf(first?.engine)) - before;
    for (const { engine, states } of all) {
      judge(engine, result);
      if (Number.isNaN(await balanceOf(engine))) result.allAnswered = false;
      const { last } = states;
      if (last !== undefined && 'unknown' in last) result.leftOpen += engine.client.unknown;
    }
  } finally {
    for (const { host } of all) host.disconnect();
    await rig.stop();
  }
  return result;
}

async function opened(
  rig: Rig,
  endpoint: string,
  names: readonly string[],
  page: number,
  token: string,
  { symbolsEach, timeoutUs }: SoakOptions,
) {
  const states = new States();
  const host = new LinkHost(
    nodeDoor(() => rig.port),
    states,
  );
  await host.connect(token);
  const symbols = Array.from({ length: symbolsEach }, (_, at) => page * symbolsEach + at);
  const armed = await host.arm({ endpoint, symbols: symbols.map((at) => names[at] ?? '') });
  if (armed.kind === 'error') throw new Error(armed.error.message);
  return { host, states, symbols, engine: new TestEngine(host, page + 1, timeoutUs, names) };
}

function* trade(
  engine: TestEngine,
  self: TaskRef,
  symbol: number,
  { orders, timeoutUs }: SoakOptions,
  result: SoakResult,
): TaskBody {
  const { client } = engine;
  for (let n = 1; n <= orders; n++) {
    const order = symbol * orders + n;
    const untilUs = engine.recorder.nowUs + timeoutUs;
    result.orders += 1;
    const placed = yield* client.exchange(self, false, () => engine.open(symbol, order, timeoutUs));
    if (placed.kind === 'failed') result.failed += 1;
    if (placed.kind === 'reply') {
      if (placed.reply.kind === 'filled') result.filled += 1;
      else result.failed += 1;
    }
    if (placed.kind !== 'unknown') continue;
    result.unknown += 1;
    // Not before it can begin no more: then what the gateway lists is the last word.
    yield sleep(Math.max(PAUSE_US, untilUs + PAUSE_US - engine.recorder.nowUs));
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const asked = yield* client.exchange(self, true, () => engine.sync(symbol));
      if (asked.kind === 'reply' && asked.reply.kind === 'sync') {
        const isExecuted = asked.reply.deals.some((deal) => deal.order === order);
        if (isExecuted) result.executed += 1;
        else result.notExecuted += 1;
        break;
      }
      yield sleep(PAUSE_US);
    }
  }
}

function judge({ events }: TestEngine, result: SoakResult): void {
  const filled = new Set<number>();
  for (const { kind, a, b, value } of events) {
    if (kind === EventKind.fill) {
      if (filled.has(a)) result.filledTwice += 1;
      filled.add(a);
      result.ledgerCents += value;
    }
    const error = b >>> 2;
    const isState = error === SocketErrorCode.EFSM || error === SocketErrorCode.EBUSY;
    if (kind === EventKind.socketError && isState) result.stateErrors += 1;
  }
}

/** Asks until the gateway answers; NaN if it does not at all. */
async function balanceOf(engine: TestEngine | undefined): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const reply = await engine?.client.ask('GET_ACCOUNT');
    if (reply?.kind === 'account') return reply.account.balance;
  }
  return NaN;
}
