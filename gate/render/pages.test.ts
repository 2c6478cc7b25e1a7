/** Whole pages: what a person needs is there, fits the terminal, and links are never cut. */
import { describe, expect, it } from 'vitest';
import { HoldWindow } from '../evidence/hold-window.ts';
import {
  check,
  gap,
  lockStats,
  logReport,
  logResult,
  NARROW,
  PLAIN,
  RICH,
  runReport,
  runResult,
} from '../testing/samples.ts';
import { BARGE, segmentsFrom } from '../testing/traces.ts';
import { logLines } from './log.ts';
import { runLines } from './run.ts';
import { widthOf } from './text.ts';

function scene() {
  const window = new HoldWindow(5);
  for (const segment of segmentsFrom(BARGE)) window.read(segment);
  const picture = window.picture();
  if (picture === undefined) throw new Error('expected a picture');
  return { check: 'lock.exclusion' as const, picture, marks: [{ seq: 5, timeUs: 4_000 }] };
}

const broken = runReport({
  result: runResult({
    verdict: 'violated',
    checks: [check('lock.pairing', 'passed'), check('lock.exclusion', 'violated')],
    lock: lockStats({ maxHolders: 3, overlaps: 149 }),
    pnl: gap(),
  }),
  scene: scene(),
  promised: { digest: 'ffffffffffffffff', kept: false },
  expected: { text: 'violated:lock.exclusion', agreement: 'met' },
  files: { directory: 'out', names: ['run.log', 'result.json', 'trace.pftrace'] },
});

const bodyOf = (lines: readonly string[]) =>
  lines.filter((line) => !/^\W*(?:\[2m)?(?:Open|Again|Digest|Wrote|Size|Expected)\b/.test(line));

describe('the page of a run', () => {
  it('starts with what ran and how it ended', () => {
    expect(runLines(PLAIN, runReport()).slice(0, 5)).toEqual([
      'Interlock - reference - seed 127',
      'The reference stress run',
      'The acceptance run done honestly.',
      '',
      '+ Passed on this schedule. Never more than 1 holder. Not a proof.',
    ]);
  });

  it('shows ten rows of acceptance, the last three as not run', () => {
    const text = runLines(PLAIN, runReport()).join('\n');
    for (let row = 1; row <= 10; row++) expect(text).toMatch(new RegExp(`^ +A${row} `, 'm'));
    expect(text.match(/governance loop, not run/g)).toHaveLength(3);
  });

  it('says how to see a run again, and what was written', () => {
    const text = runLines(PLAIN, broken).join('\n');
    expect(text).toContain('Digest    0123456789abcdef0123456789abcdef  differs from the link');
    expect(text).toContain('Open      http://localhost:4173/#s1=abc&d=0123456789abcdef');
    expect(text).toContain('Again     npm run -s lab -- run reference --seed 127');
    expect(text).toContain('Wrote     run.log, result.json, trace.pftrace in out');
    expect(text).toContain('Expected  violated:lock.exclusion: as expected');
    expect(text).toContain('Took      10 ms, 15 k ticks/s');
    expect(text).toContain('Size      150 ticks, 1,800 events, 1.01 s of virtual time');
  });

  it('draws the first violation and sets the pair counter against the holders', () => {
    const text = runLines(PLAIN, broken).join('\n');
    expect(text).toContain('First violation  lock.exclusion');
    expect(text).toMatch(/BTCUSD\.s {2}#+-+/);
    expect(text).toContain(
      'Pair counter: 150 = 150, PASS   |   Interlock: violated, 3 holders at once',
    );
  });

  it.each([PLAIN, RICH, NARROW])('fits %j but for what people copy', (style) => {
    const lines = bodyOf(runLines(style, broken));
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(style.columns);
  });

  it('is pure ASCII without colour in a pipe', () => {
    expect(runLines(PLAIN, broken).join('')).toMatch(/^[\x20-\x7e]*$/);
  });
});

describe('the page of a log', () => {
  it('starts with what its counters hide', () => {
    expect(logLines(PLAIN, logReport()).slice(0, 5)).toEqual([
      'Interlock - engine.log - 700 lines, 43 kB',
      '',
      '! Violated. All 150 pairs balance, yet 149 acquisitions began while another',
      '  symbol held the lock. At most 3 held at once.',
      'Pair counter: 150 = 150, PASS   |   Interlock: violated, 3 holders at once',
    ]);
  });

  it('has no money section where no totals were printed, and one where they were', () => {
    expect(logLines(PLAIN, logReport()).join('\n')).not.toContain('Money');
    const text = logLines(PLAIN, logReport({ result: logResult({ pnl: gap() }) })).join('\n');
    expect(text).toMatch(/total +23 +4,371\.53 +3,726\.43 +645\.10/);
  });

  it('tells notes of the reader, and a cut that came from us', () => {
    const reservations = ['Cancelled: only the first 41 % were judged.'];
    const result = logResult({ notes: ['Line 9 was cut off.'] });
    const report = logReport({ result, reservations });
    const text = logLines(PLAIN, report).join('\n');
    expect(text).toContain('Notes\n  Line 9 was cut off.');
    expect(text).toContain('only the first 41 %');
  });

  it('invents no times for a log without stamps', () => {
    const capacity = check('lock.capacity', 'inconclusive', { required: false });
    const result = logResult({ checks: [capacity] });
    const text = logLines(PLAIN, logReport({ result })).join('\n');
    expect(text).toContain('Times are not recorded.');
  });
});
