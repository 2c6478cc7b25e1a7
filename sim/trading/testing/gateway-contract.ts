/**
 * What every gateway owes its clients, as laws over whatever answers requests.
 *
 * A law gets a fresh gateway with two symbols, asks, and asserts; it neither knows nor cares
 * whether the answers come from the simulation or over a real socket. A gateway that keeps all laws
 * may stand behind an engine.
 */
import { assert } from '../../base/assert.ts';
import { NONE } from '../../trace/event.ts';
import type { Account, GatewayReply, GatewayRequest, Position } from '../protocol.ts';
import { type OpenRequest, Requests } from './requests.ts';

export interface GatewayUnderTest {
  /** Asks and waits for the answer; the first two symbols have a market. */
  ask(request: GatewayRequest): Promise<GatewayReply>;
}

/** Makes a fresh gateway; `dedupe` as in the scenario. */
export type GatewayFactory = (setup: { readonly dedupe: boolean }) => Promise<GatewayUnderTest>;

export interface GatewayLaw {
  readonly name: string;
  readonly dedupe: boolean;
  run(gateway: GatewayUnderTest): Promise<void>;
}

type Kind = GatewayReply['kind'];
type Of<K extends Kind> = Extract<GatewayReply, { kind: K }>;

/** A gateway and the requests that a law makes to it. */
class Client {
  readonly make = new Requests();
  readonly #gateway: GatewayUnderTest;

  constructor(gateway: GatewayUnderTest) {
    this.#gateway = gateway;
  }

  /** Asks; the answer must be of `kind`, to this request. */
  async expect<K extends Kind>(kind: K, request: GatewayRequest): Promise<Of<K>> {
    const reply = await this.#gateway.ask(request);
    const got = reply.kind === 'rejected' ? `rejected (${reply.error})` : reply.kind;
    assert(reply.kind === kind, `expected ${kind} to ${request.action}, got ${got}`);
    equal(reply.request, request.request, 'number of the request that is answered');
    return reply as Of<K>;
  }

  async refuses(error: string, request: GatewayRequest): Promise<void> {
    equal((await this.expect('rejected', request)).error, error, 'error code');
  }

  async account(): Promise<Account> {
    return (await this.expect('account', this.make.query('GET_ACCOUNT'))).account;
  }

  async positions(symbol?: number): Promise<readonly Position[]> {
    return (await this.expect('positions', this.make.positions(symbol))).positions;
  }
}

function equal<T>(got: T, expected: T, what: string): void {
  assert(got === expected, `${what}: expected ${String(expected)}, got ${String(got)}`);
}

const POSITION: Partial<OpenRequest> = { roundTrip: false, volumeMilli: 100, exposureBp: 200 };

function law(name: string, run: (client: Client) => Promise<void>, dedupe = true): GatewayLaw {
  return { name, dedupe, run: (gateway) => run(new Client(gateway)) };
}

async function fillsOnce(client: Client): Promise<void> {
  const first = await client.expect('filled', client.make.open(1));
  const second = await client.expect('filled', client.make.open(2));
  equal(first.order, 1, 'order of the first fill');
  equal(second.order, 2, 'order of the second fill');
  assert(first.ticket !== second.ticket, 'expected a ticket of its own for every order');
}

async function sameOrderAgain(client: Client): Promise<void> {
  const { balance } = await client.account();
  const first = await client.expect('filled', client.make.open(1));
  const again = await client.expect('filled', client.make.open(1));
  equal(again.ticket, first.ticket, 'ticket');
  equal(again.profit, first.profit, 'profit');
  equal((await client.account()).balance, balance + first.profit, 'balance');
}

async function sameCloseAgain(client: Client): Promise<void> {
  const { ticket } = await client.expect('filled', client.make.open(1, POSITION));
  const first = await client.expect('filled', client.make.close(2, ticket));
  const again = await client.expect('filled', client.make.close(2, ticket));
  equal(again.profit, first.profit, 'profit');
  equal((await client.positions()).length, 0, 'open positions');
}

async function executesAgain(client: Client): Promise<void> {
  const { balance } = await client.account();
  const first = await client.expect('filled', client.make.open(1));
  const again = await client.expect('filled', client.make.open(1));
  assert(again.ticket !== first.ticket, 'expected a new ticket for the second execution');
  equal(again.profit, first.profit, 'profit');
  equal((await client.account()).balance, balance + 2 * first.profit, 'balance');
}

async function opensAndCloses(client: Client): Promise<void> {
  const { ticket } = await client.expect('filled', client.make.open(1, { ...POSITION, symbol: 1 }));
  const [position, ...others] = await client.positions(1);
  equal(others.length, 0, 'other positions of the symbol');
  equal(position?.ticket, ticket, 'ticket');
  equal(position?.order, 1, 'order');
  equal(position?.volumeMilli, 100, 'volume');
  equal(position?.exposureBp, 200, 'exposure');
  equal((await client.positions(0)).length, 0, 'positions of the other symbol');
  await client.expect('filled', client.make.close(2, ticket, { symbol: NONE }));
  equal((await client.positions()).length, 0, 'open positions');
}

async function closesInParts(client: Client): Promise<void> {
  const { ticket } = await client.expect('filled', client.make.open(1, POSITION));
  await client.expect('filled', client.make.close(2, ticket, { volumeMilli: 30 }));
  const [left] = await client.positions();
  equal(left?.volumeMilli, 70, 'volume that is left');
  equal(left?.exposureBp, 140, 'exposure that is left');
  await client.refuses('INVALID_VOLUME', client.make.close(3, ticket, { volumeMilli: 71 }));
  await client.expect('filled', client.make.close(4, ticket, { volumeMilli: 70 }));
  equal((await client.positions()).length, 0, 'open positions');
}

async function refusesWhatItCannot(client: Client): Promise<void> {
  const { make } = client;
  await client.refuses('MISSING_SYMBOL', make.open(1, { symbol: NONE }));
  await client.refuses('INVALID_VOLUME', make.open(2, { volumeMilli: 0 }));
  await client.refuses('INVALID_VOLUME', make.open(3, { volumeMilli: 1_000_001 }));
  await client.refuses('MT5_CLOSE_FAILED', make.close(4, 9_999));
  equal((await client.positions()).length, 0, 'open positions');
}

async function refusesExpired(client: Client): Promise<void> {
  const { balance } = await client.account();
  await client.refuses('MT5_ORDER_FAILED', client.make.open(1, { validUntilUs: 0 }));
  equal((await client.account()).balance, balance, 'balance');
  const { ticket } = await client.expect('filled', client.make.open(2, POSITION));
  await client.refuses('MT5_CLOSE_FAILED', client.make.close(3, ticket, { validUntilUs: 0 }));
  equal((await client.positions()).length, 1, 'open positions');
}

async function keepsBooks(client: Client): Promise<void> {
  const start = await client.account();
  let sum = 0;
  for (let order = 1; order <= 20; order++) {
    const request = client.make.open(order, { symbol: order % 2, roundTrip: order % 3 !== 0 });
    sum += (await client.expect('filled', request)).profit;
  }
  const { account, positions } = await client.expect('sync', client.make.query('SYNC_ALL'));
  const unrealised = positions.reduce((total, { profit }) => total + profit, 0);
  equal(account.balance, start.balance + sum, 'balance');
  equal(account.equity, account.balance + unrealised, 'equity');
}

async function tellsOutcomes(client: Client): Promise<void> {
  const filled = await client.expect('filled', client.make.open(7));
  await client.expect('filled', client.make.open(8, { symbol: 1 }));
  const { deals } = await client.expect('sync', client.make.query('SYNC_ALL', 0));
  const deal = deals.find(({ order }) => order === 7);
  equal(deal?.ticket, filled.ticket, 'ticket of the deal');
  equal(deal?.profit, filled.profit, 'profit of the deal');
  equal(deals.length, 1, 'deals of the symbol that asked');
  equal((await client.expect('sync', client.make.query('SYNC_ALL'))).deals.length, 2, 'all deals');
}

/** Every law; `dedupe` says which gateway it needs. */
export const GATEWAY_LAWS: readonly GatewayLaw[] = [
  law('a PING is answered', async (client) => {
    await client.expect('pong', client.make.query('PING'));
  }),
  law('each order is filled, with a ticket of its own', fillsOnce),
  law('an order that comes again is not executed again and gets the same answer', sameOrderAgain),
  law('a close that comes again is not executed again and gets the same answer', sameCloseAgain),
  law('without dedupe an order that comes again books the same amount again', executesAgain, false),
  law('an open position is listed for its symbol until it is closed', opensAndCloses),
  law('a position may be closed in parts, and no more of it than there is', closesInParts),
  law(
    'an order without symbol, volume or position is refused and changes nothing',
    refusesWhatItCannot,
  ),
  law('an order that has expired is refused and changes nothing', refusesExpired),
  law('the balance is the sum of all fills, the equity has what is open besides', keepsBooks),
  law('SYNC_ALL tells what became of an order', tellsOutcomes),
];
