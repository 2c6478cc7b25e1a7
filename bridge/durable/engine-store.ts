/**
 * What an engine knows, kept on disk: breaker, guardian, drawdown, ledger, and the orders whose
 * outcome is open.
 *
 * A record of the journal sets what has changed; the last word on each part counts. Invariants: a
 * record is one moment of the engine, never half of one and half of the next; a save that resolved
 * is found again after a kill. Times are stored as they are on the run's clock, with the instant at
 * which that clock began.
 */
import { join } from 'node:path';
import * as v from 'valibot';
import type { DeskMemory, EngineMemory } from '../../sim/index.ts';
import { takeDirectory } from './directory-lock.ts';
import { Journal, JournalError } from './journal.ts';

const KIND = 'engine';
const FILE = 'engine.journal';
/** Beyond this a journal is replaced by what it comes to. */
const BYTES_MAX = 1 << 20;

const whole = v.pipe(v.number(), v.integer());
const count = v.pipe(whole, v.minValue(0));
const deskSchema = v.strictObject({
  ticket: count,
  heldBp: count,
  open: v.nullable(
    v.strictObject({
      order: count,
      effect: v.picklist([0, 1, 2]),
      exposureBp: count,
      ticket: count,
      signal: count,
    }),
  ),
  executions: count,
  realisedCents: whole,
});
const storedSchema = v.strictObject({
  /** Seed of the uuids of this engine's orders, drawn once. */
  uuidSeed: count,
  /** The account's balance before the engine's first order. */
  baselineCents: whole,
  /** The instant that time 0 of the run stands for, in microseconds since 1970. */
  originUs: count,
  lastOrder: count,
  risk: v.strictObject({
    breaker: v.strictObject({
      state: v.picklist([0, 1, 2, 3]),
      losses: count,
      lossCents: count,
      reopensUs: whole,
      dayEndsUs: whole,
      tripsToday: count,
      passed: count,
    }),
    drawdown: v.strictObject({
      equityCents: whole,
      peakCents: whole,
      state: v.picklist([0, 1, 2, 3]),
    }),
    guardian: v.strictObject({
      spikesUs: v.array(whole),
      errorsUs: v.array(whole),
      misses: count,
    }),
  }),
  /** By symbol. */
  desks: v.record(v.string(), deskSchema),
});

/** All that is stored. */
export type Stored = v.InferOutput<typeof storedSchema>;
type StoredDesk = Stored['desks'][string];
/** What a record sets; desks one by one. */
type Change = Partial<Omit<Stored, 'desks'>> & {
  readonly desks?: Readonly<Record<string, StoredDesk>>;
};

/** What belongs to a run and not to its engine. */
export interface RunIdentity {
  readonly uuidSeed: number;
  readonly baselineCents: number;
  readonly originUs: number;
}

export class EngineStore {
  /** What was stored when it was opened. */
  readonly stored: Stored | undefined;
  /** Bytes of a last record that a crash had cut short. */
  readonly droppedBytes: number;
  readonly #journal: Journal;
  readonly #release: () => Promise<void>;
  #identity: RunIdentity | undefined = undefined;
  #symbolNames: readonly string[] = [];
  /** What is on the disk or on its way there, part by part, as text. */
  readonly #written = new Map<string, string>();
  readonly #writtenDesks = new Map<string, string>();

  private constructor(
    journal: Journal,
    stored: Stored | undefined,
    droppedBytes: number,
    release: () => Promise<void>,
  ) {
    this.#journal = journal;
    this.stored = stored;
    this.droppedBytes = droppedBytes;
    this.#release = release;
  }

  /** Opens the store in `directory`; a JournalError says why it cannot be used. */
  static async open(directory: string): Promise<EngineStore> {
    const taken = await takeDirectory(directory);
    if ('heldBy' in taken) {
      throw new JournalError(
        `expected ${directory} to be free, but process ${taken.heldBy} uses it: two engines must not ` +
          'share what they know; wait for that one, or name another directory',
      );
    }
    try {
      const { journal, held } = await Journal.open(join(directory, FILE), KIND);
      const stored = storedIn(held.records as readonly Change[]);
      return new EngineStore(journal, stored, held.droppedBytes, taken.release);
    } catch (error) {
      await taken.release();
      throw error;
    }
  }

  /** Says whose memory is saved from here on; the next save writes all of it. */
  begin(identity: RunIdentity, symbolNames: readonly string[]): void {
    this.#identity = identity;
    this.#symbolNames = symbolNames;
    this.#written.clear();
    this.#writtenDesks.clear();
  }

  /** Saves what the engine knows now; resolves once it, and all before it, is on the disk. */
  async save(memory: EngineMemory): Promise<void> {
    const change = this.#changeTo(memory);
    try {
      if (change === undefined) await this.#journal.settled();
      else if (this.#journal.bytes < BYTES_MAX) await this.#journal.append(change);
      else await this.#journal.replace([this.#all()]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new JournalError(`expected to write down what the engine knows: ${why}`);
    }
  }

  async close(): Promise<void> {
    try {
      await this.#journal.close();
    } finally {
      await this.#release();
    }
  }

  #changeTo({ lastOrder, risk, desks }: EngineMemory): Change | undefined {
    const changed: Record<string, unknown> = {};
    for (const [part, value] of Object.entries({ ...this.#identity, lastOrder, risk })) {
      const text = JSON.stringify(value);
      if (this.#written.get(part) === text) continue;
      this.#written.set(part, text);
      changed[part] = value;
    }
    const changedDesks: Record<string, unknown> = {};
    desks.forEach((desk, symbol) => {
      const name = this.#symbolNames[symbol] ?? '';
      const text = JSON.stringify({ ...desk, open: desk.open ?? null });
      if (this.#writtenDesks.get(name) === text) return;
      this.#writtenDesks.set(name, text);
      changedDesks[name] = JSON.parse(text) as unknown;
    });
    if (Object.keys(changedDesks).length > 0) changed['desks'] = changedDesks;
    return Object.keys(changed).length === 0 ? undefined : changed;
  }

  /** Everything that has been written, those symbols included that this run does not trade. */
  #all(): Change {
    const desks = { ...this.stored?.desks, ...parsedParts(this.#writtenDesks) };
    return { ...parsedParts(this.#written), desks } as Change;
  }
}

function parsedParts(parts: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries([...parts].map(([part, text]) => [part, JSON.parse(text) as unknown]));
}

/** What the records come to; undefined where there is none. */
export function storedIn(records: readonly Change[]): Stored | undefined {
  if (records.length === 0) return undefined;
  let all: Change = {};
  for (const record of records)
    all = { ...all, ...record, desks: { ...all.desks, ...record.desks } };
  const parsed = v.safeParse(storedSchema, all);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new JournalError(
    `expected what an engine knows, got something else at ${v.getDotPath(issue) ?? 'the top'}: ` +
      'it was written by another version, or is not one of ours',
  );
}

/** What was stored as the memory of an engine that trades `symbolNames`. */
export function memoryOf(stored: Stored, symbolNames: readonly string[]): EngineMemory {
  const idle: DeskMemory = {
    ...{ ticket: 0, heldBp: 0, open: undefined, executions: 0, realisedCents: 0 },
  };
  const desks = symbolNames.map((name) => {
    const desk = stored.desks[name];
    return desk === undefined ? idle : { ...desk, open: desk.open ?? undefined };
  });
  return { lastOrder: stored.lastOrder, risk: stored.risk, desks };
}
