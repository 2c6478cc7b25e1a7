import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../utf8.ts';
import { LogClock } from './log-clock.ts';

/** The times of lines that all matter, undefined for those without a stamp. */
function timesOf(lines: readonly string[]) {
  const clock = new LogClock();
  const times = lines.map((line) => {
    const bytes = encodeUtf8(line);
    return clock.advance(bytes, 0, bytes.length) ? clock.nowUs : undefined;
  });
  return { times, clock };
}

describe('the time of a log', () => {
  it('is read in every form, with what may stand before it', () => {
    for (const [first, second] of [
      ['2026-01-18 15:10:41,123 - x', '2026-01-18 15:10:41,135 - x'],
      ['2026-01-18T15:10:41.123456Z x', '2026-01-18T15:10:41.135456Z x'],
      ['[2026-01-18 15:10:41.123] x', '[2026-01-18 15:10:41.135] x'],
      ['\u001b[32m2026-01-18 15:10:41,123 x', '\u001b[32m2026-01-18 15:10:41,135 x'],
      ['DEBUG 15:10:41.123 x', 'DEBUG 15:10:41.135 x'],
      ['Jan 18 15:10:41.123 host x', 'Jan 18 15:10:41.135 host x'],
      ['{"ts":"2026-01-18T15:10:41.123"}', '{"ts":"2026-01-18T15:10:41.135"}'],
      ['1768749041.123 x', '1768749041.135 x'],
      ['[1768749041123] x', '[1768749041135] x'],
      ['1768749041123000 x', '1768749041135000 x'],
      ['1768749041123000000 x', '1768749041135000000 x'],
    ] as const) {
      expect(timesOf([first, second]).times, first).toEqual([0, 12_000]);
    }
  });

  it('takes offsets from UTC into account', () => {
    const { times } = timesOf(['2026-01-18T15:10:41+08:00', '2026-01-18T07:10:42Z']);
    expect(times).toEqual([0, 1_000_000]);
  });

  it('goes on over a day, a month and a leap day', () => {
    expect(timesOf(['2026-01-31 23:59:59,999', '2026-02-01 00:00:00,000']).times[1]).toBe(1_000);
    expect(timesOf(['2028-02-28 12:00:00', '2028-03-01 12:00:00']).times[1]).toBe(172_800_000_000);
  });

  it('passes midnight where lines have no date, and says so', () => {
    const { times, clock } = timesOf([
      '23:59:59.990',
      '00:00:00.010',
      '23:59:59.995',
      '00:00:00.020',
    ]);
    expect(times).toEqual([0, 20_000, 20_000, 30_000]);
    expect([clock.midnights, clock.lateLines, clock.lateUsMax]).toEqual([1, 1, 15_000]);
  });

  it('does not go back for a line that was written late', () => {
    const { times, clock } = timesOf([
      '2026-01-18 15:10:41,000',
      '2026-01-18 15:10:41,010',
      '2026-01-18 15:10:41,007',
      '2026-01-18 15:10:41,012',
    ]);
    expect(times).toEqual([0, 10_000, 10_000, 12_000]);
    expect([clock.lateLines, clock.lateUsMax, clock.setBacks]).toEqual([1, 3_000, 0]);
    expect(clock.shifted).toBe(false);
  });

  it('goes on from where it was when the clock is set back', () => {
    const { times, clock } = timesOf([
      '2026-10-25 02:59:59,000',
      '2026-10-25 02:00:00,000',
      '2026-10-25 02:00:00,500',
    ]);
    expect(times).toEqual([0, 0, 500_000]);
    expect(clock.setBacks).toBe(1);
    expect(clock.shifted).toBe(true);
  });

  it('stands still at lines without a stamp', () => {
    const { times } = timesOf(['2026-01-18 15:10:41,000 x', 'x', '2026-01-18 15:10:41,001 x']);
    expect(times).toEqual([0, undefined, 1_000]);
  });

  it('takes no number or version for a stamp', () => {
    for (const line of [
      'lock_id=ff7a1187 access#1',
      'took 1234567890 ns',
      '10.0.0.1:5555',
      'a12:00:99',
    ])
      expect(timesOf([line]).times, line).toEqual([undefined]);
  });

  it('forgets a stamp of another form that stood in lines before those that matter', () => {
    const clock = new LogClock();
    const banner = encodeUtf8('started 12:00:00 by cron');
    clock.peek(banner, 0, banner.length);
    const first = encodeUtf8('2026-01-18 15:10:41,123 x');
    expect(clock.advance(first, 0, first.length)).toBe(true);
    expect(clock.nowUs).toBe(0);
  });
});
