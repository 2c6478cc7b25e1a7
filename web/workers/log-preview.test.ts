import { expect, test } from 'vitest';
import { PREVIEW_LINES_MAX, previewLog } from './log-preview.ts';

const ACQUIRE = '(?<time>\\S+) (?<symbol>\\S+) (?<acquire>got) #(?<id>\\d+)';
const RELEASE = '(?<symbol>\\S+) (?<release>left) #(?<id>\\d+)';
const FILL = '(?<symbol>\\S+) earned (?<fill>\\S+)';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('each line says what it was read as, by which pattern, or in the usual form', () => {
  const text = [
    '12:00:01 A got #1',
    'A left #1',
    'nothing',
    '[ZMQ_LOCK_ACQUIRE] [B] lock_id=2',
    'A earned much',
  ].join('\r\n');
  const { lines, matched } = previewLog(bytes(text), [ACQUIRE, RELEASE, FILL]);
  expect(lines).toMatchObject([
    { line: 1, match: { pattern: 0, kind: 'acquire', id: '1' }, event: 'enter', symbol: 'A' },
    { line: 2, match: { pattern: 1, kind: 'release' }, event: 'exit', symbol: 'A' },
    { line: 3, text: 'nothing', match: undefined, event: undefined },
    { line: 4, match: undefined, event: 'enter', symbol: 'B' },
    // An amount that is no number: the pattern matched, and nothing came of it.
    { line: 5, match: { pattern: 2, kind: 'fill', text: 'much' }, event: undefined },
  ]);
  expect(matched).toEqual([1, 1, 1]);
});

test('the first pattern that matches counts', () => {
  const any = '(?<symbol>\\S+) (?<acquire>\\S+)';
  const { matched } = previewLog(bytes('A got\nA left'), [any, RELEASE]);
  expect(matched).toEqual([2, 0]);
});

test('no more than the first lines are read', () => {
  const { lines } = previewLog(bytes('x\n'.repeat(PREVIEW_LINES_MAX * 2)), []);
  expect(lines).toHaveLength(PREVIEW_LINES_MAX);
  expect(previewLog(bytes(''), []).lines).toEqual([]);
});
