import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BreakerState,
  DrawdownState,
  EventKind,
  FaultKind,
  GuardianReason,
  NONE,
  ObjectId,
  RejectReason,
  RunEnd,
  SocketErrorCode,
  SocketOp,
} from '../event.ts';
import { Recorder } from '../recorder.ts';
import type { Segment } from '../segment.ts';
import { lockId } from './lock-id.ts';
import { overlapsIn, readLog } from './testing.ts';
import { logText, type LogOptions, LogWriter, PIECE_LENGTH } from './writer.ts';

const OPTIONS: LogOptions = {
  symbolNames: ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'],
  taskNames: ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s', 'heart beat'],
  epochMs: 1_768_749_041_123,
  seed: 127,
};

type Stamp = readonly [
  gapUs: number,
  kind: EventKind,
  task: number,
  symbol: number,
  object: number,
  a: number,
  b: number,
  value: number,
];

function traceOf(stamps: readonly Stamp[]): readonly Segment[] {
  const recorder = new Recorder({ keep: true, readers: [], capacity: 16 });
  for (const [gapUs, ...stamp] of stamps) {
    recorder.nowUs += gapUs;
    recorder.stamp(...stamp);
  }
  recorder.finish();
  return recorder.segments;
}

function write(stamps: readonly Stamp[], options: Partial<LogOptions> = {}): string {
  return [...logText(traceOf(stamps), { ...OPTIONS, ...options })].join('');
}

const { socket, aggregator, sideSocket } = ObjectId;
const enter = (gapUs: number, symbol: number, hold: number): Stamp => [
  gapUs,
  EventKind.enter,
  symbol,
  symbol,
  socket,
  hold,
  0,
  0,
];
const exit = (gapUs: number, symbol: number, hold: number): Stamp => [
  gapUs,
  EventKind.exit,
  symbol,
  symbol,
  socket,
  hold,
  0,
  0,
];

describe('a written log', () => {
  it('has the form of the reference', () => {
    const log = write([
      [0, EventKind.signal, 0, 0, NONE, 7, 1, 0],
      enter(1_999, 0, 1),
      [0, EventKind.order, 0, 0, NONE, 1, 2, 39],
      [3_000, EventKind.fill, 4, 0, NONE, 1, 9, 1_809],
      [0, EventKind.metrics, 0, 0, NONE, 1, 0, 1_809],
      exit(1, 0, 1),
      [900_000, EventKind.total, 0, NONE, NONE, 0, 0, 1_809],
    ]);
    const id = lockId(127, 1);
    expect(log.split('\n')).toEqual([
      '2026-01-18 15:10:41,123 - [INFO] - Launching 3 concurrent signal streams',
      '2026-01-18 15:10:41,123 - [INFO] - Starting signal simulation: BTCUSD.s',
      '2026-01-18 15:10:41,123 - [INFO] - Starting signal simulation: ETHUSD.s',
      '2026-01-18 15:10:41,123 - [INFO] - Starting signal simulation: XAUUSD.s',
      `2026-01-18 15:10:41,124 - [DEBUG] - [ZMQ_LOCK_ACQUIRE] [BTCUSD.s] lock_id=${id} access#1`,
      '2026-01-18 15:10:41,127 - [DEBUG] -   [BTCUSD.s] Signal #7: Trade executed, PnL=$18.09',
      '2026-01-18 15:10:41,127 - [INFO] -   [BTCUSD.s] Trades: 1, PnL: $18.09, ' +
        'Exposure: 0.39%, Win Rate: 100.00%',
      `2026-01-18 15:10:41,128 - [DEBUG] - [ZMQ_LOCK_RELEASE] [BTCUSD.s] lock_id=${id}`,
      '2026-01-18 15:10:42,028 - [INFO] -   [BTCUSD.s] Completed: 1 trades, PnL=$18.09',
      '2026-01-18 15:10:42,028 - [INFO] -   [ETHUSD.s] Completed: 0 trades, PnL=$0.00',
      '2026-01-18 15:10:42,028 - [INFO] -   [XAUUSD.s] Completed: 0 trades, PnL=$0.00',
      '2026-01-18 15:10:42,028 - [INFO] - Stress Test Report',
      '2026-01-18 15:10:42,028 - [INFO] -   Total lock events: 2',
      '2026-01-18 15:10:42,028 - [INFO] -   [BTCUSD.s]: Trades=1, PnL=$18.09, ' +
        'Exposure=0.39, WinRate=100.00%',
      '2026-01-18 15:10:42,028 - [INFO] -   [ETHUSD.s]: Trades=0, PnL=$0.00, ' +
        'Exposure=0.00, WinRate=0.00%',
      '2026-01-18 15:10:42,028 - [INFO] -   [XAUUSD.s]: Trades=0, PnL=$0.00, ' +
        'Exposure=0.00, WinRate=0.00%',
      '2026-01-18 15:10:42,028 - [INFO] -   Simulated Total PnL: $18.09',
      '2026-01-18 15:10:42,028 - [INFO] -   Aggregator Total PnL: $18.09',
      '2026-01-18 15:10:42,028 - [INFO] -   PnL Match: Difference = $0.00',
      '',
    ]);
  });

  it('read again has the same enters and exits, to the millisecond', () => {
    const step = fc.record({ gapUs: fc.nat(5_000_000), symbol: fc.nat(2), exits: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(), (steps, seed) => {
        const open: number[] = [];
        const stamps = steps.map(({ gapUs, symbol, exits }, at) => {
          const hold = exits ? open.shift() : undefined;
          if (hold !== undefined) return exit(gapUs, hold % 3, hold);
          open.push(at * 3 + symbol);
          return enter(gapUs, symbol, at * 3 + symbol);
        });
        const { events, summary, notes } = readLog(write(stamps, { seed }), 50);
        const numbers = new Map<number, number>();
        const read = events
          .filter((e) => e.kind === EventKind.enter || e.kind === EventKind.exit)
          .map((e) => [e.kind, summary.symbolNames[e.symbol], e.timeUs, e.a]);
        let nowUs = 0;
        const written = stamps.map(([gapUs, kind, , symbol, , hold]) => {
          nowUs += gapUs;
          if (kind === EventKind.enter) numbers.set(hold, numbers.size + 1);
          const name = OPTIONS.symbolNames[symbol];
          return [kind, name, Math.floor(nowUs / 1_000) * 1_000, numbers.get(hold)];
        });
        expect(read).toEqual(written);
        expect([summary.openHolds, notes]).toEqual([open.length, []]);
      }),
    );
  });

  it('read again has the same overlaps and totals', () => {
    const { events, summary } = readLog(
      write([
        enter(0, 0, 1),
        enter(1_000, 1, 2),
        [0, EventKind.fill, 1, 1, NONE, 1, 0, -6_280],
        exit(1_000, 0, 1),
        [0, EventKind.fill, 0, 0, NONE, 2, 0, 10_000],
        exit(1_000, 1, 2),
        [0, EventKind.total, 0, NONE, NONE, 0, 0, 10_000],
      ]),
    );
    expect(overlapsIn(events)).toEqual({ overlaps: 1, holders: 2 });
    expect(events.filter((e) => e.kind === EventKind.fill).map((e) => e.value)).toEqual([
      -6_280, 10_000,
    ]);
    const account = events.filter((e) => e.symbol === NONE).map((e) => [e.kind, e.value]);
    expect(account).toEqual([
      [EventKind.books, 3_720],
      [EventKind.total, 10_000],
    ]);
    expect([summary.ledgerTotal, summary.aggregatorTotal]).toEqual([true, true]);
  });

  it('prints what a float made of a total to its last digit, and reads it as that', () => {
    const sum = 0.1 + 0.2;
    const log = write([
      [0, EventKind.fill, 0, 0, NONE, 1, 0, 30],
      [0, EventKind.metrics, 0, 0, 1, 1, 0, sum],
      [0, EventKind.total, 0, NONE, NONE, 0, 1, sum],
    ]);
    expect(log).toContain('Trades: 1, PnL: $0.30, ');
    expect(log).toMatch(/Aggregator Total PnL: \$0\.3000000000000000444\d+\n/);
    expect(log).toMatch(
      /\[WARNING\] - {3}PnL Mismatch: Difference = \$0\.0000000000000000444\d+\n/,
    );
    const { events } = readLog(log);
    expect(events.at(-1)).toMatchObject({ kind: EventKind.total, b: 1, value: sum });
  });

  it('shows a total that is no number at all', () => {
    const log = write([[0, EventKind.total, 0, NONE, NONE, 0, 1, Number.NaN]]);
    expect(log).toContain('Aggregator Total PnL: $NaN\n');
    expect(readLog(log).events.at(-1)).toMatchObject({ kind: EventKind.total, b: 1, value: NaN });
  });

  it('leaves out a total that the run never came to', () => {
    const { summary } = readLog(write([enter(0, 0, 1)]));
    expect([summary.ledgerTotal, summary.aggregatorTotal]).toEqual([true, false]);
  });

  it('has no final report when the run got stuck, lest it pass for the last word', () => {
    const stuck: readonly Stamp[] = [
      [0, EventKind.fill, 0, 0, NONE, 1, 0, 100],
      [0, EventKind.total, 0, NONE, NONE, 0, 0, 0],
      [5, EventKind.end, 0, NONE, NONE, 2, RunEnd.stuck, 0],
    ];
    const log = write(stuck);
    expect(log).toMatch(/Run ended: stuck, 2 tasks still waiting\n$/);
    const { summary } = readLog(log);
    expect([summary.fills, summary.ledgerTotal, summary.aggregatorTotal]).toEqual([
      1,
      false,
      false,
    ]);
  });

  it('holds only what happens at the guarded socket', () => {
    const { events } = readLog(
      write([
        [0, EventKind.enter, 0, 0, aggregator, 1, 0, 0],
        [0, EventKind.exit, 0, 0, aggregator, 1, 0, 0],
        [0, EventKind.socketError, 0, 0, sideSocket, 0, SocketErrorCode.EFSM * 4, 0],
        [0, EventKind.enter, 3, NONE, socket, 2, 0, 0],
      ]),
    );
    expect(events.map((e) => e.kind).filter((kind) => kind !== EventKind.books)).toEqual([
      EventKind.enter,
    ]);
  });

  it('names whoever holds without a symbol by its task', () => {
    const { summary } = readLog(
      write([
        [0, EventKind.enter, 3, NONE, socket, 1, 0, 0],
        [0, EventKind.enter, 9, NONE, socket, 2, 0, 0],
      ]),
    );
    expect(summary.symbolNames.slice(0, 2)).toEqual(['heart_beat', 'task-9']);
  });
});

/** One of everything that is no socket error. */
const CALM: readonly Stamp[] = [
  [0, EventKind.socketOpen, 0, NONE, socket, 0, 0, 0],
  [0, EventKind.socketClose, 0, NONE, socket, 0, 0, 0],
  [0, EventKind.timeout, 0, 0, socket, 1, 0, 0],
  [0, EventKind.cancel, 0, 0, socket, 1, 0, 0],
  ...Object.values(RejectReason).map((reason): Stamp => [
    0,
    EventKind.reject,
    0,
    0,
    NONE,
    1,
    reason * 2 + 1,
    0,
  ]),
  [0, EventKind.unknown, 0, 0, NONE, 1, 0, 0],
  [0, EventKind.resolve, 0, 0, NONE, 1, 1, 0],
  ...Object.values(BreakerState).map((state): Stamp => [
    0,
    EventKind.breaker,
    0,
    NONE,
    NONE,
    0,
    state,
    0,
  ]),
  ...Object.values(DrawdownState).map((state): Stamp => [
    0,
    EventKind.drawdown,
    0,
    NONE,
    NONE,
    0,
    state,
    0,
  ]),
  ...Object.values(GuardianReason).map((reason): Stamp => [
    0,
    EventKind.guardian,
    0,
    NONE,
    NONE,
    reason,
    4,
    0,
  ]),
  ...Object.values(FaultKind).map((fault): Stamp => [
    0,
    EventKind.fault,
    0,
    NONE,
    NONE,
    fault,
    0,
    0,
  ]),
  [0, EventKind.send, 0, 0, socket, 1, 2, 0],
  [0, EventKind.receive, 0, 0, socket, 1, 3, 0],
  [0, EventKind.fill, 0, 0, NONE, 1, 0, 100],
  [0, EventKind.total, 0, NONE, NONE, 0, 0, 1],
  ...Object.values(RunEnd).map((end): Stamp => [0, EventKind.end, 0, NONE, NONE, 0, end, 0]),
];

describe("the reference's own search", () => {
  const WORDS = /ERROR|CRITICAL|RACE_CONDITION|EFSM/i;

  it('finds nothing in a log without socket errors, whatever else happens', () => {
    expect(write(CALM)).not.toMatch(WORDS);
    expect(readLog(write(CALM)).summary.stateErrors).toBe(0);
  });

  it('finds nothing for a time-out, which is part of the plan', () => {
    const b = SocketErrorCode.EAGAIN * 4 + SocketOp.receive;
    const log = write([[0, EventKind.socketError, 0, 0, socket, 1, b, 0]]);
    expect(log).toContain('[BTCUSD.s] ZMQ receive timed out: [EAGAIN]');
    expect(log).not.toMatch(WORDS);
  });

  it.each([
    ['EFSM', 'Operation cannot be accomplished in current state', 1],
    ['EBUSY', 'Device or resource busy', 1],
    ['EBADF', 'Bad file descriptor', 0],
    ['ETERM', 'Context was terminated', 0],
  ] as const)('finds %s, and the reader those of the state', (code, words, stateErrors) => {
    const b = SocketErrorCode[code] * 4 + SocketOp.send;
    const log = write([enter(0, 0, 1), [0, EventKind.socketError, 0, 0, socket, 1, b, 0]]);
    expect(log).toContain(`- [ERROR] -   [BTCUSD.s] ZMQ send failed: [${code}] ${words}`);
    const { events, summary } = readLog(log);
    expect(summary.stateErrors).toBe(stateErrors);
    expect(
      events.filter((e) => e.kind === EventKind.socketError).map((e) => [e.symbol, e.b]),
    ).toEqual(stateErrors === 1 ? [[0, b]] : []);
  });
});

describe('lock ids', () => {
  it('are eight hex digits and never repeat within a run', () => {
    for (const seed of [0, 127, Number.MAX_SAFE_INTEGER]) {
      const holds = Array.from({ length: 20_000 }, (_, at) => (at < 10_000 ? at : at * 214_748));
      const ids = holds.map((hold) => lockId(seed, hold));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every((id) => /^[0-9a-f]{8}$/.test(id))).toBe(true);
    }
  });

  it('differ from run to run', () => {
    expect(lockId(1, 1)).not.toBe(lockId(2, 1));
    expect(lockId(1, 1)).not.toBe(lockId(1 + 0x1_0000_0000, 1));
  });
});

describe('the writer', () => {
  it('hands its text over in pieces and keeps none', () => {
    const pieces: number[] = [];
    const writer = new LogWriter(OPTIONS, (text) => pieces.push(text.length));
    const recorder = new Recorder({ keep: false, readers: [writer.read] });
    for (let hold = 0; hold < 20_000; hold++) {
      recorder.nowUs += 700;
      recorder.stamp(EventKind.enter, hold % 3, hold % 3, socket, hold, 0, 0);
      recorder.stamp(EventKind.exit, hold % 3, hold % 3, socket, hold, 0, 0);
    }
    recorder.finish();
    writer.finish();
    expect(pieces.length).toBeGreaterThan(40);
    expect(Math.max(...pieces)).toBeLessThan(PIECE_LENGTH + 1_000);
  });
});
