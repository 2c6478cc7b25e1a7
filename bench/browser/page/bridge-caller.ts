/** A worker that asks by a port of the page's connection, or by a WebSocket of its own. */
import { expose } from 'comlink';
import { BridgeCalls } from '../../../web/bridge/bridge-calls.ts';
import { portEnd } from '../../../web/bridge/link-door.ts';
import type { Exchanges } from '../contract.ts';

export interface CallerApi {
  /** Keeps `underWay` questions under way until `count` were answered. */
  ask(port: MessagePort, count: number, underWay: number): Promise<Exchanges>;
  echo(url: string, count: number): Promise<Exchanges>;
}

const DEADLINE_MS = 10_000;
const WARM_UP = 1_000;
const US_PER_MS = 1_000;

/** The times of exchanges after the first ones. */
class Times {
  readonly #us: number[] = [];
  #left = WARM_UP;
  #beganMs = 0;

  add(startMs: number): void {
    this.#left -= 1;
    if (this.#left === 0) this.#beganMs = performance.now();
    if (this.#left < 0) this.#us.push((performance.now() - startMs) * US_PER_MS);
  }

  get result(): Exchanges {
    const sorted = [...this.#us].sort((x, y) => x - y);
    const p50Us = sorted[sorted.length >> 1] ?? NaN;
    return { count: sorted.length, ms: performance.now() - this.#beganMs, p50Us };
  }
}

const api: CallerApi = {
  ask: (port, count, underWay) =>
    new Promise((resolve, reject) => {
      const later = (ms: number, callback: () => void) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      };
      const calls = new BridgeCalls(portEnd(port), later, () => {});
      const times = new Times();
      let asked = 0;
      let answered = 0;
      const ask = (): void => {
        if (asked === count + WARM_UP) return;
        asked += 1;
        const startMs = performance.now();
        const body = { uuid: `u-${asked}` };
        calls.ask({ op: 'PING', body }, DEADLINE_MS, ({ outcome }) => {
          if (outcome !== 'answered')
            return reject(new Error(`expected an answer, got ${outcome}`));
          times.add(startMs);
          answered += 1;
          if (answered === count + WARM_UP) resolve(times.result);
          else ask();
        });
      };
      for (let n = 0; n < underWay; n++) ask();
    }),
  echo: (url, count) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      const times = new Times();
      let startMs = 0;
      let answered = 0;
      const say = (): void => {
        startMs = performance.now();
        socket.send(JSON.stringify({ action: 'PING', uuid: `u-${answered}` }));
      };
      socket.onerror = () => reject(new Error('expected an echo'));
      socket.onopen = say;
      socket.onmessage = () => {
        times.add(startMs);
        answered += 1;
        if (answered < count + WARM_UP) return say();
        socket.close();
        resolve(times.result);
      };
    }),
};

expose(api);
