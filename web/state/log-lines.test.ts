import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogLines } from './log-lines.ts';

test('finds every line that splitting the whole text would find, in any order', async () => {
  const line = fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/\p{Cc}/gu, ' '));
  const lines = fc.array(line, { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(lines, fc.array(fc.nat(45), { maxLength: 8 }), async (texts, asked) => {
      const log = new LogLines(new Blob([texts.map((text) => `${text}\n`).join('')]));
      for (const at of asked) {
        expect(await log.text(at + 1, 3)).toEqual(texts.slice(at, at + 3));
      }
    }),
  );
});

test('goes back over more lines than it keeps marks of, and across chunks', async () => {
  const texts = Array.from({ length: 60_000 }, (_, at) => `line ${at + 1} ${'x'.repeat(40)}`);
  const log = new LogLines(new Blob([`${texts.join('\n')}\n`]));
  for (const at of [59_999, 1, 1_024, 1_025, 40_000, 2_049, 60_000]) {
    expect(await log.text(at, 2)).toEqual(texts.slice(at - 1, at + 1));
  }
  expect(await log.text(60_001, 2)).toEqual([]);
});

test('a last line without its end and Windows line ends read as people read them', async () => {
  const log = new LogLines(new Blob(['one\r\ntwo\r\nthree']));
  expect(await log.text(1, 9)).toEqual(['one', 'two', 'three']);
});

test('colours and other control characters are left out', async () => {
  const log = new LogLines(new Blob(['\u001b[94mblue\u001b[0m\u0007 plain\n']));
  expect(await log.text(1, 1)).toEqual(['blue plain']);
});

test('a line of a megabyte and more does not stop what comes after it', async () => {
  const long = 'y'.repeat(3_000_000);
  const log = new LogLines(new Blob([`${long}\nafter\n`]));
  expect(await log.text(2, 1)).toEqual(['after']);
  expect((await log.text(1, 1))[0]).toBe(long.slice(0, 400));
});
