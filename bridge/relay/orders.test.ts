/**
 * Orders through the bridge: none without permission, none twice, and a lost reply is an unknown
 * outcome until a query settles it. Over real WebSockets and real REQ sockets.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  Action,
  Directory,
  formatRequest,
  galleryEntry,
  type GatewayRequest,
  Uuids,
} from '../../sim/index.ts';
import { startGateway } from '../gateway/standalone.ts';
import { freeAddress } from '../sockets/testing/peer.ts';
import { type Answer, type Got, Rig } from './testing/rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});
afterEach(() => rig.stop());

const SYMBOL = 'BTCUSD.s';
/** A seed that no gateway has: what it names is foreign to them. */
const CLIENT_UUIDS = 4_711;
const order = (uuid: string, symbol = SYMBOL) => ({
  ...{ uuid, symbol, type: 'BUY', volume: '0.01', price: '60000.00' },
});
const sync = (uuid: string) => ({ uuid });
const filled: Answer = ({ uuid, action }) =>
  action === 'OPEN' ? { uuid, status: 'FILLED', ticket: 7, price: 60_000.5 } : { uuid };

/** Keeps quiet about the first order, answers the rest; `shown` is in its books from then on. */
function losesFirst(shown: (uuid: unknown) => object): Answer {
  let lost: unknown;
  return ({ uuid, action }) => {
    if (action === 'SYNC_ALL') return { uuid, status: 'OK', ...shown(lost) };
    if (action !== 'OPEN' || lost !== undefined) return { uuid, status: 'FILLED', ticket: 8 };
    lost = uuid;
    // Whoever waits for the other uuid gets no answer that it may take.
    return { uuid: 'nobody', status: 'FILLED', ticket: 7 };
  };
}

async function armed(answer: Answer, symbols = [SYMBOL, 'ETHUSD.s']) {
  const gateway = await rig.gateway(answer);
  await rig.start(gateway, { allowTrade: true });
  const page = await rig.paired();
  const arm = page.request('ARM', { endpoint: gateway.address, symbols });
  expect(await page.ask(arm)).toEqual([{ outcome: 'done' }]);
  return { gateway, page };
}

describe('an order', () => {
  it('is refused by a bridge that was started to read, and questions are answered', async () => {
    const gateway = await rig.gateway();
    await rig.start(gateway);
    const page = await rig.paired();
    const endpoint = gateway.address;
    const outcomes = await page.ask(
      page.request('ARM', { endpoint, symbols: [SYMBOL] }),
      page.request('OPEN', order('a')),
      page.request('CLOSE', { uuid: 'b', ticket: 1, symbol: SYMBOL }),
      page.request('PING', { uuid: 'c' }),
    );
    const refused = { outcome: 'refused', code: 'read-only' };
    expect(outcomes).toMatchObject([refused, refused, refused, { outcome: 'answered' }]);
    expect(gateway.got.map(({ action }) => action)).toEqual(['PING']);
  });

  it('is refused before its symbol and endpoint are armed, and after they are not', async () => {
    const gateway = await rig.gateway(filled);
    await rig.start(gateway, { allowTrade: true });
    const page = await rig.paired();
    const endpoint = gateway.address;
    expect(
      await page.ask(
        page.request('OPEN', order('a')),
        page.request('ARM', { endpoint: 'tcp://127.0.0.1:1', symbols: [SYMBOL] }),
        page.request('OPEN', order('b')),
        page.request('ARM', { endpoint, symbols: [SYMBOL] }),
        page.request('OPEN', order('c', 'ETHUSD.s')),
        page.request('DISARM', {}),
        page.request('OPEN', order('d')),
      ),
    ).toMatchObject([
      { code: 'not-armed' },
      { code: 'other-endpoint' },
      { code: 'not-armed' },
      { outcome: 'done' },
      { code: 'not-armed' },
      { outcome: 'done' },
      { code: 'not-armed' },
    ]);
    expect(gateway.got).toEqual([]);
  });

  it('is sent once, its decimals as numbers, and answered with decimals as text', async () => {
    const { gateway, page } = await armed(filled);
    const [first] = await page.ask(page.request('OPEN', order('a')));
    expect(first).toMatchObject({ outcome: 'answered', reply: { ticket: 7, price: '60000.5' } });
    expect(gateway.got[0]).toEqual({ ...order('a'), action: 'OPEN', volume: 0.01, price: 60_000 });
    const [again] = await page.ask(page.request('OPEN', order('a')));
    expect(again).toMatchObject({ outcome: 'refused', code: 'sent-before' });
    // Nor does it go through another page.
    const other = await rig.paired();
    await other.ask(other.request('ARM', { endpoint: gateway.address, symbols: [SYMBOL] }));
    const [elsewhere] = await other.ask(other.request('OPEN', order('a')));
    expect(elsewhere).toMatchObject({ outcome: 'refused', code: 'sent-before' });
    expect(gateway.got).toHaveLength(1);
  });

  it('to a gateway that is not there never left, and may be sent again', async () => {
    const address = await freeAddress('tcp');
    await rig.start({ address }, { allowTrade: true });
    const page = await rig.paired();
    await page.ask(page.request('ARM', { endpoint: address, symbols: [SYMBOL] }));
    for (let tries = 0; tries < 2; tries++) {
      const [outcome] = await page.ask(page.request('OPEN', order('a'), 50));
      expect(outcome).toMatchObject({ outcome: 'failed', code: 'EAGAIN' });
    }
  });
});

describe('a faulty lock', () => {
  it('trades with the reference gateway only, whatever was armed before', async () => {
    const { gateway, page } = await armed(filled);
    const arm = () => page.request('ARM', { endpoint: gateway.address, symbols: [SYMBOL] });
    expect(
      await page.ask(
        page.request('LOCK', { lock: 'escaping' }),
        page.request('OPEN', order('a')),
        arm(),
        page.request('OPEN', order('b')),
        page.request('LOCK', { lock: 'no-such-lock' }),
        page.request('LOCK', { lock: 'fifo' }),
        arm(),
        page.request('OPEN', order('c')),
      ),
    ).toMatchObject([
      { outcome: 'done' },
      { code: 'faulty-lock' },
      { code: 'faulty-lock' },
      { code: 'faulty-lock' },
      { code: 'unknown-lock' },
      { outcome: 'done' },
      { outcome: 'done' },
      { outcome: 'answered' },
    ]);
    expect(gateway.got.map(({ uuid }) => uuid)).toEqual(['c']);
  });

  it('makes the real socket raise EFSM or EBUSY; a correct one does not', async () => {
    const gateway = await rig.gateway();
    await rig.start(gateway);
    const page = await rig.paired();
    const storm = (name: string) =>
      Array.from({ length: 8 }, (_, n) => page.request('PING', { uuid: `${name}-${n}` }, 500));
    const codes = new Map<string, Set<string>>();
    for (const lock of ['fifo', 'none', 'fifo']) {
      await page.ask(page.request('LOCK', { lock }));
      const outcomes = await page.ask(...storm(`${lock}-${codes.size}`));
      codes.set(
        `${lock} ${codes.size}`,
        new Set(outcomes.map((one) => ('code' in one ? one.code : one.outcome))),
      );
    }
    expect(codes.get('fifo 0')).toEqual(new Set(['answered']));
    const faults = [...(codes.get('none 1') ?? [])];
    expect(faults.some((code) => code === 'EFSM' || code === 'EBUSY')).toBe(true);
    // The socket is of use again: it was closed and opened anew.
    expect(codes.get('fifo 2')).toEqual(new Set(['answered']));
  });
});

describe('an order whose reply was lost', () => {
  it('is unknown, not sent again, and settled by a query that shows it', async () => {
    const { gateway, page } = await armed(
      losesFirst((comment) => ({ deals: [{ ticket: 7, profit: 1.25, comment }] })),
    );
    const [lost] = await page.ask(page.request('OPEN', order('a')));
    expect(lost).toMatchObject({ outcome: 'unknown' });
    const [again, next, elsewhere] = await page.ask(
      page.request('OPEN', order('a')),
      page.request('OPEN', order('b')),
      page.request('OPEN', order('c', 'ETHUSD.s')),
    );
    expect(again).toMatchObject({ outcome: 'refused', code: 'outcome-open' });
    expect(next).toMatchObject({ outcome: 'refused', code: 'outcome-open' });
    expect(elsewhere).toMatchObject({ outcome: 'answered' });
    const [told] = await page.ask(page.request('SYNC_ALL', sync('q')));
    expect(told).toMatchObject({ resolved: ['a'], reply: { deals: [{ profit: '1.25' }] } });
    const after = await page.ask(
      page.request('OPEN', order('a')),
      page.request('OPEN', order('b')),
    );
    expect(after).toMatchObject([{ code: 'sent-before' }, { outcome: 'answered' }]);
    expect(gateway.got.filter(({ uuid }) => uuid === 'a')).toHaveLength(1);
  });

  it('stays open for the page that comes after a reload; a person decides after a query', async () => {
    const { page } = await armed(losesFirst(() => ({ deals: [] })));
    await page.ask(page.request('OPEN', order('a')));
    page.cut();
    const next = rig.page();
    const welcome = await next.greet({ code: rig.codes.at(-1) ?? '' });
    expect(welcome.unknown).toEqual([{ uuid: 'a', op: 'OPEN', symbol: SYMBOL }]);
    const resolve = () => next.request('RESOLVE', { uuid: 'a', as: 'not-executed' });
    const outcomes = await next.ask(resolve());
    const [asked] = await next.ask(next.request('SYNC_ALL', sync('q')));
    expect(outcomes).toMatchObject([{ code: 'not-asked' }]);
    expect(asked).toMatchObject({ outcome: 'answered', resolved: [] });
    expect(await next.ask(resolve(), resolve())).toMatchObject([
      { outcome: 'done' },
      { code: 'not-open' },
    ]);
  });

  it('because the page was cut off while it was under way is unknown to the next page', async () => {
    const { gateway, page } = await armed(({ action }) => (action === 'OPEN' ? undefined : {}));
    page.send([page.request('OPEN', order('a'))]);
    await gateway.arrived(1);
    page.cut();
    await page.closed;
    let unknown: readonly object[] = [];
    while (unknown.length === 0) {
      const next = rig.page();
      unknown = (await next.greet({ code: rig.codes.at(-1) ?? '' })).unknown;
      next.cut();
      await next.closed;
    }
    expect(unknown).toEqual([{ uuid: 'a', op: 'OPEN', symbol: SYMBOL }]);
  });

  it('past its deadline is unknown, and the late reply is taken for nobody else’s', async () => {
    let answerLate = (): void => {};
    const late = new Promise<void>((resolve) => {
      answerLate = resolve;
    });
    const { gateway, page } = await armed(async ({ uuid, action }) => {
      if (action === 'OPEN') await late;
      return { uuid, status: 'ok' };
    });
    const [outcome] = await page.ask(page.request('OPEN', order('a'), 50));
    expect(outcome).toMatchObject({ outcome: 'unknown', code: 'EAGAIN' });
    const asking = page.ask(page.request('PING', { uuid: 'b' }));
    answerLate();
    expect(await asking).toMatchObject([{ outcome: 'answered', reply: { uuid: 'b' } }]);
    expect(gateway.got.map(({ uuid }) => uuid)).toEqual(['a', 'b']);
  });
});

describe('the reference gateway behind the bridge', () => {
  it('fills an order as the engine writes it, and its books show it, exact as text', async () => {
    const { scenario } = galleryEntry('reference');
    const place = { host: '127.0.0.1', port: 0, pubPort: 0 };
    const gateway = rig.later(await startGateway({ scenario, place, crashed: () => {} }));
    const address = gateway.addresses.requests;
    await rig.start({ address }, { gateway: 'reference', allowTrade: true });
    const page = await rig.paired();
    const directory = new Directory(CLIENT_UUIDS, [SYMBOL]);
    const asked: GatewayRequest = {
      ...{ request: 1, code: Action.OPEN, symbol: 0, action: 'OPEN', order: 1, side: 'BUY' },
      ...{ volumeMilli: 10, exposureBp: 10, roundTrip: true, signal: 1, validUntilUs: Infinity },
    };
    const { action, ...fields } = JSON.parse(formatRequest(asked, directory, 0)) as Got;
    expect(action).toBe('OPEN');
    const body: Record<string, unknown> = { ...fields };
    for (const name of ['volume', 'price', 'sl', 'tp']) {
      if (name in body) body[name] = String(body[name]);
    }
    const chosen = await page.ask(
      page.request('LOCK', { lock: 'none' }),
      page.request('ARM', { endpoint: address, symbols: [SYMBOL] }),
    );
    expect(chosen).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
    const [outcome] = await page.ask(page.request('OPEN', body));
    expect(outcome).toMatchObject({ outcome: 'answered', reply: { status: 'FILLED' } });
    const uuid = new Uuids(CLIENT_UUIDS, 'order').of(1);
    const [books] = await page.ask(page.request('SYNC_ALL', { uuid: 'q' }));
    expect(books).toMatchObject({ reply: { deals: [{ comment: uuid }] } });
    if (books?.outcome !== 'answered') throw new Error('expected books');
    const { balance } = books.reply['account'] as { balance: unknown };
    expect(balance).toMatch(/^\d+(\.\d+)?$/);
  });
});
