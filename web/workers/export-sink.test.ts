import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { ExportSink } from './export-sink.ts';

test('a file is its pieces joined, however they fall into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 40 })),
      fc.integer({ min: 1, max: 16 }),
      async (pieces, chunkBytes) => {
        const sink = new ExportSink(chunkBytes);
        for (const piece of pieces) {
          const reused = piece.slice();
          sink.write(reused);
          reused.fill(0);
        }
        const whole = pieces.flatMap((piece) => [...piece]);
        expect(sink.bytes).toBe(whole.length);
        const file = await sink.finish('text/plain');
        expect([...new Uint8Array((await file?.arrayBuffer()) ?? [])]).toEqual(whole);
        expect(file?.type).toBe('text/plain');
      },
    ),
    { seed: 5 },
  );
});

test('text is UTF-8', async () => {
  const sink = new ExportSink(3);
  sink.text('锁 1\n');
  sink.text('é');
  expect(await (await sink.finish('text/plain'))?.text()).toBe('锁 1\né');
});

test('a chunk that the browser has no room for is noticed, and nothing is handed over', async () => {
  const sink = new ExportSink(4);
  sink.text('1234');
  expect(await sink.isHeld()).toBe(true);
  sink.text('5678');
  const refusal = vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValue(new Error('no room'));
  try {
    expect(await sink.isHeld()).toBe(false);
    expect(await sink.finish('text/plain')).toBeUndefined();
  } finally {
    refusal.mockRestore();
  }
});
