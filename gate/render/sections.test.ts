/** Each section of a page shows what it was given, exactly, and nothing that was not measured. */
import { describe, expect, it } from 'vitest';
import { agreed, check, gap, lockStats, NARROW, PLAIN } from '../testing/samples.ts';
import { checkLines, checkTally } from './checks.ts';
import { lockLines } from './lock.ts';
import { moneyLines } from './money.ts';
import { progressLine } from './progress.ts';
import { named } from './section.ts';

describe('checks', () => {
  const checks = [
    check('lock.pairing', 'passed'),
    check('lock.exclusion', 'violated'),
    check('lock.deadlock', 'passed', { examined: 0 }),
    check('lock.fifo', 'inconclusive', { required: false }),
    check('run.latency', 'inconclusive'),
  ];

  it('come violated first, with evidence, and never list an idle one among the passed', () => {
    expect(checkLines(PLAIN, checks)).toEqual([
      '  ! lock.exclusion  149 violations in 150 occasions',
      '      lock.exclusion speaks',
      '      and 148 more',
      '  ? run.latency  0 occasions examined',
      '      run.latency speaks',
      '  + passed: lock.pairing 150',
      '  o no occasion: lock.deadlock',
      '  - not recorded: lock.fifo',
    ]);
  });

  it('are tallied by how they ended', () => {
    expect(checkTally(checks)).toBe(
      '1 violated, 1 inconclusive, 1 passed, 1 no occasion, 1 not recorded',
    );
  });

  it('show evidence that came from a file without its control characters', () => {
    const text = 'Line 3: EUR\u001b[2JUSD';
    const said = [{ template: text, values: {}, text, at: [] }];
    const lines = checkLines(PLAIN, [check('lock.pairing', 'violated', { evidence: said })]);
    expect(lines[1]).toBe('      Line 3: EUR?[2JUSD');
  });
});

describe('lock statistics', () => {
  it('bring percentiles with the number of samples they rest on', () => {
    const lines = lockLines(PLAIN, lockStats(), 1_010_000);
    expect(lines).toEqual([
      '  ms    samples    p50    p95    p99    max',
      '  wait      150  1.000  2.000  4.000  4.000',
      '  hold      150  0.750  1.500  3.000  3.000',
      '  150 acquires, 150 releases. At most 1 holder at once. Queue depth at most 2.',
      '  Nobody was overtaken. Held 300 ms in all within 1.01 s (0.30).',
    ]);
  });

  it('say what more holding than time means', () => {
    const lines = lockLines(PLAIN, lockStats({ heldUs: 4_200_000 }), 1_450_000);
    const text = lines.map((line) => line.trim()).join(' ');
    expect(text).toContain('2.9 times what an exclusive lock has room for.');
  });

  it('invent no figure that was not recorded', () => {
    const none = { samples: 0, p50: 0, p95: 0, p99: 0, max: 0 };
    const lines = lockLines(PLAIN, lockStats({ waitUs: none }), 1_010_000).join('\n');
    expect(lines).toContain('Waiting is not recorded.');
    expect(lines).not.toMatch(/^ +wait/m);
    expect(lines).not.toContain('Queue depth');
    const untimed = lockLines(PLAIN, lockStats(), undefined).join('\n');
    expect(untimed).toContain('Times are not recorded.');
    expect(untimed).not.toContain('p99');
  });
});

describe('the reconciliation', () => {
  it('puts amounts point under point, the difference exact, and names what is missing', () => {
    expect(moneyLines(PLAIN, gap(), 'event')).toEqual([
      '  symbol    trades      wins    ledger  aggregator  difference',
      '  BTCUSD.s      23    56.5 %  1,044.12    1,044.12        0.00',
      '  ETHUSD.s       0  no fills  3,327.41    2,682.31      645.10',
      '  total         23            4,371.53    3,726.43      645.10',
      '  Ledger and aggregator never agree again from event 812 at 1,402 ms on.',
      '  The aggregator never counted 5 fills:',
      '    order 141 of ETHUSD.s, 88.06, event 812 at 1,402 ms',
      '    order 142 of ETHUSD.s, -12.00, event 830 at 1,420 ms',
      '    and 3 more',
      '  They do not make up the whole difference.',
    ]);
  });

  it('says when what is missing makes up the difference', () => {
    const lines = moneyLines(PLAIN, { ...gap(), explained: true }, 'line');
    expect(lines.at(-1)).toBe('  Together they make up the difference.');
  });

  it('says no more than the table where the books agree', () => {
    expect(moneyLines(PLAIN, agreed(), 'line')).toHaveLength(3);
  });

  it('counts the symbols that it leaves out, and leaves out none that differs', () => {
    const [same, short] = gap().symbols;
    if (same === undefined || short === undefined) throw new Error('expected two samples');
    const many = Array.from({ length: 40 }, (_, symbol) => ({
      ...same,
      symbol,
      name: `S${symbol}`,
    }));
    const lines = moneyLines(PLAIN, { ...gap(), symbols: [...many, short] }, 'line');
    expect(lines.filter((line) => /^ {2}S\d/.test(line))).toEqual([]);
    expect(lines[1]).toContain('ETHUSD.s');
    expect(lines[3]).toBe('  40 symbols more, left out of the list.');
  });

  it('keeps every digit of a float on a narrow terminal', () => {
    const drift = '0.0000000000000284217094304040074348449707031250';
    const lines = moneyLines(NARROW, { ...agreed(), difference: drift }, 'event').join('\n');
    expect(lines).toContain(drift);
  });
});

describe('progress', () => {
  it('is a bar with its share, or the detail alone where no end is known', () => {
    expect(progressLine(PLAIN, { done: 0.5, detail: '1 M ticks/s' })).toBe(
      '############............  50 % 1 M ticks/s',
    );
    expect(progressLine(PLAIN, { done: undefined, detail: '3 MB' })).toBe('3 MB');
  });
});

describe('named lines', () => {
  it('are never cut, because people copy them', () => {
    const link = `http://localhost:4173/#s1=${'a'.repeat(200)}`;
    expect(named(NARROW, [['Open', link]])).toEqual([`Open  ${link}`]);
  });
});
