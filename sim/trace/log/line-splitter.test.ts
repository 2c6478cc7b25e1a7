import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { LINE_BYTES_MAX, LineSplitter } from './line-splitter.ts';

function split(bytes: Uint8Array, cuts: readonly number[]) {
  const lines: string[] = [];
  const numbers: number[] = [];
  const splitter = new LineSplitter((line, start, end) => {
    lines.push(decodeUtf8(line, start, end));
    numbers.push(splitter.lines);
  });
  let from = 0;
  for (const to of [...cuts.filter((cut) => cut <= bytes.length)].sort((a, b) => a - b)) {
    splitter.push(bytes.slice(from, to));
    from = to;
  }
  splitter.push(bytes.slice(from));
  return { lines, numbers, splitter };
}

describe('lines of a stream', () => {
  it('are what splitting the whole text gives, however it is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '価', '', '[') });
    fc.assert(
      fc.property(text, fc.array(fc.nat(60)), (whole, cuts) => {
        const expected = whole.split('\n').map((line) => line.replace(/\r$/, ''));
        const last = expected.pop();
        const { lines, numbers, splitter } = split(encodeUtf8(whole), cuts);
        expect(lines).toEqual(expected);
        expect(numbers).toEqual(expected.map((_, at) => at + 1));
        expect(splitter.incomplete).toBe(last !== '' || /[^\n]$/.test(whole));
      }),
    );
  });

  it('begin behind a byte-order mark, even one that is cut in two', () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, ...encodeUtf8('one\n\ufefftwo\n')]);
    for (const cut of [0, 1, 2, 3, 4]) {
      expect(split(bytes, [cut]).lines).toEqual(['one', '\ufefftwo']);
    }
  });

  it('longer than the limit are left out and counted, however they are cut', () => {
    const fits = 'x'.repeat(LINE_BYTES_MAX);
    const bytes = encodeUtf8(`first\n${fits}x\n${fits}\r\nlast\n`);
    for (const cuts of [[], [10], [70_000, 70_001], [6, 6 + LINE_BYTES_MAX + 1]]) {
      const { lines, numbers, splitter } = split(bytes, cuts);
      expect(lines.map((line) => line.length)).toEqual([5, LINE_BYTES_MAX, 4]);
      expect(numbers).toEqual([1, 3, 4]);
      expect([splitter.longLines, splitter.firstLongLine, splitter.lines]).toEqual([1, 2, 4]);
    }
  });

  it('longer than the limit at the very end are incomplete, not lost in silence', () => {
    const { lines, splitter } = split(encodeUtf8('a\n' + 'x'.repeat(3 * LINE_BYTES_MAX)), [50_000]);
    expect(lines).toEqual(['a']);
    expect(splitter.incomplete).toBe(true);
  });
});
