import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind, NONE, SocketErrorCode, SocketOp, type TraceEvent } from '../event.ts';
import { encodeUtf8 } from '../utf8.ts';
import { NAMES_MAX } from './name-table.ts';
import { LogReader } from './reader.ts';
import { SAMPLE_LINE } from './summary.ts';
import { overlapsIn, readLog } from './testing.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../fixtures/logs/asyncio-${name}.log`, import.meta.url));

/** The last figure of a kind, by symbol. */
function lastFigures(events: readonly TraceEvent[], kind: EventKind): Record<number, number> {
  return Object.fromEntries(events.filter((e) => e.kind === kind).map((e) => [e.symbol, e.value]));
}

describe('a real log', () => {
  it.each([
    ['escaping-lock', 149, 3, 362_865, 362_865],
    ['exclusive-lock', 0, 1, 343_725, 343_725],
    ['pnl-gap', 149, 3, 437_153, 372_643],
  ])('%s: %d overlaps, %d holders, totals %d and %d', (name, overlaps, holders, ledger, sum) => {
    const { events, summary, notes } = readLog(fixture(name));
    expect([summary.enters, summary.exits, summary.openHolds]).toEqual([150, 150, 0]);
    expect(overlapsIn(events)).toEqual({ overlaps, holders });
    expect(lastFigures(events, EventKind.books)[NONE]).toBe(ledger);
    expect(lastFigures(events, EventKind.total)[NONE]).toBe(sum);
    expect([...summary.symbolNames].sort()).toEqual(['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s']);
    expect(summary.timedLockLines).toBe(300);
    expect(notes).toEqual([]);
    expect(summary.problem).toBeUndefined();
    expect(summary.stateErrors).toBe(0);
  });

  it('pairs every release with the acquisition of the same lock_id, line by line', () => {
    const text = fixture('escaping-lock').toString('utf8');
    const lines = text.split('\n');
    const { events } = readLog(text);
    const idOf = (event: TraceEvent) => /lock_id=(\w+)/.exec(lines[event.seq - 1] ?? '')?.[1];
    const ids = new Map<number, string | undefined>();
    for (const event of events) {
      if (event.kind === EventKind.enter) ids.set(event.a, idOf(event));
      if (event.kind === EventKind.exit) expect(idOf(event)).toBe(ids.get(event.a));
    }
    expect(new Set(ids.values()).size).toBe(150);
  });

  it('shows by symbol which money the aggregator lost', () => {
    const { events, summary } = readLog(fixture('pnl-gap'));
    const books = lastFigures(events, EventKind.books);
    const figures = lastFigures(events, EventKind.metrics);
    const lost = summary.symbolNames.map((name, at) => [
      name,
      (books[at] ?? 0) - (figures[at] ?? 0),
    ]);
    expect(Object.fromEntries(lost)).toEqual({
      'BTCUSD.s': -2_792,
      'ETHUSD.s': 31_652,
      'XAUUSD.s': 35_651,
    });
    expect(summary.fills).toBe(84);
  });

  it('reads from a buffer that is used again for the next chunk', () => {
    const bytes = fixture('pnl-gap');
    const buffer = Buffer.alloc(1_000);
    const reader = new LogReader(() => undefined);
    for (let from = 0; from < bytes.length; from += buffer.length) {
      reader.push(buffer.subarray(0, bytes.copy(buffer, 0, from)));
    }
    expect(reader.finish()).toEqual(readLog(bytes).summary);
  });

  it('gives the same events however it is cut into chunks', () => {
    const bytes = fixture('pnl-gap').subarray(0, 9_000);
    const whole = readLog(bytes);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000 }), (chunkBytes) => {
        expect(readLog(bytes, chunkBytes)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
    expect(readLog(bytes, 1)).toEqual(whole);
    expect(whole.notes).toEqual(['truncated']);
  });
});

const pieceArbitrary = fc.constantFrom(
  '[ZMQ_LOCK_ACQUIRE] [A] lock_id=1 access#1\n',
  '[ZMQ_LOCK_RELEASE] [A] lock_id=1\r\n',
  '2026-01-18 15:10:41,123 - [DEBUG] - [ZMQ_LOCK_ACQUIRE] \u001b[96m[価格.s]\u001b[0m lock_id=2\n',
  '2026-01-18 15:10:41,125 [ZMQ_LOCK_RELEASE] [価格.s] lock_id=2 \n',
  '[ZMQ_LOCK_ACQUIRE] [A]',
  ' lock_id=',
  '[A] Signal #1: Trade executed, PnL=$-1.25\n',
  'Aggregator Total PnL: $3\n',
  'send: EFSM\n',
  '価🔐\n',
  '\n',
  '\r',
  '[',
);

describe('any text', () => {
  it('gives the same events however it is cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(pieceArbitrary), fc.integer({ min: 1, max: 40 }), (pieces, size) => {
        expect(readLog(pieces.join(''), size)).toEqual(readLog(pieces.join('')));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array(), pieceArbitrary.map(encodeUtf8))), (parts) => {
        const { summary } = readLog(Buffer.concat(parts), 5);
        expect(summary.bytes).toBe(Buffer.concat(parts).length);
      }),
    );
  });

  it('gives times that never go back and lines that only go on', () => {
    const stamped = fc.record({ ms: fc.nat(5_000), open: fc.boolean(), stamp: fc.boolean() });
    fc.assert(
      fc.property(fc.array(stamped), (lines) => {
        const log = lines.map(({ ms, open, stamp }, at) => {
          const time = new Date(1_768_749_041_000 + ms).toISOString();
          const marker = open ? '[ZMQ_LOCK_ACQUIRE]' : '[ZMQ_LOCK_RELEASE]';
          return `${stamp ? time : ''} ${marker} [A] lock_id=${at}\n`;
        });
        const { events } = readLog(log.join(''));
        expect(events.map((e) => e.seq)).toEqual(lines.map((_, at) => at + 1));
        events.slice(1).forEach((event, at) => {
          expect(event.timeUs).toBeGreaterThanOrEqual(events[at]?.timeUs ?? 0);
        });
      }),
    );
  });
});

const ACQUIRE = '[ZMQ_LOCK_ACQUIRE] [BTCUSD.s] lock_id=ff7a1187 access#1';
const RELEASE = '[ZMQ_LOCK_RELEASE] [BTCUSD.s] lock_id=ff7a1187';

describe('the accepted form', () => {
  it.each([
    ['bare', ACQUIRE, RELEASE],
    ['in the middle of a line', `host app: ${ACQUIRE} ok`, `host app: ${RELEASE} ok`],
    ['coloured', ACQUIRE.replace('[B', '\u001b[96m[B'), RELEASE.replace('.s]', '.s]\u001b[0m')],
    [
      'coloured within the brackets',
      ACQUIRE.replace('BTCUSD.s', '\u001b[1;96mBTCUSD.s\u001b[0m'),
      RELEASE.replace('lock', '\u001b[2mlock'),
    ],
    [
      'as JSON',
      JSON.stringify({ message: ACQUIRE.replace('[B', '\u001b[96m[B') }),
      JSON.stringify({ message: RELEASE }),
    ],
    ['with blanks', ACQUIRE.replaceAll(' ', '  '), RELEASE.replace('[BTC', '[ BTC')],
    ['with a quoted id', ACQUIRE.replace('ff7a1187', '"ff7a1187",'), RELEASE],
    [
      'with a long id',
      ACQUIRE.replace('ff7a1187', '0b9e7c1a-7f1f-4a4e-9d0f-1a2b3c4d5e6f'),
      RELEASE.replace('ff7a1187', '0b9e7c1a-7f1f-4a4e-9d0f-1a2b3c4d5e6f'),
    ],
  ])('is read %s', (_, acquire, release) => {
    const { events, summary } = readLog(`${acquire}\n${release}\n`, 13);
    expect(events.map((e) => [e.kind, e.seq, e.symbol, e.a])).toEqual([
      [EventKind.enter, 1, 0, 1],
      [EventKind.exit, 2, 0, 1],
    ]);
    expect(summary.symbolNames).toEqual(['BTCUSD.s']);
    expect([summary.enters, summary.exits, summary.timedLockLines]).toEqual([1, 1, 0]);
    expect(summary.notes.map((n) => n.code)).toEqual(['untimed']);
  });

  it('has times, where it has them, from the first stamp of the log on', () => {
    const log = `2026-01-18 15:10:41,100 start\n2026-01-18 15:10:41,123 ${ACQUIRE}\n${RELEASE}\n`;
    const { events, summary } = readLog(log);
    expect(events.map((e) => e.timeUs)).toEqual([23_000, 23_000]);
    expect([summary.timedLockLines, summary.endUs]).toEqual([1, 23_000]);
    expect(summary.notes.map((n) => [n.code, n.count, n.line])).toEqual([['partly-untimed', 1, 3]]);
  });

  it('keeps the exit of another symbol apart, so that ownership can be judged', () => {
    const { events } = readLog(`${ACQUIRE}\n${RELEASE.replace('BTC', 'ETH')}\n`);
    expect(events.map((e) => [e.kind, e.symbol, e.task, e.a])).toEqual([
      [EventKind.enter, 0, 0, 1],
      [EventKind.exit, 1, 1, 1],
    ]);
  });

  it('is told from lines that only mention it', () => {
    const { events, summary } = readLog(`Total [ZMQ_LOCK_ACQUIRE] lines: 150\n${ACQUIRE}\n`);
    expect(events).toHaveLength(1);
    expect(summary.notes.map((n) => [n.code, n.line])).toContainEqual(['malformed-lock-line', 1]);
  });

  it('says that it carries locks alone when only locks were read', () => {
    const { summary } = readLog(`${ACQUIRE}\n`);
    expect([...summary.carries]).toEqual([EventKind.enter, EventKind.exit]);
    expect([summary.openHolds, summary.ledgerTotal, summary.aggregatorTotal]).toEqual([
      1,
      false,
      false,
    ]);
  });

  it('carries socket errors only when a line reports one', () => {
    const denied = readLog(`${ACQUIRE}\nNo EFSM errors\n`);
    expect(denied.summary.carries.has(EventKind.socketError)).toBe(false);
    const { events, summary } = readLog(`${ACQUIRE}\n[ERROR] [BTCUSD.s] recv failed: EFSM\n`);
    expect(summary.carries.has(EventKind.socketError)).toBe(true);
    expect(events[1]).toMatchObject({
      kind: EventKind.socketError,
      symbol: 0,
      b: SocketErrorCode.EFSM * 4 + SocketOp.receive,
    });
  });

  it('reads a count of state errors in any letters, where it is not zero', () => {
    const { summary } = readLog(`${ACQUIRE}\nefsm_errors=0\nefsm_errors=2\nEfsm errors: 1\n`);
    expect(summary.stateErrors).toBe(2);
  });

  it('counts lock lines that cannot be read, and names the first', () => {
    const half = '[ZMQ_LOCK_ACQUIRE] [A]\n[ZMQ_LOCK_RELEASE] lock_id=1\n';
    expect(readLog(`${ACQUIRE}\n${half}`).summary.unreadLockLines).toEqual({ count: 2, line: 2 });
    const patterns = [
      String.raw`^IN ?(?<symbol>\w*)(?<acquire>)`,
      String.raw`^OUT ?(?<symbol>\w*)(?<release>)`,
    ];
    const { summary } = readLog('IN A\nOUT\nIN\n', undefined, patterns);
    expect(summary.unreadLockLines).toEqual({ count: 2, line: 2 });
    expect(readLog(`${ACQUIRE}\n`).summary.unreadLockLines).toEqual({ count: 0, line: 0 });
  });

  it('counts lock lines whose time went back, and all that follow a clock set back', () => {
    const at = (time: string) => `2026-01-18 15:10:${time} ${ACQUIRE}\n`;
    const shifted = (...times: string[]) =>
      readLog(times.map(at).join('')).summary.shiftedLockLines;
    expect(shifted('41,100', '41,200', '41,200')).toBe(0);
    expect(shifted('41,100', '41,200', '41,110', '41,210')).toBe(1);
    expect(shifted('41,100', '11,200', '11,300', '59,000')).toBe(3);
  });

  it.each(['Simulated Total', 'Aggregator Total'])('counts a %s that is no number', (words) => {
    const { summary } = readLog(`${ACQUIRE}\n${words} PnL: $none\n${words} PnL: $?\n`);
    expect(summary.unreadTotals).toEqual({ count: 2, line: 2 });
    const patterns = [
      String.raw`(?<total>x)`,
      ...[String.raw`(?<symbol>I)(?<acquire>N)`, String.raw`(?<symbol>O)(?<release>U)`],
    ];
    expect(readLog('x\n', undefined, patterns).summary.unreadTotals.count).toBe(1);
  });

  it('leaves out trades that are no number, or too large to be added up exactly', () => {
    const fill = (amount: string) => `[BTCUSD.s] Signal #1: Trade executed, PnL=$${amount}\n`;
    const { events, summary } = readLog(
      fill('1.50') + fill('nan') + fill('1e15') + fill('0.125') + fill('99000000000').repeat(2_000),
    );
    const cents = events.map((event) => event.value);
    expect(cents.slice(0, 3)).toEqual([150, 12, 9_900_000_000_000]);
    expect(Number.isSafeInteger(cents.reduce((sum, value) => sum + value, 0))).toBe(true);
    expect(summary.fills).toBe(events.length);
    expect(summary.notes.find((note) => note.code === 'unreadable-amount')).toMatchObject({
      count: 2_004 - events.length,
      line: 2,
    });
  });

  it('drops a last line that was cut off, and says so', () => {
    const { events, summary, notes } = readLog(`${ACQUIRE}\n${RELEASE}`);
    expect(events).toHaveLength(1);
    expect([summary.truncated, summary.openHolds]).toEqual([true, 1]);
    expect(notes).toContain('truncated');
  });

  it('has room for as many symbols as the trace has, and no more', () => {
    const lines = Array.from(
      { length: NAMES_MAX + 1 },
      (_, at) => `[ZMQ_LOCK_ACQUIRE] [S${at}] lock_id=${at}\n`,
    );
    expect(readLog(lines.slice(0, NAMES_MAX).join('')).summary.problem).toBeUndefined();
    const { events, summary } = readLog(lines.join(''));
    expect(summary.problem?.code).toBe('too-many-symbols');
    expect(summary.problem?.message).toContain(`line ${NAMES_MAX + 1}`);
    expect(events).toHaveLength(NAMES_MAX);
  });
});

describe('what is no log', () => {
  it.each([
    ['nothing', '', 'empty-log', 'empty'],
    ['one unfinished line', 'abc', 'no-lock-lines', SAMPLE_LINE],
    ['prose', 'Dear Sir,\nno locks here.\n', 'no-lock-lines', '--pattern'],
    ['binary data', '\u0000\u0001\u0002\n\u0000', 'no-lock-lines', 'binary'],
  ])('%s has a problem that says so', (_, text, code, words) => {
    const { summary } = readLog(text);
    expect(summary.problem?.code).toBe(code);
    expect(summary.problem?.message).toContain(words);
  });

  it.each([
    ['gzip', [0x1f, 0x8b, 8, 0], 'gunzip'],
    ['zip', [0x50, 0x4b, 3, 4], 'unpack'],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 'zstd -dc'],
    ['UTF-16', [0xff, 0xfe, 0x5b, 0], 'iconv'],
  ])('%s is named, with what to do about it', (name, head, remedy) => {
    const { summary } = readLog(Uint8Array.from([...head, 1, 2, 10, 3, 10]));
    expect(summary.problem?.code).toBe('encoded-log');
    expect(summary.problem?.message).toContain(name);
    expect(summary.problem?.message).toContain(remedy);
  });
});
