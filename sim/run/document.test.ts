import { describe, expect, it } from 'vitest';
import { galleryEntry } from '../scenario/gallery/index.ts';
import { encodeUtf8 } from '../trace/utf8.ts';
import { LogCheck } from './check-log.ts';
import { logDocument, runDocument } from './document.ts';
import { runScenario } from './run.ts';

/** What scripts rely on, in this order, in both documents. */
const RELIED_ON = ['verdict', 'checks', 'digest', 'lock', 'ticks', 'trades', 'pnl'];

const common = {
  name: 'reference',
  cancelled: false,
  progress: 1,
  reservations: [],
  expected: undefined,
};

function documentOfRun(name: string): Record<string, unknown> {
  const result = runScenario(galleryEntry(name).scenario, { keepTrace: false });
  const told = { ...common, result, verdict: result.verdict, url: '#', promised: undefined };
  return runDocument(told) as Record<string, unknown>;
}

describe('the document of a run', () => {
  it('begins with the fields that scripts rely on, and repeats to the last character', () => {
    const document = documentOfRun('snapshot-gap');
    expect(Object.keys(document).slice(0, RELIED_ON.length)).toEqual(RELIED_ON);
    expect(JSON.stringify(documentOfRun('snapshot-gap'))).toBe(JSON.stringify(document));
  });

  it('states money as decimal text, and the ledger of each symbol by its name', () => {
    const { pnl } = documentOfRun('snapshot-gap') as { pnl: Record<string, unknown> };
    expect(pnl['difference']).toMatch(/^-?\d+\.\d\d$/);
    for (const [name, ledger] of Object.entries(pnl['perSymbol'] as object)) {
      expect([name, ledger]).toEqual([
        expect.stringMatching(/^\w+\.s$/),
        expect.stringMatching(/^-?\d+\.\d\d$/),
      ]);
    }
  });

  it('survives JSON without a loss: nothing in it is undefined', () => {
    const document = documentOfRun('escaping-lock');
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

describe('the document of a log', () => {
  const check = new LogCheck();
  check.push(encodeUtf8('[ZMQ_LOCK_ACQUIRE] [A] lock_id=1\n[ZMQ_LOCK_RELEASE] [A] lock_id=1\n'));
  const result = check.finish(false);
  const told = { ...common, result, verdict: result.verdict, tookMs: 2 };
  const document = logDocument(told) as Record<string, unknown>;

  it('has the same first fields, null where a log has nothing of the kind', () => {
    expect(Object.keys(document).slice(0, RELIED_ON.length)).toEqual(RELIED_ON);
    expect(document).toMatchObject({ digest: null, ticks: null, trades: null, pnl: null });
    expect(document).toMatchObject({ lines: 2, lock: { acquires: 1, maxHolders: 1 } });
  });
});
