/**
 * Gateways and bridges that die and come back in the middle of orders, over real sockets and real
 * processes: what nobody knows stays open, and nothing is executed twice.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalError } from '../durable/journal.ts';
import { OrderStore } from '../durable/order-store.ts';
import { riskSignatureOf } from './testing/order.ts';
import { freeAddress, withDeadline } from '../sockets/testing/peer.ts';
import { Orders } from './orders.ts';
import { resolveByQuery } from './resolve-by-query.ts';
import type { TestPage } from './testing/page.ts';
import { type Answer, Rig } from './testing/rig.ts';

const root = mkdtempSync(join(tmpdir(), 'interlock-restart-'));
afterAll(() => rmSync(root, { recursive: true }));

let rig: Rig;
const children: ChildProcess[] = [];
beforeEach(() => {
  rig = new Rig();
});
afterEach(async () => {
  await rig.stop();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const SYMBOL = 'BTCUSD.s';
const DEADLINE_MS = 150;
const order = (uuid: string) => ({
  ...{ uuid, symbol: SYMBOL, type: 'BUY', volume: '0.01', price: '0', round_trip: true },
  risk_signature: riskSignatureOf(uuid, SYMBOL, 10),
});

/** `npm run gateway`, with books that outlive it. */
async function gatewayProcess(address: string, state: string): Promise<ChildProcess> {
  const port = address.split(':').at(-1) ?? '';
  const words = ['--port', port, '--pub', '0', '--state', state];
  const args = ['--import', 'tsx', 'bridge/gateway/main.ts', ...words];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await withDeadline(once(child.stdout, 'data'), 'expected its addresses');
  return child;
}

async function armed(endpoint: string): Promise<TestPage> {
  const page = await rig.paired();
  expect(await page.ask(page.request('ARM', { endpoint, symbols: [SYMBOL] }))).toEqual([
    { outcome: 'done' },
  ]);
  return page;
}

/** The orders that the gateway executed, by its own list, once for each execution. */
async function executed(page: TestPage): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const [told] = await page.ask(page.request('SYNC_ALL', { uuid: `sync-${tries}` }, DEADLINE_MS));
    if (told?.outcome !== 'answered') continue;
    const { deals } = told.reply as { readonly deals: readonly { readonly comment: string }[] };
    return deals.map(({ comment }) => comment);
  }
}

describe('a gateway that is killed and started again', () => {
  it('in the middle of orders executes none twice, and none that was said not to have left', async () => {
    const address = await freeAddress('tcp');
    const state = join(root, 'gateway');
    let gateway = await gatewayProcess(address, state);
    await rig.start({ address }, { allowTrade: true });
    const page = await armed(address);
    const told = new Map<string, string>();
    const place = async (uuid: string): Promise<string> => {
      const [outcome] = await page.ask(page.request('OPEN', order(uuid), DEADLINE_MS));
      told.set(uuid, outcome?.outcome ?? '');
      return outcome?.outcome ?? '';
    };
    for (let n = 1; n <= 40; n++) {
      const uuid = `order-${n}`;
      const placing = place(uuid);
      if (n % 20 === 0) {
        gateway.kill('SIGKILL');
        await placing;
        await place(`while-dead-${n}`);
        gateway = await gatewayProcess(address, state);
      }
      await placing;
      for (const [lost, kind] of told) {
        if (kind !== 'unknown') continue;
        const as = (await executed(page)).includes(lost) ? 'executed' : 'not-executed';
        if (as === 'not-executed') await page.ask(page.request('RESOLVE', { uuid: lost, as }));
        told.set(lost, as);
      }
    }
    const list = await executed(page);
    expect(new Set(list).size).toBe(list.length);
    for (const [uuid, kind] of told) {
      const isExecuted = kind === 'answered' || kind === 'executed';
      expect(list.includes(uuid), `${uuid}, ${kind}`).toBe(isExecuted);
    }
    const kinds = [...told.values()];
    expect(kinds.filter((kind) => kind === 'answered').length).toBeGreaterThan(30);
    expect(kinds.some((kind) => kind !== 'answered')).toBe(true);
  });
});

/** Keeps quiet about orders, and lists in its books those that `shown` names. */
const quiet =
  (shown: readonly string[]): Answer =>
  ({ uuid, action }) => {
    if (action === 'OPEN') return { uuid: 'nobody', status: 'FILLED' };
    return { uuid, status: 'OK', positions: [], deals: shown.map((comment) => ({ comment })) };
  };

describe('a bridge that is started again', () => {
  const open = (name: string, endpoint: string): Promise<OrderStore> =>
    OrderStore.open(join(root, name), endpoint);

  it('knows which orders are open, asks the gateway first, and sends no uuid again', async () => {
    const gateway = await rig.gateway(quiet(['a']));
    const store = await open('known', gateway.address);
    await rig.start(gateway, { allowTrade: true, orders: new Orders(store) });
    const page = await armed(gateway.address);
    const [lost] = await page.ask(page.request('OPEN', order('a'), DEADLINE_MS));
    expect(lost).toMatchObject({ outcome: 'unknown' });
    await rig.end();
    await store.close();

    const again = await open('known', gateway.address);
    expect(again.held.open).toEqual([{ uuid: 'a', op: 'OPEN', symbol: SYMBOL }]);
    const orders = new Orders(again);
    const endpoint = { address: gateway.address, curve: undefined };
    const words = await resolveByQuery({ orders, endpoint, socket: 'req' });
    expect(words).toEqual([expect.stringContaining('executed 1 of them, none is open')]);
    await rig.start(gateway, { allowTrade: true, orders });
    const next = await armed(gateway.address);
    const [twice] = await next.ask(next.request('OPEN', order('a'), DEADLINE_MS));
    expect(twice).toMatchObject({ outcome: 'refused', code: 'sent-before' });
    await again.close();
  });

  it('leaves open what the gateway does not show: the next page is told, and the symbol waits', async () => {
    const gateway = await rig.gateway(quiet([]));
    const store = await open('open', gateway.address);
    await store.begun({ uuid: 'b', op: 'OPEN', symbol: SYMBOL });
    await store.close();
    const again = await open('open', gateway.address);
    const orders = new Orders(again);
    const endpoint = { address: gateway.address, curve: undefined };
    const words = await resolveByQuery({ orders, endpoint, socket: 'req' });
    expect(words).toEqual([expect.stringContaining(`open: b of ${SYMBOL}`)]);
    await rig.start(gateway, { allowTrade: true, orders });
    const page = await armed(gateway.address);
    expect(page.received[0]?.body).toMatchObject({ unknown: [{ uuid: 'b' }] });
    const [waits] = await page.ask(page.request('OPEN', order('c'), DEADLINE_MS));
    expect(waits).toMatchObject({ outcome: 'refused', code: 'outcome-open' });
    const [resolved] = await page.ask(page.request('RESOLVE', { uuid: 'b', as: 'not-executed' }));
    expect(resolved).toEqual({ outcome: 'done' });
    await rig.end();
    await again.close();
    const last = await open('open', gateway.address);
    expect(last.held).toMatchObject({ open: [], known: ['b'] });
    await last.close();
  });

  it('says so where the gateway does not answer, and an order that never left may be sent', async () => {
    const address = await freeAddress('tcp');
    const store = await open('silent', address);
    const orders = new Orders(store);
    await orders.begin({ uuid: 'd', op: 'OPEN', symbol: SYMBOL });
    orders.neverLeft('d');
    await orders.begin({ uuid: 'e', op: 'CLOSE', symbol: SYMBOL });
    await store.close();
    const again = await open('silent', address);
    expect(again.held).toMatchObject({ known: ['e'], open: [{ uuid: 'e', op: 'CLOSE' }] });
    const endpoint = { address, curve: undefined };
    const words = await resolveByQuery({ orders: new Orders(again), endpoint, socket: 'dealer' });
    expect(words).toEqual([expect.stringContaining('the gateway did not say')]);
    await again.close();
  });

  it('does not take the orders of another gateway, of another bridge, or of another program', async () => {
    const first = await open('whose', 'tcp://127.0.0.1:1');
    await expect(open('whose', 'tcp://127.0.0.1:1')).rejects.toThrow('uses it');
    await first.close();
    await expect(open('whose', 'tcp://127.0.0.1:2')).rejects.toThrow('a directory of its own');
    const path = join(root, 'whose', 'bridge.journal');
    const bytes = readFileSync(path);
    writeFileSync(path, 'something else\n');
    await expect(open('whose', 'tcp://127.0.0.1:1')).rejects.toThrow(JournalError);
    writeFileSync(path, bytes);
    await (await open('whose', 'tcp://127.0.0.1:1')).close();
  });
});

describe('an order that was answered when its page had gone', () => {
  it('is as unknown to the next page as one whose reply was lost', async () => {
    let answer = (_: object): void => {};
    const gateway = await rig.gateway(({ uuid, action }) => {
      if (action !== 'OPEN') return { uuid };
      return new Promise((resolve) => {
        answer = () => resolve({ uuid, status: 'FILLED', ticket: 1, price: 1 });
      });
    });
    const orders = new Orders();
    await rig.start(gateway, { allowTrade: true, orders });
    const page = await armed(gateway.address);
    page.send([page.request('OPEN', order('f'))]);
    await gateway.arrived(1);
    page.cut();
    await rig.ended(0);
    answer({});
    const next = rig.page();
    const welcome = await next.greet({ code: rig.codes.at(-1) ?? '' });
    expect(welcome.unknown).toEqual([{ uuid: 'f', op: 'OPEN', symbol: SYMBOL }]);
  });
});
