/**
 * The gateway's PUB socket: the price of every symbol, a number of times a second.
 *
 * A tick is two frames, the symbol's name as the topic and one JSON object: symbol, bid, ask
 * (decimals as JSON numbers of two places), time (milliseconds since 1970, UTC) and seq, which
 * counts the symbol's ticks from 1, so that whoever listens sees what was lost. Publishing is not
 * part of a run: no event of the trace comes from here.
 */
import { Publisher } from 'zeromq';
import type { Market, RealTimeKernel } from '../../sim/index.ts';
import { unixNowUs } from '../clock.ts';
import { isIpv6, listen } from '../sockets/listen.ts';

const PERIOD_MS = 20;
const US_PER_MS = 1_000;
const POINTS_PER_UNIT = 100;

export interface Quoted {
  readonly name: string;
  readonly market: Market;
}

export class TickPublisher {
  readonly #kernel: RealTimeKernel;
  readonly #symbols: readonly Quoted[];
  readonly #socket = new Publisher({ linger: 0 });
  #timer: NodeJS.Timeout | undefined = undefined;
  #seq = 0;
  /** False while the gateway is dead, and once it is closed. */
  up = true;

  constructor(kernel: RealTimeKernel, symbols: readonly Quoted[]) {
    this.#kernel = kernel;
    this.#symbols = symbols;
  }

  /** Listens at `address` and publishes; the answer is the address with its port. */
  async open(address: string): Promise<string> {
    this.#socket.ipv6 = isIpv6(address);
    const itsAddress = await listen(this.#socket, address);
    this.#timer = setInterval(() => void this.#publish(), PERIOD_MS);
    return itsAddress;
  }

  close(): void {
    this.up = false;
    clearInterval(this.#timer);
    this.#socket.close();
  }

  async #publish(): Promise<void> {
    if (!this.up) return;
    this.#seq += 1;
    const { nowUs } = this.#kernel;
    const time = Math.floor(unixNowUs() / US_PER_MS);
    try {
      for (const { name, market } of this.#symbols) {
        const bid = market.openPoints('SELL', nowUs) / POINTS_PER_UNIT;
        const ask = market.openPoints('BUY', nowUs) / POINTS_PER_UNIT;
        const tick = { symbol: name, bid, ask, time, seq: this.#seq };
        await this.#socket.send([name, JSON.stringify(tick)]);
      }
    } catch (error) {
      // A socket that is being closed has nobody to tell.
      if (this.up) throw error;
    }
  }
}
