/**
 * The engine over real sockets and the reference gateway: sound, faulty, under faults, cut short.
 */
import { describe, expect, it } from 'vitest';
import { EventKind, FaultKind, SocketErrorCode } from '../../sim/index.ts';
import { checkIn, complaintsOf, countOf, liveTestScenario, runLive } from './testing/run-live.ts';

describe('a live run over the reference gateway', () => {
  it('passes every check, with exact books', async () => {
    const lived = await runLive(liveTestScenario({}));
    expect(complaintsOf(lived)).toEqual([]);
    expect(lived.run.verdict).toBe('passed');
    expect(lived.run).toMatchObject({ complete: true, ticks: 60 });
    expect(lived.run.lock).toMatchObject({ acquires: 60, releases: 60, maxHolders: 1 });
    expect(lived.run.pnl.difference).toBe('0.00');
    expect(checkIn(lived, 'pnl.ledger').examined).toBeGreaterThan(0);
    expect(checkIn(lived, 'socket.alternation').examined).toBeGreaterThanOrEqual(120);
    expect(lived.unreadable).toEqual({ count: 0, first: undefined });
  });

  it('trades what the simulated run trades: the same orders earn the same', async () => {
    const { runScenario } = await import('../../sim/index.ts');
    const scenario = liveTestScenario({});
    const simulated = runScenario(scenario, { keepTrace: false });
    const lived = await runLive(scenario);
    expect(lived.run.trades).toBe(simulated.trades);
    expect(lived.run.pnl.ledgerTotal).toBe(simulated.pnl.ledgerTotal);
    expect(lived.run.pnl.symbols.map(({ ledger }) => ledger)).toEqual(
      simulated.pnl.symbols.map(({ ledger }) => ledger),
    );
  });

  it('keeps positions open and closes them on a market that moves', async () => {
    const symbols = ['BTCUSD.s', 'ETHUSD.s'].map((name) => ({
      ...{ name, signals: 30, intervalUs: [1_000, 3_000] },
      market: { kind: 'random-walk' },
    }));
    const lived = await runLive(liveTestScenario({ symbols, engine: { queryFirst: true } }));
    expect(complaintsOf(lived)).toEqual([]);
    expect(checkIn(lived, 'risk.close-allowed').examined).toBeGreaterThan(0);
  });
});

describe('a faulty lock around a real socket', () => {
  const crowd = {
    symbols: Array.from({ length: 6 }, (_, n) => ({
      ...{ name: `S${n}`, signals: 30, intervalUs: [0, 1_000] },
    })),
    endpoint: { serviceUs: [1_000, 3_000] },
  };

  it('of none makes the socket itself answer EBUSY, and the trace shows it', async () => {
    const lived = await runLive(liveTestScenario({ ...crowd, lock: { name: 'none' } }));
    const errors = lived.events.filter(({ kind }) => kind === EventKind.socketError);
    expect(errors.some(({ b }) => b >>> 2 === SocketErrorCode.EBUSY)).toBe(true);
    expect(checkIn(lived, 'socket.alternation').verdict).toBe('violated');
    expect(checkIn(lived, 'lock.exclusion').verdict).toBe('violated');
    expect(lived.run.lock.maxHolders).toBeGreaterThan(1);
  });

  it('with no time to wait makes it answer EFSM', async () => {
    // A wait of less than a millisecond is the shortest that zeromq.js has.
    const socket = { sendTimeoutUs: 1 };
    const lived = await runLive(liveTestScenario({ ...crowd, socket, lock: { name: 'none' } }));
    const errors = lived.events.filter(({ kind }) => kind === EventKind.socketError);
    expect(errors.some(({ b }) => b >>> 2 === SocketErrorCode.EFSM)).toBe(true);
    expect(checkIn(lived, 'socket.alternation').verdict).toBe('violated');
  });

  it('and a sound one in the same crowd keeps the socket in turn', async () => {
    const lived = await runLive(liveTestScenario(crowd));
    expect(complaintsOf(lived)).toEqual([]);
    expect(countOf(lived, EventKind.socketError)).toBe(0);
    expect(lived.run.lock.waitUs.samples).toBe(180);
  });
});

describe('faults over real sockets', () => {
  const impatient = { receiveTimeoutUs: 60_000, attempts: 5 };

  it('of messages lost and doubled: no order twice, none unanswered, books exact', async () => {
    const faults = {
      dropRequestPerMillion: 60_000,
      dropReplyPerMillion: 100_000,
      duplicatePerMillion: 60_000,
    };
    const lived = await runLive(liveTestScenario({ socket: impatient, endpoint: { faults } }));
    expect(complaintsOf(lived)).toEqual([]);
    expect(countOf(lived, EventKind.unknown)).toBeGreaterThan(0);
    expect(countOf(lived, EventKind.resolve)).toBe(countOf(lived, EventKind.unknown));
    expect(checkIn(lived, 'socket.recovery').examined).toBeGreaterThan(0);
    expect(lived.run.pnl.difference).toBe('0.00');
  });

  it('of replies later than the time-out: the late one reaches nobody', async () => {
    const faults = { delayPerMillion: 200_000, delayUs: [80_000, 120_000] };
    const lived = await runLive(liveTestScenario({ socket: impatient, endpoint: { faults } }));
    expect(complaintsOf(lived)).toEqual([]);
    expect(
      lived.events.some(({ kind, a }) => kind === EventKind.fault && a === FaultKind.delay),
    ).toBe(true);
  });

  it('of a gateway that dies in the middle and comes back: the engine goes on', async () => {
    const faults = { crashes: [{ atUs: 150_000, forUs: 120_000 }] };
    const lived = await runLive(liveTestScenario({ socket: impatient, endpoint: { faults } }));
    expect(complaintsOf(lived)).toEqual([]);
    const back = lived.events.find(
      ({ kind, a }) => kind === EventKind.fault && a === FaultKind.restart,
    );
    const later = lived.events.filter(
      ({ kind, timeUs }) => kind === EventKind.receive && timeUs > (back?.timeUs ?? Infinity),
    );
    expect(later.length).toBeGreaterThan(10);
    expect(countOf(lived, EventKind.socketError)).toBeGreaterThan(0);
  });

  it('of a gateway that serves once a period: every reply waits for it', async () => {
    const symbols = [{ name: 'BTCUSD.s', signals: 3, intervalUs: [0, 1_000] }];
    const lived = await runLive(liveTestScenario({ symbols, endpoint: { pumpUs: 150_000 } }));
    expect(complaintsOf(lived)).toEqual([]);
    expect(lived.run.elapsedUs).toBeGreaterThanOrEqual(450_000);
  });

  it('of a client that never opens its socket anew: it stays out of turn, and that is found', async () => {
    const socket = {
      receiveTimeoutUs: 60_000,
      sendTimeoutUs: 20_000,
      attempts: 1,
      reopen: 'not-after-last',
    };
    const endpoint = { faults: { dropReplyPerMillion: 300_000 } };
    const lived = await runLive(liveTestScenario({ socket, endpoint }));
    expect(checkIn(lived, 'socket.recovery').verdict).toBe('violated');
    expect(
      lived.events.some(
        ({ kind, b }) => kind === EventKind.socketError && b >>> 2 === SocketErrorCode.EFSM,
      ),
    ).toBe(true);
  });
});

describe('a live run that is stopped', () => {
  it('ends at once and is judged as far as it went', async () => {
    let stoppedMs = Infinity;
    const symbols = [{ name: 'BTCUSD.s', signals: 100_000, intervalUs: [1_000, 2_000] }];
    const lived = await runLive(liveTestScenario({ symbols }), {
      meanwhile: (session) => {
        setTimeout(() => {
          stoppedMs = performance.now();
          session.stop();
        }, 200);
      },
    });
    expect(performance.now() - stoppedMs).toBeLessThan(5_000);
    expect(lived.run.complete).toBe(false);
    expect(lived.run.verdict).toBe('inconclusive');
  });

  it('by a lock that lets nobody in any more is stuck, and says so', async () => {
    const lived = await runLive(liveTestScenario({ lock: { name: 'stays-shut' } }));
    expect(checkIn(lived, 'lock.lost-wakeup').verdict).toBe('violated');
  });
});
