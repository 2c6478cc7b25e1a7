/**
 * What an engine knows, on disk: found again after a kill at any byte, and never half of a moment.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BreakerState, type EngineMemory, OrderEffect } from '../../sim/index.ts';
import { EngineStore, memoryOf } from './engine-store.ts';
import { Journal, JournalError } from './journal.ts';

const root = mkdtempSync(join(tmpdir(), 'interlock-store-'));
afterAll(() => rmSync(root, { recursive: true }));

let directories = 0;
function newDirectory(): string {
  directories += 1;
  return join(root, `store-${directories}`);
}

const SYMBOLS = ['BTCUSD.s', 'ETHUSD.s'];
const IDENTITY = { uuidSeed: 99, baselineCents: 1_000_000, originUs: 1_800_000_000_000_000 };

/** Some moment of an engine; `n` tells moments apart in every part. */
function moment(n: number): EngineMemory {
  const open = { order: n, effect: OrderEffect.open, exposureBp: n, ticket: 0, signal: n };
  return {
    lastOrder: n,
    desks: [
      {
        ticket: n,
        heldBp: n,
        open: n % 2 === 0 ? open : undefined,
        executions: n,
        realisedCents: -n,
      },
      { ticket: 0, heldBp: 0, open: undefined, executions: n, realisedCents: n },
    ],
    risk: {
      breaker: {
        state: n % 3 === 0 ? BreakerState.open : BreakerState.closed,
        ...{ losses: n, lossCents: n, reopensUs: n, dayEndsUs: n, tripsToday: n, passed: n },
      },
      drawdown: { equityCents: n, peakCents: n, state: 0 },
      guardian: { spikesUs: [n], errorsUs: [n, n], misses: n },
    },
  };
}

async function stored(directory: string): Promise<EngineMemory | undefined> {
  const store = await EngineStore.open(directory);
  await store.close();
  return store.stored && memoryOf(store.stored, SYMBOLS);
}

describe('a store', () => {
  it('is empty at first, and then gives back the last moment, with whose it is', async () => {
    const directory = newDirectory();
    const store = await EngineStore.open(directory);
    expect(store.stored).toBeUndefined();
    store.begin(IDENTITY, SYMBOLS);
    for (let n = 1; n <= 5; n++) await store.save(moment(n));
    await store.close();
    expect(await stored(directory)).toEqual(moment(5));
    const again = await EngineStore.open(directory);
    expect(again.stored).toMatchObject(IDENTITY);
    await again.close();
  });

  it('cut at any byte holds one whole moment, at least as late as the last that was saved', async () => {
    const directory = newDirectory();
    const store = await EngineStore.open(directory);
    store.begin(IDENTITY, SYMBOLS);
    const path = join(directory, 'engine.journal');
    const saved = [{ bytes: 0, n: 0 }];
    for (let n = 1; n <= 4; n++) {
      await store.save(moment(n));
      saved.push({ bytes: readFileSync(path).length, n });
    }
    await store.close();
    const bytes = readFileSync(path);
    for (let length = 0; length <= bytes.length; length += 3) {
      const cut = newDirectory();
      mkdirSync(cut);
      writeFileSync(join(cut, 'engine.journal'), bytes.subarray(0, length));
      const least = saved.filter((one) => one.bytes <= length).at(-1)?.n ?? 0;
      const memory = await stored(cut);
      const n = memory?.lastOrder ?? 0;
      expect(n, `cut at ${length}`).toBeGreaterThanOrEqual(least);
      if (n > 0) expect(memory).toEqual(moment(n));
      else expect(memory).toBeUndefined();
    }
  });

  it('writes what has changed and nothing else', async () => {
    const directory = newDirectory();
    const store = await EngineStore.open(directory);
    store.begin(IDENTITY, SYMBOLS);
    const path = join(directory, 'engine.journal');
    await store.save(moment(1));
    const before = readFileSync(path).length;
    await store.save(moment(1));
    expect(readFileSync(path).length).toBe(before);
    await store.save({ ...moment(1), lastOrder: 2 });
    expect(readFileSync(path, 'utf8').slice(before)).toMatch(/^\w{8} \d+ \[{"lastOrder":2}\]\n$/);
    await store.close();
  });

  it('stays small however often it is saved, and keeps symbols that are not traded now', async () => {
    const directory = newDirectory();
    const first = await EngineStore.open(directory);
    first.begin(IDENTITY, ['GONE', ...SYMBOLS]);
    const [desk] = moment(7).desks;
    await first.save({ ...moment(1), desks: [...(desk ? [desk] : []), ...moment(1).desks] });
    await first.close();
    const store = await EngineStore.open(directory);
    store.begin(IDENTITY, SYMBOLS);
    const spikesUs = Array.from({ length: 20_000 }, (_, at) => 1_000_000_000 + at);
    for (let n = 1; n <= 12; n++) {
      const memory = moment(n);
      await store.save({
        ...memory,
        risk: { ...memory.risk, guardian: { ...memory.risk.guardian, spikesUs } },
      });
    }
    await store.close();
    expect(readFileSync(join(directory, 'engine.journal')).length).toBeLessThan(2_000_000);
    const last = await EngineStore.open(directory);
    expect(last.stored?.desks['GONE']).toMatchObject({ ticket: 7 });
    expect(last.stored?.lastOrder).toBe(12);
    await last.close();
  });

  it('with the lock of a dead process is taken over, with that of a living one refused', async () => {
    const directory = newDirectory();
    mkdirSync(directory);
    writeFileSync(join(directory, 'owner'), '4194300');
    const store = await EngineStore.open(directory);
    await expect(EngineStore.open(directory)).rejects.toThrow(`process ${process.pid} uses it`);
    await store.close();
    await (await EngineStore.open(directory)).close();
  });

  it('with records of another kind is refused, and says where', async () => {
    const directory = newDirectory();
    mkdirSync(directory);
    const { journal } = await Journal.open(join(directory, 'engine.journal'), 'engine');
    await journal.append({ lastOrder: -1 });
    await journal.close();
    await expect(EngineStore.open(directory)).rejects.toThrow(JournalError);
    await expect(EngineStore.open(directory)).rejects.toThrow('expected what an engine knows');
  });
});
