import { describe, expect, it } from 'vitest';
import { EventKind } from '../event.ts';
import { compilePatterns } from './pattern.ts';
import { overlapsIn, readLog } from './testing.ts';

function refusal(...sources: readonly string[]): string {
  const compiled = compilePatterns(sources);
  return compiled.kind === 'error' ? compiled.error.message : 'accepted';
}

const ACQUIRE = String.raw`^(?<time>\S+) (?<symbol>\w+) (?<acquire>got) #(?<id>\d+)`;
const RELEASE = String.raw`^(?<time>\S+) (?<symbol>\w+) (?<release>put) #(?<id>\d+)`;

describe('patterns', () => {
  it('make holds of lines in another form', () => {
    const log = [
      '15:10:41.100 BTC got #7',
      '15:10:41.105 ETH got #8',
      'chatter',
      '15:10:41.110 BTC put #7',
      '15:10:41.120 ETH put #8',
      '',
    ].join('\n');
    const { events, summary } = readLog(log, 7, [ACQUIRE, RELEASE]);
    expect(events.map((e) => [e.kind, e.seq, e.timeUs, e.symbol, e.a])).toEqual([
      [EventKind.enter, 1, 0, 0, 1],
      [EventKind.enter, 2, 5_000, 1, 2],
      [EventKind.exit, 4, 10_000, 0, 1],
      [EventKind.exit, 5, 20_000, 1, 2],
    ]);
    expect(summary.symbolNames).toEqual(['BTC', 'ETH']);
    expect(summary.timedLockLines).toBe(4);
    expect(overlapsIn(events)).toEqual({ overlaps: 1, holders: 2 });
  });

  it('may hold both ends, name groups as Python does, and leave out the id', () => {
    const both = String.raw`(?:(?P<acquire>\+)|(?P<release>-))(?P<symbol>\w+)`;
    const { events } = readLog('+a\n+b\n-a\n-b\n', 3, [both]);
    expect(events.map((e) => [e.kind, e.a])).toEqual([
      [EventKind.enter, 1],
      [EventKind.enter, 2],
      [EventKind.exit, 1],
      [EventKind.exit, 2],
    ]);
  });

  it('read money and errors, and leave the other lines to the reference form', () => {
    const log = [
      'sold BTC for 12.50',
      'trades of BTC came to 12.50',
      'all trades: 12.50',
      'dashboard says 12.40',
      'BTC: socket wedged while receiving (EBUSY)',
      '[ZMQ_LOCK_ACQUIRE] [BTC] lock_id=1',
      '[ZMQ_LOCK_RELEASE] [BTC] lock_id=1',
      '',
    ].join('\n');
    const { events, summary } = readLog(log, 11, [
      String.raw`sold (?<symbol>\w+) for (?<fill>[\d.]+)`,
      String.raw`trades of (?<symbol>\w+) came to (?<books>\S+)`,
      String.raw`all trades: (?<books>\S+)`,
      String.raw`dashboard says (?<total>\S+)`,
      String.raw`^(?<symbol>\w+): socket (?<error>wedged.*)`,
    ]);
    expect(events.map((e) => [e.kind, e.symbol, e.value])).toEqual([
      [EventKind.fill, 0, 1_250],
      [EventKind.books, 0, 1_250],
      [EventKind.books, 255, 1_250],
      [EventKind.total, 255, 1_240],
      [EventKind.socketError, 0, 0],
      [EventKind.enter, 0, 0],
      [EventKind.exit, 0, 0],
    ]);
    expect([summary.ledgerTotal, summary.aggregatorTotal, summary.stateErrors]).toEqual([
      true,
      true,
      1,
    ]);
  });

  it('note lines that match without a symbol or a readable amount', () => {
    const { events, summary } = readLog('sum x\n+\n-a\n', 64, [
      String.raw`(?<acquire>\+)(?<symbol>\w*)`,
      String.raw`(?<release>-)(?<symbol>\w*)`,
      String.raw`sum (?<total>\w+)`,
    ]);
    expect(events.map((e) => e.kind)).toEqual([EventKind.exit]);
    expect(summary.notes.map((n) => [n.code, n.count, n.line])).toContainEqual([
      'unusable-match',
      2,
      1,
    ]);
  });

  it('are not tried on lines so long that a bad one could hang', () => {
    const nested = String.raw`(?<acquire>a+)+b(?<symbol>x)|(?<release>)never`;
    const { notes } = readLog('a'.repeat(5_000) + '\n', 64, [nested]);
    expect(notes).toEqual(['long-for-pattern']);
  });
});

describe('a pattern that cannot serve is refused with what was expected', () => {
  it.each([
    [['('], /expected a regular expression.*Unterminated group/],
    [['(?<symbol>a)|(?<symbol>b)(?<acquire>c)'], /name may be used once/],
    [['no groups'], /expected a group that says what the line means .*no named group/],
    [['(?<symbol>a) (?<id>b)'], /only symbol, id/],
    [['(?<acquire>a)(?<release>b)'], /expected a group "symbol" beside "acquire"/],
    [['(?<acquire>a)(?<sybmol>b)'], /expected groups named .*got "sybmol"/],
    [['(?<acquire>a)(?<symbol>b)'], /got "acquire" without "release"/],
    [['(?<release>a)(?<symbol>b)'], /got "release" without "acquire"/],
    [['(?<fill>1)'], /expected a group "symbol" beside "fill"/],
  ])('%j', (sources, message) => {
    expect(refusal(...sources)).toMatch(message);
  });

  it('accepts what the documentation shows', () => {
    expect(refusal(ACQUIRE, RELEASE)).toBe('accepted');
    expect(refusal()).toBe('accepted');
  });
});
