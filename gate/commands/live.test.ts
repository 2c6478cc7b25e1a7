/** `lab live` on real sockets: documents, pages, refusals, interrupts, files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../sim/index.ts';
import { checksOf, errorOf, violatedIn } from '../testing/documents.ts';
import { runJson, runLab } from '../testing/fake-shell.ts';
import { testFiles } from '../testing/files.ts';

const files = testFiles();

/** Thresholds that a busy machine does not decide. */
const PATIENT = {
  symbols: ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'].map((name) => ({
    ...{ name, signals: 15, intervalUs: [0, 2_000] },
  })),
  acceptance: {
    ...{ intervalUsMax: 600_000_000, tradesPerSecondMin: 0, latencyUsMax: 600_000_000 },
    ...{ starvationUs: 600_000_000, recoveryUs: 600_000_000, symbolsMin: 1 },
  },
  risk: { breaker: { losses: 1_000 }, guardian: { spikes: 1_000_000, errors: 1_000_000 } },
};

const patient = files.write('patient.json', JSON.stringify(PATIENT));

describe('lab live', () => {
  it('starts a gateway of its own, runs over its socket, and gives the document of a run', async () => {
    const { status, document } = await runJson(['live', patient]);
    expect(violatedIn(document)).toEqual([]);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      verdict: 'passed',
      source: 'live',
      replayable: false,
      gateway: 'reference',
      digest: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      lock: { acquires: 45, releases: 45, maxHolders: 1 },
      ticks: 45,
      orders: { sent: true, why: [] },
      scenario: { socket: { profile: 'zeromq.js' } },
    });
    expect(checksOf(document).map(({ id }) => id)).toEqual([...CHECK_IDS]);
    expect(document['endpoint']).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
    const intervals = document['intervals'] as Record<string, unknown>;
    expect(intervals['BTCUSD.s']).toMatchObject({ asked: [0, 2_000], achieved: { samples: 14 } });
  });

  it('goes through the bridge where that is asked for, and trades there', async () => {
    const { status, document } = await runJson(['live', patient, '--bridge']);
    expect(violatedIn(document)).toEqual([]);
    expect(status).toBe(0);
    expect(document).toMatchObject({ bridge: true, gateway: 'reference', orders: { sent: true } });
    expect(document['endpoint']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(document['trades']).toBeGreaterThan(5);
    const { out } = await runLab(['live', patient, '--bridge']);
    expect(out).toMatch(/Recorded in real time through the bridge at\s+http/);
  });

  it('prints the page of a run, and says that it is a recording', async () => {
    const { status, out } = await runLab(['live', patient]);
    expect(status).toBe(0);
    expect(out).toContain('Passed on this recording. Never more than 1 holder. Not a proof.');
    expect(out).toMatch(
      /Recorded in real time over the reference gateway at\s+tcp:\/\/127\.0\.0\.1:/,
    );
    expect(out).toContain('not replayable');
    expect(out).toMatch(/Intervals +ms, as achieved/);
    for (let row = 1; row <= 7; row++) expect(out).toMatch(new RegExp(`^ +A${row} `, 'm'));
    expect(out).toContain(`Again   npm run -s lab -- live ${patient}\n`);
  });

  it('with a faulty lock shows what the real socket answered, and exits with the violation', async () => {
    const { status, out } = await runLab(['live', patient, '--lock', 'none']);
    expect(status).toBe(1);
    expect(out).toMatch(/socket\.alternation +\d+ violations?/);
    expect(out).toMatch(/could not (send|receive) on the socket at [\d.]+ ms: E(BUSY|FSM)/);
    expect(out).toContain('First violation');
  });

  it('keeps expectations', async () => {
    const words = ['live', patient, '--lock', 'none', '--expect'];
    expect((await runLab([...words, 'violated:lock.exclusion,socket.alternation'])).status).toBe(0);
    expect((await runLab([...words, 'passed'])).status).toBe(1);
  });

  it('leaves the files of a run, and the log judges as the recording did', async () => {
    const directory = join(files.directory, 'live out');
    const { status, document } = await runJson([
      'live',
      patient,
      '--lock',
      'none',
      '--out',
      directory,
    ]);
    expect(status).toBe(1);
    const log = readFileSync(join(directory, 'run.log'), 'utf8');
    expect(log).toContain('[ZMQ_LOCK_ACQUIRE] [BTCUSD.s]');
    const judged = await runJson(['check-log', join(directory, 'run.log')]);
    const count = (of: Record<string, unknown>): number | undefined =>
      checksOf(of).find(({ id }) => id === 'lock.exclusion')?.count;
    expect(count(judged.document)).toBe(count(document));
    expect(existsSync(join(directory, 'trace.pftrace'))).toBe(true);
    const result = JSON.parse(readFileSync(join(directory, 'result.json'), 'utf8')) as object;
    expect(result).toMatchObject({ source: 'live' });
  });

  it('lasts as long as asked for', async () => {
    const { document } = await runJson([
      'live',
      patient,
      '--seconds',
      '1',
      '--symbols',
      'BTCUSD.s',
    ]);
    expect(document['elapsedUs']).toBeGreaterThanOrEqual(999_000);
    expect(document['elapsedUs']).toBeLessThan(20_000_000);
  });

  it('when interrupted judges what was recorded', async () => {
    const words = ['live', patient, '--seconds', '3600'];
    const { status, out } = await runLab(words, { interruptAfter: 3 });
    expect(status).toBe(3);
    expect(out).toContain('Cancelled: only the first 0 % were judged.');
  });

  it.each([
    [['--endpoint', 'http://127.0.0.1:5555'], 'bad-endpoint'],
    [['--endpoint', 'tcp://127.0.0.1:0'], 'bad-endpoint'],
    [['--endpoint', 'tcp://gateway.example.com:5555'], 'unencrypted'],
    [['--ticks', 'tcp://127.0.0.1:5556'], 'usage'],
    [['--bridge', '--endpoint', 'tcp://127.0.0.1:5555'], 'usage'],
    [['--lock', 'padlock'], 'scenario-invalid'],
    [['--seconds', '0'], 'usage'],
    [['--expect', 'violated:nothing'], 'bad-expectation'],
  ])('refuses %j', async (words, code) => {
    const { status, document } = await runJson(['live', patient, ...words]);
    expect(status).toBe(2);
    expect(errorOf(document).code).toBe(code);
  });
});

/** A gateway of ours behind an address, as somebody's own would be. */
describe("lab live over somebody's own gateway", () => {
  it('reads only without permission, and with it still sends no order behind a faulty lock', async () => {
    const { spawn } = await import('node:child_process');
    const words = ['--import', 'tsx', 'bridge/gateway/main.ts', '--port', '0', '--pub', '0'];
    const gateway = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const address = await new Promise<string>((resolve) => {
        gateway.stdout.on('data', (piece: Buffer) => {
          const found = /^REP (\S+)$/m.exec(piece.toString())?.[1];
          if (found !== undefined) resolve(found);
        });
      });
      const live = ['live', patient, '--endpoint', address];
      const reading = await runJson(live);
      expect(reading.document).toMatchObject({
        ...{ verdict: 'passed', trades: 0, gateway: 'own' },
        orders: { sent: false, why: ['orders need --allow-trade'] },
      });
      const faulty = await runLab([...live, '--allow-trade', '--lock', 'none', '--json']);
      expect(faulty.notes).toContain('orders are refused, because the lock none is faulty');
      const document = JSON.parse(faulty.out) as Record<string, unknown>;
      expect(document).toMatchObject({ trades: 0, orders: { sent: false } });
      expect(violatedIn(document)).toContain('socket.alternation');
      const state = join(files.directory, 'state of own');
      const trading = await runJson([...live, '--allow-trade', '--state', state]);
      expect(violatedIn(trading.document)).toEqual([]);
      expect(trading.document['trades']).toBeGreaterThan(5);
      expect(existsSync(join(state, 'engine.journal'))).toBe(true);
    } finally {
      gateway.kill();
    }
  });
});
