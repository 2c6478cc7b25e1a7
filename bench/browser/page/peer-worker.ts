/** A worker that sends events as peers would: awaited calls, or batches of cloned objects. */
import { expose } from 'comlink';

/** An event as most programs would send it. */
export interface PlainEvent {
  readonly kind: string;
  readonly seq: number;
  readonly timeUs: number;
  readonly task: number;
  readonly symbol: number;
  readonly a: number;
  readonly b: number;
  readonly value: number;
}

export interface PeerApi {
  /** Calls `take` for each of `count` events and waits for every answer. */
  callEach(count: number, take: (event: PlainEvent) => Promise<void>): Promise<void>;
  /** Posts `count` events as arrays of `batch`, and `null` after the last. */
  postBatches(count: number, batch: number): void;
}

function eventOf(seq: number): PlainEvent {
  const at = { task: seq % 5, symbol: seq % 5, a: seq >> 2, b: 0, value: seq * 3 };
  return { kind: 'enter', seq, timeUs: seq * 17, ...at };
}

const api: PeerApi = {
  callEach: async (count, take) => {
    for (let seq = 0; seq < count; seq++) await take(eventOf(seq));
  },
  postBatches: (count, batch) => {
    for (let from = 0; from < count; from += batch) {
      const size = Math.min(batch, count - from);
      self.postMessage(Array.from({ length: size }, (_, at) => eventOf(from + at)));
    }
    self.postMessage(null);
  },
};

expose(api);
