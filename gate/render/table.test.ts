/**
 * Tables line up, put point under point, and never pass the terminal's width or shorten a figure.
 */
import { describe, expect, it } from 'vitest';
import { PLAIN, RICH } from '../testing/samples.ts';
import { type Column, table } from './table.ts';
import { widthOf } from './text.ts';

const COLUMNS: readonly Column[] = [
  { head: 'symbol', align: 'left' },
  { head: 'what it is', align: 'left', wrapMin: 12 },
  { head: 'amount', align: 'decimal' },
];

describe('a table', () => {
  it('puts decimals point under point', () => {
    const rows = [
      ['A', 'x', '1.5'],
      ['BB', 'y', '-20.125'],
      ['C', 'z', '300'],
    ];
    expect(table(PLAIN, COLUMNS, rows)).toEqual([
      '  symbol  what it is   amount',
      '  A       x             1.5',
      '  BB      y           -20.125',
      '  C       z           300',
    ]);
  });

  it('cuts the cells of wrapping columns where it would be too wide', () => {
    const lines = table({ ...PLAIN, columns: 36 }, COLUMNS, [
      ['BTCUSD.s', 'a long story of many words', '1.00'],
    ]);
    expect(lines).toEqual([
      '  symbol    what it is        amount',
      '  BTCUSD.s  a long story of     1.00',
      '            many words',
    ]);
  });

  it('becomes a list a row where cutting is not enough, with every figure whole', () => {
    const figure = '1044.1199999999998908606357872486114501953125';
    const lines = table({ ...PLAIN, columns: 60 }, COLUMNS, [['BTCUSD.s', 'drift', figure]]);
    expect(lines).toEqual(['  BTCUSD.s', '    what it is  drift', `    amount      ${figure}`]);
  });

  it('takes no room for colour', () => {
    const row = ['A', 'x', { text: '1.00', role: 'violated' as const }];
    const [, rich] = table(RICH, COLUMNS, [row]);
    const [, dull] = table(PLAIN, COLUMNS, [row]);
    expect(rich).toContain('\u001b[1;31m');
    expect(widthOf(rich ?? '')).toBe(widthOf(dull ?? ''));
  });

  it('defuses what a cell brings from outside', () => {
    const lines = table(PLAIN, COLUMNS, [['A\u001b[2J', 'x', '1']]);
    expect(lines.join('')).not.toContain('\u001b');
  });
});
