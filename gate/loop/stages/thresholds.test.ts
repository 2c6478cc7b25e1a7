/** Every threshold of a task catches a run that misses it, and lets one pass that does not. */
import { describe, expect, it } from 'vitest';
import { runJson } from '../../testing/fake-shell.ts';
import { readDocument, type RunDocument, runDocumentSchema } from '../process/documents.ts';
import { thresholdRows } from './thresholds.ts';

async function reference(): Promise<RunDocument> {
  const { document } = await runJson(['run', 'reference']);
  const read = readDocument(runDocumentSchema, JSON.stringify(document));
  if (read.kind === 'error') throw new Error(read.error);
  return read.value;
}

describe('the thresholds', () => {
  it.each([
    ['symbolsMin', 3, 4],
    ['intervalMsBelow', 50, 23.399],
    ['pairsMin', 150, 151],
    ['tradesPerSecondAbove', 50, 90],
    ['latencyMsBelow', 100, 5],
  ] as const)('%s is met by %d and missed by %d', async (name, met, missed) => {
    const document = await reference();
    expect(thresholdRows({ [name]: met }, document)).toMatchObject([{ met: true }]);
    expect(thresholdRows({ [name]: missed }, document)).toMatchObject([{ met: false }]);
  });

  it('are not met by what was not measured, nor by pairs that do not balance', async () => {
    const document = await reference();
    const blind = { ...document, checks: [] };
    const all = {
      symbolsMin: 1,
      intervalMsBelow: 1e9,
      tradesPerSecondAbove: 0,
      latencyMsBelow: 1e9,
    };
    expect(thresholdRows(all, blind).map(({ met, measured }) => [met, measured])).toEqual(
      Array.from({ length: 4 }, () => [false, 'not measured']),
    );
    const lock = { ...document.lock, releases: 149 };
    expect(thresholdRows({ pairsMin: 1 }, { ...document, lock })).toMatchObject([{ met: false }]);
  });

  it('that are not stated are not judged', async () => {
    expect(thresholdRows({}, await reference())).toEqual([]);
  });
});
