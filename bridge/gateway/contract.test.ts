/**
 * The laws of every gateway, over the reference gateway's real sockets: REP, ROUTER, and REP with
 * books on disk. The same laws run over the simulated gateway beside it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type GatewayRequest, parseScenario, type Scenario } from '../../sim/index.ts';
import { GATEWAY_LAWS } from '../../sim/trading/testing/gateway-contract.ts';
import { type Standalone, startGateway } from './standalone.ts';
import { TestClient } from './testing/client.ts';

const SYMBOLS = ['BTCUSD.s', 'ETHUSD.s'];
const directory = mkdtempSync(join(tmpdir(), 'interlock-gateway-'));
const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
afterAll(() => rmSync(directory, { recursive: true }));

function scenarioOf(endpoint: object, market: 'reference' | 'random-walk' = 'reference'): Scenario {
  const symbols = SYMBOLS.map((name) => ({ name, market: { kind: market } }));
  const parsed = parseScenario({ symbols, endpoint: { serviceUs: [0, 200], ...endpoint } });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  return parsed.value;
}

async function start(scenario: Scenario, journalPath?: string): Promise<Standalone> {
  const place = { host: '127.0.0.1', port: 0, pubPort: 0 };
  const crashed = (error: unknown): void => {
    throw error;
  };
  const gateway = await startGateway({ scenario, place, journalPath, crashed });
  opened.push(gateway);
  return gateway;
}

function connect({ addresses }: Standalone): TestClient {
  const client = new TestClient(addresses.requests, SYMBOLS);
  opened.unshift(client);
  return client;
}

describe.each([
  ['REP', {}, false],
  ['ROUTER', { latencyUs: [0, 1] }, false],
  ['REP with books on disk', {}, true],
] as const)('the reference gateway behind %s', (_name, endpoint, durable) => {
  it.each(GATEWAY_LAWS.map((law, at) => [law.name, law, at] as const))('%s', async (_, law, at) => {
    const path = durable ? join(directory, `laws-${at}`) : undefined;
    const gateway = await start(scenarioOf({ ...endpoint, dedupe: law.dedupe }), path);
    await law.run(connect(gateway));
  });

  it('answers what it cannot read with the reason, and goes on', async () => {
    const client = connect(await start(scenarioOf(endpoint)));
    const errorOf = async (text: string): Promise<unknown> =>
      (JSON.parse(await client.say(text)) as Record<string, unknown>)['error_code'];
    expect(await errorOf('{"uuid":')).toBe('INVALID_JSON');
    expect(await errorOf('[1]')).toBe('INVALID_JSON');
    expect(await errorOf('{}')).toBe('MISSING_ACTION');
    expect(await errorOf('{"uuid":"x","action":"DANCE"}')).toBe('UNKNOWN_ACTION');
    expect(await errorOf('{"uuid":"x","action":"OPEN"}')).toBe('MISSING_SYMBOL');
    expect(JSON.parse(await client.say('{"uuid":"x","action":"PING"}'))).toMatchObject({
      uuid: 'x',
      status: 'ok',
    });
  });
});

const POSITION = { roundTrip: false, volumeMilli: 100, exposureBp: 200 };
type Open = Extract<GatewayRequest, { action: 'OPEN' }>;

const open = (order: number, but: Partial<Open> = {}): Open => ({
  request: order,
  code: 2,
  symbol: 0,
  action: 'OPEN',
  order,
  side: 'BUY',
  ...POSITION,
  validUntilUs: Infinity,
  ...but,
});
const sync = { request: 900, code: 6, symbol: 255, action: 'SYNC_ALL' } as const;

describe('books on disk', () => {
  it('outlive the process: balance, positions, deals, and what an order was answered', async () => {
    const path = join(directory, 'outlive');
    const scenario = scenarioOf({}, 'random-walk');
    const first = await start(scenario, path);
    const before = new TestClient(first.addresses.requests, SYMBOLS);
    const filled = await before.ask(open(1));
    await before.ask(open(2, { symbol: 1, roundTrip: true }));
    const told = await before.ask(sync);
    before.close();
    await first.close();
    const second = await start(scenario, path);
    expect(second.resumed).toBe(2);
    const after = connect(second);
    const again = await after.ask(sync);
    if (told.kind !== 'sync' || again.kind !== 'sync') throw new Error('expected two answers');
    expect(again.account.balance).toBe(told.account.balance);
    expect(again.deals).toEqual(told.deals);
    expect(again.positions.map(({ ticket, openPoints }) => [ticket, openPoints])).toEqual(
      told.positions.map(({ ticket, openPoints }) => [ticket, openPoints]),
    );
    expect(await after.ask(open(1))).toEqual(filled);
  });

  it('belong to one market: another scenario is refused', async () => {
    const path = join(directory, 'market');
    const scenario = scenarioOf({});
    await (await start(scenario, path)).close();
    await expect(start({ ...scenario, seed: scenario.seed + 1 }, path)).rejects.toThrow(
      'expected the market of the journal',
    );
  });
});
