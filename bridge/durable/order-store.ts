/**
 * The orders that a bridge handed to its socket, kept on disk, so that what nobody knows the
 * outcome of is known to be open after a restart, and no uuid goes twice.
 *
 * Invariant: an order is on the disk before it may leave; what became of it follows, so a crash in
 * between leaves it open, which is the truth. Known limit: of settled orders the last 131,072 are
 * kept, as in memory.
 */
import { join } from 'node:path';
import * as v from 'valibot';
import { TRADE_OPS, type UnknownOrder } from '../protocol.ts';
import { takeDirectory } from './directory-lock.ts';
import { Journal, JournalError } from './journal.ts';

const KIND = 'bridge';
const FILE = 'bridge.journal';
/** Beyond this a journal is replaced by what it comes to. */
const BYTES_MAX = 1 << 25;

const orderSchema = v.strictObject({
  uuid: v.string(),
  op: v.picklist(TRADE_OPS),
  symbol: v.string(),
});
const recordSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('for'), endpoint: v.string() }),
  v.strictObject({ kind: v.literal('begun'), order: orderSchema }),
  /** It never left, and may be sent. */
  v.strictObject({ kind: v.literal('free'), uuid: v.string() }),
  v.strictObject({ kind: v.literal('settled'), uuid: v.string() }),
]);
type OrderRecord = v.InferOutput<typeof recordSchema>;

/** What it held when it was opened. */
export interface HeldOrders {
  /** The uuids of all orders that were sent, the oldest first. */
  readonly known: readonly string[];
  readonly open: readonly UnknownOrder[];
  /** Bytes of a last record that a crash had cut short. */
  readonly droppedBytes: number;
}

export class OrderStore {
  readonly held: HeldOrders;
  readonly #journal: Journal;
  readonly #endpoint: string;
  readonly #release: () => Promise<void>;

  private constructor(
    journal: Journal,
    endpoint: string,
    held: HeldOrders,
    release: () => Promise<void>,
  ) {
    this.#journal = journal;
    this.#endpoint = endpoint;
    this.held = held;
    this.#release = release;
  }

  /** Opens the orders of `endpoint` in `directory`; a JournalError says why that cannot be. */
  static async open(directory: string, endpoint: string): Promise<OrderStore> {
    const taken = await takeDirectory(directory);
    if ('heldBy' in taken) {
      throw new JournalError(
        `expected ${directory} to be free, but process ${taken.heldBy} uses it: wait for that one, ` +
          'or name another directory',
      );
    }
    try {
      const { journal, held } = await Journal.open(join(directory, FILE), KIND);
      try {
        const orders = heldIn(held.records, endpoint);
        if (held.records.length === 0) await journal.append({ kind: 'for', endpoint });
        const all = { ...orders, droppedBytes: held.droppedBytes };
        return new OrderStore(journal, endpoint, all, taken.release);
      } catch (error) {
        await journal.close();
        throw error;
      }
    } catch (error) {
      await taken.release();
      throw error;
    }
  }

  /** Resolves once it is on the disk that the order is about to leave. */
  begun(order: UnknownOrder): Promise<void> {
    return this.#append({ kind: 'begun', order });
  }

  /** It is known what became of an order; resolves once that is on the disk. */
  ended(uuid: string, how: 'free' | 'settled'): Promise<void> {
    return this.#append({ kind: how, uuid });
  }

  /**
   * Puts what is known now in place of a journal that has grown; nothing is done to a short one.
   */
  async shorten(known: Iterable<string>, open: readonly UnknownOrder[]): Promise<void> {
    if (this.#journal.bytes < BYTES_MAX) return;
    const isOpen = new Set(open.map(({ uuid }) => uuid));
    const settled = [...known].filter((uuid) => !isOpen.has(uuid));
    const records: OrderRecord[] = [
      { kind: 'for', endpoint: this.#endpoint },
      ...settled.map((uuid) => ({ kind: 'settled' as const, uuid })),
      ...open.map((order) => ({ kind: 'begun' as const, order })),
    ];
    await this.#journal.replace(records);
  }

  async close(): Promise<void> {
    try {
      await this.#journal.close();
    } finally {
      await this.#release();
    }
  }

  #append(record: OrderRecord): Promise<void> {
    return this.#journal.append(record);
  }
}

function heldIn(records: readonly unknown[], endpoint: string): Omit<HeldOrders, 'droppedBytes'> {
  const known = new Set<string>();
  const open = new Map<string, UnknownOrder>();
  for (const one of records) {
    const read = v.safeParse(recordSchema, one);
    if (!read.success) {
      throw new JournalError('expected what a bridge knows of its orders, got something else');
    }
    const record = read.output;
    switch (record.kind) {
      case 'for':
        if (record.endpoint !== endpoint) {
          const message = `expected the orders of ${endpoint}, got those of ${record.endpoint}`;
          throw new JournalError(`${message}: keep each gateway's in a directory of its own`);
        }
        break;
      case 'begun':
        known.add(record.order.uuid);
        open.set(record.order.uuid, record.order);
        break;
      case 'free':
        known.delete(record.uuid);
        open.delete(record.uuid);
        break;
      case 'settled':
        known.add(record.uuid);
        open.delete(record.uuid);
        break;
    }
  }
  return { known: [...known], open: [...open.values()] };
}
