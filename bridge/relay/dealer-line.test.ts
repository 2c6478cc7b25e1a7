/**
 * A DEALER before gateways with a ROUTER and with a REP: many under way, each with its own reply.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Router } from 'zeromq';
import { freeAddress } from '../sockets/testing/peer.ts';
import { DealerLine } from './dealer-line.ts';
import { Rig } from './testing/rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});
afterEach(() => rig.stop());

const ask = (uuid: string): string => JSON.stringify({ action: 'PING', uuid });
const lineTo = (address: string): DealerLine =>
  rig.later(new DealerLine({ address, curve: undefined }));

/** A gateway with a ROUTER that answers when it is told to. */
class HeldRouter {
  readonly #router = new Router({ linger: 0 });
  readonly got: { readonly envelope: Buffer[]; readonly uuid: string }[] = [];
  address = '';

  async open(): Promise<this> {
    await this.#router.bind('tcp://127.0.0.1:*');
    this.address = this.#router.lastEndpoint ?? '';
    return this;
  }

  async take(count: number): Promise<void> {
    while (this.got.length < count) {
      const frames = await this.#router.receive();
      const { uuid } = JSON.parse(String(frames.at(-1))) as { readonly uuid: string };
      this.got.push({ envelope: frames.slice(0, -1), uuid });
    }
  }

  async answer(at: number, text?: string): Promise<void> {
    const { envelope = [], uuid = '' } = this.got[at] ?? {};
    await this.#router.send([...envelope, text ?? JSON.stringify({ uuid, at })]);
  }

  close(): void {
    this.#router.close();
  }
}

describe('a DEALER', () => {
  it('has many requests under way, and gives each the reply with its uuid, in any order', async () => {
    const router = rig.later(await new HeldRouter().open());
    const line = lineTo(router.address);
    const asked = ['a', 'b', 'c'].map((uuid) => line.exchange(ask(uuid), 5_000, uuid));
    await router.take(3);
    // What a REQ socket would have sent: an identity, an empty frame, and the text.
    expect(router.got.map(({ envelope }) => envelope[1]?.length)).toEqual([0, 0, 0]);
    for (const at of [2, 0, 1]) await router.answer(at);
    const replies = await Promise.all(asked);
    expect(replies).toMatchObject(
      ['a', 'b', 'c'].map((uuid, at) => ({ kind: 'answered', text: JSON.stringify({ uuid, at }) })),
    );
  });

  it('gives late, doubled and unreadable replies to nobody', async () => {
    const router = rig.later(await new HeldRouter().open());
    const line = lineTo(router.address);
    const first = line.exchange(ask('a'), 50, 'a');
    await router.take(1);
    expect(await first).toMatchObject({ kind: 'lost', code: 'EAGAIN' });
    const second = line.exchange(ask('b'), 5_000, 'b');
    await router.take(2);
    await router.answer(0);
    await router.answer(0, 'no JSON');
    await router.answer(1);
    await router.answer(1);
    expect(await second).toMatchObject({ kind: 'answered', text: '{"uuid":"b","at":1}' });
    const third = line.exchange(ask('c'), 5_000, 'c');
    await router.take(3);
    await router.answer(2);
    expect(await third).toMatchObject({ kind: 'answered', text: '{"uuid":"c","at":2}' });
  });

  it('to nobody never leaves, whatever waits before it; a uuid under way is refused', async () => {
    const line = lineTo(await freeAddress('tcp'));
    const outcomes = await Promise.all(
      ['a', 'a', 'b'].map((uuid) => line.exchange(ask(uuid), 50, uuid)),
    );
    expect(outcomes).toMatchObject([
      { kind: 'not-sent', code: 'EAGAIN' },
      { kind: 'not-sent', code: 'EBUSY' },
      { kind: 'not-sent', code: 'EAGAIN' },
    ]);
  });

  it('that is closed loses what it waits for', async () => {
    const router = rig.later(await new HeldRouter().open());
    const line = lineTo(router.address);
    const asked = line.exchange(ask('a'), 5_000, 'a');
    await router.take(1);
    line.close();
    expect(await asked).toMatchObject({ kind: 'lost', code: 'EBADF' });
    expect(await line.exchange(ask('b'), 100, 'b')).toMatchObject({ kind: 'not-sent' });
  });
});

describe.each([
  ['REP', {}],
  ['ROUTER', { latencyUs: [0, 500] }],
])('a bridge with a DEALER before the reference gateway’s %s', (_, endpoint) => {
  it('has all of a frame answered, without a lock, orders once each', async () => {
    const symbols = Array.from({ length: 20 }, (_one, at) => `S${at}`);
    const gateway = await rig.reference(symbols, endpoint);
    await rig.start(gateway, { gateway: 'reference', socket: 'dealer', allowTrade: true });
    const page = await rig.paired();
    expect(page.received[0]?.body).toMatchObject({ socket: 'dealer' });
    const pings = Array.from({ length: 100 }, (_one, n) => page.request('PING', { uuid: `p${n}` }));
    const outcomes = await page.ask(...pings);
    expect(outcomes.map((one) => one.outcome === 'answered' && one.reply['uuid'])).toEqual(
      pings.map((_one, n) => `p${n}`),
    );
    const [refused] = await page.ask(page.request('LOCK', { lock: 'fifo' }));
    expect(refused).toMatchObject({ outcome: 'refused', code: 'no-lock' });
    await page.ask(page.request('ARM', { endpoint: gateway.address, symbols }));
    const order = { type: 'BUY', volume: '0.01', price: '0', risk_signature: 'x' };
    const orders = symbols.map((symbol) =>
      page.request('OPEN', { ...order, uuid: symbol, symbol }),
    );
    const placed = await page.ask(...orders);
    // It reads them, and each gets its own answer: of a wrong signature.
    expect(placed.map((one) => one.outcome === 'answered' && one.reply['uuid'])).toEqual(symbols);
  });
});
