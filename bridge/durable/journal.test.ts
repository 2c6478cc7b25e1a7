/** The journal after a crash at any byte, a flipped bit anywhere, and a write that fails. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Journal, JournalError, readJournal } from './journal.ts';

const directory = mkdtempSync(join(tmpdir(), 'interlock-journal-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
function newPath(): string {
  files += 1;
  return join(directory, `journal-${files}`);
}

const KIND = 'test';

/** A journal whose batches were each waited for; where each ended, and what it then held. */
async function written(batches: readonly (readonly unknown[])[]): Promise<{
  readonly path: string;
  readonly bytes: Buffer;
  /** Bytes that were on the disk when so many records had been acknowledged. */
  readonly acknowledged: readonly { readonly bytes: number; readonly count: number }[];
}> {
  const path = newPath();
  const { journal } = await Journal.open(path, KIND);
  const acknowledged = [{ bytes: journal.bytes, count: 0 }];
  let count = 0;
  for (const batch of batches) {
    await Promise.all(batch.map((record) => journal.append(record)));
    count += batch.length;
    acknowledged.push({ bytes: journal.bytes, count });
  }
  await journal.close();
  return { path, bytes: readFileSync(path), acknowledged };
}

const BATCHES = [[{ a: 1 }], ['zwei ü\n', 3, null], [[4, [5]]], [{ six: '6' }, { seven: 7 }]];
const RECORDS = BATCHES.flat();

describe('a journal', () => {
  it('gives back what was appended, in order, each time it is opened', async () => {
    const { path } = await written(BATCHES);
    for (let n = 0; n < 2; n++) {
      const { journal, held } = await Journal.open(path, KIND);
      expect(held).toEqual({ records: RECORDS, droppedBytes: 0 });
      await journal.close();
    }
  });

  it('goes on after what it holds', async () => {
    const { path } = await written(BATCHES);
    const { journal } = await Journal.open(path, KIND);
    await journal.append('more');
    await journal.close();
    expect(readJournal(readFileSync(path), KIND).records).toEqual([...RECORDS, 'more']);
  });

  it('cut at any byte holds a prefix with everything acknowledged by then, and can go on', async () => {
    const { bytes, acknowledged } = await written(BATCHES);
    for (let length = 0; length <= bytes.length; length++) {
      const path = newPath();
      writeFileSync(path, bytes.subarray(0, length));
      const { journal, held } = await Journal.open(path, KIND);
      const safe = acknowledged.filter((one) => one.bytes <= length).at(-1)?.count ?? 0;
      const count = held.records.length;
      expect(count, `cut at ${length}`).toBeGreaterThanOrEqual(safe);
      expect(held.records).toEqual(RECORDS.slice(0, count));
      await journal.append('after');
      await journal.close();
      const again = readJournal(readFileSync(path), KIND).records;
      expect(again).toEqual([...RECORDS.slice(0, count), 'after']);
    }
  });

  it('with any byte changed is refused, or holds a prefix and says what it dropped', async () => {
    const { bytes } = await written(BATCHES);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ flip;
        try {
          const { records, goodBytes } = readJournal(changed, KIND);
          expect(records).toEqual(RECORDS.slice(0, records.length));
          expect(records.length).toBeLessThan(RECORDS.length);
          expect(goodBytes).toBeLessThan(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(JournalError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('that is damaged before its last line is refused, wherever', async () => {
    const { bytes, acknowledged } = await written(BATCHES);
    const lastFrom = acknowledged.at(-2)?.bytes ?? 0;
    // Changing the last line end before it joins two lines: then nothing whole comes after.
    for (let at = 0; at < lastFrom - 1; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      expect(() => readJournal(changed, KIND), `changed at ${at}`).toThrow(JournalError);
    }
  });

  it('with garbage after its end drops the garbage', async () => {
    const { path, bytes } = await written(BATCHES);
    appendFileSync(path, Buffer.concat([Buffer.alloc(600), Buffer.from('\nxyz\n')]));
    const { journal, held } = await Journal.open(path, KIND);
    await journal.close();
    expect(held).toEqual({ records: RECORDS, droppedBytes: 605 });
    expect(readFileSync(path)).toEqual(bytes);
  });

  it('is not mistaken for one of another kind, nor any file for a journal', async () => {
    const { bytes } = await written(BATCHES);
    expect(() => readJournal(bytes, 'other')).toThrow('expected a journal of kind "other"');
    expect(() => readJournal(Buffer.from('{"a":1}\n'), KIND)).toThrow('a file of another kind');
  });
});

describe('replacing', () => {
  it('leaves the new records alone, and later ones after them', async () => {
    const { path } = await written(BATCHES);
    const { journal } = await Journal.open(path, KIND);
    const jobs = [journal.append('old'), journal.replace(['x', 'y']), journal.append('z')];
    await Promise.all(jobs);
    await journal.append('last');
    await journal.close();
    expect(readJournal(readFileSync(path), KIND).records).toEqual(['x', 'y', 'z', 'last']);
  });

  it('shortens the file', async () => {
    const { path, bytes } = await written(BATCHES);
    const { journal } = await Journal.open(path, KIND);
    await journal.replace([]);
    await journal.close();
    expect(readFileSync(path).length).toBeLessThan(bytes.length);
    expect(readJournal(readFileSync(path), KIND).records).toEqual([]);
  });

  it('that a crash cut short leaves the old journal, whatever lies beside it', async () => {
    const { path, bytes } = await written(BATCHES);
    writeFileSync(`${path}.new`, bytes.subarray(0, 10));
    const { journal, held } = await Journal.open(path, KIND);
    await journal.replace([1]);
    await journal.close();
    expect(held.records).toEqual(RECORDS);
    expect(readJournal(readFileSync(path), KIND).records).toEqual([1]);
  });
});

describe('a write that fails', () => {
  it('fails every later one too, and acknowledges none of them', async () => {
    const path = newPath();
    const { journal } = await Journal.open(path, KIND);
    await journal.append('safe');
    await journal.close();
    const outcomes: string[] = [];
    for (const record of ['first', 'second']) {
      await journal.append(record).then(
        () => outcomes.push('acknowledged'),
        () => outcomes.push('failed'),
      );
    }
    expect(outcomes).toEqual(['failed', 'failed']);
    expect(readJournal(readFileSync(path), KIND).records).toEqual(['safe']);
  });
});
