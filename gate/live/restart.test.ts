/** Engine and gateway as processes that are killed in the middle of an order, and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { checksOf } from '../testing/documents.ts';
import { testFiles } from '../testing/files.ts';

const files = testFiles();
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Every signal trades, the gateway takes its time, and a busy machine is not held against it. */
const SCENARIO = {
  symbols: ['BTCUSD.s', 'ETHUSD.s'].map((name) => ({
    ...{ name, signals: 8, intervalUs: [0, 1_000] },
    market: { kind: 'reference', skipPerMillion: 0 },
  })),
  socket: { attempts: 30 },
  endpoint: { serviceUs: [150_000, 150_000] },
  acceptance: {
    ...{ symbolsMin: 1, intervalUsMax: 600_000_000, tradesPerSecondMin: 0 },
    ...{ latencyUsMax: 600_000_000, starvationUs: 600_000_000, recoveryUs: 600_000_000 },
  },
  risk: { breaker: { losses: 1_000 }, guardian: { spikes: 1_000_000, errors: 1_000_000 } },
  timeLimitUs: 60_000_000,
};

function start(
  words: readonly string[],
): ChildProcess & { stdout: NonNullable<ChildProcess['stdout']> } {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', ...words], {
    env: { PATH, HOME, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function startGateway(scenario: string, state: string, port: string) {
  const place = ['--port', port, '--pub', '0', '--scenario', scenario, '--state', state];
  const child = start(['bridge/gateway/main.ts', ...place]);
  for await (const line of createInterface({ input: child.stdout })) {
    const [, address, itsPort] = /^REP (tcp:.*:(\d+))$/.exec(line) ?? [];
    if (address !== undefined && itsPort !== undefined) return { child, address, port: itsPort };
  }
  throw new Error('expected the gateway to say where it listens');
}

/** Waits until the engine has an order on record, and so on its way. */
async function orderOnItsWay(state: string, engine: ChildProcess): Promise<void> {
  const journal = join(state, 'engine.journal');
  const seen = (): boolean =>
    existsSync(journal) && readFileSync(journal, 'utf8').includes('"executions":2');
  while (!seen() || !lastOpen(journal)) {
    if (engine.exitCode !== null) throw new Error('expected the engine to be still running');
    await delay(1);
  }
}

/** Whether the last word on some symbol is that an order of it is open. */
function lastOpen(journal: string): boolean {
  const last = readFileSync(journal, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  return last.includes('"open":{');
}

async function documentOf(child: ReturnType<typeof start>): Promise<Record<string, unknown>> {
  let text = '';
  for await (const piece of child.stdout.setEncoding('utf8')) text += String(piece);
  return JSON.parse(text) as Record<string, unknown>;
}

describe.each([
  ['the engine', false],
  ['the engine and its gateway', true],
] as const)('%s, killed in the middle of an order', (name, both) => {
  it('go on where they were: the order is asked about first, the books agree', async () => {
    const scenario = files.write(`${name}.json`, JSON.stringify(SCENARIO));
    const state = join(files.directory, `${name} state`);
    const books = join(files.directory, `${name} books`);
    const first = await startGateway(scenario, books, '0');
    const live = (address: string): ReturnType<typeof start> =>
      start([
        ...['gate/main.ts', 'live', scenario, '--endpoint', address, '--allow-trade'],
        ...['--state', state, '--json'],
      ]);
    const engine = live(first.address);
    await orderOnItsWay(state, engine);
    await killed(engine);
    if (both) await killed(first.child);
    const { address } = both ? await startGateway(scenario, books, first.port) : first;
    const document = await documentOf(live(address));
    const open = checksOf(document).filter(({ verdict }) => verdict !== 'passed');
    expect(open.map(({ id, evidence }) => [id, evidence[0]?.text])).toEqual([]);
    expect(document).toMatchObject({ verdict: 'passed', complete: true, replayable: false });
    const resumed = document['resumed'] as { openOrders: string[]; executions: number };
    expect(resumed.openOrders).toHaveLength(1);
    expect(resumed.executions).toBeGreaterThanOrEqual(2);
    const ledger = checksOf(document).find(({ id }) => id === 'pnl.ledger');
    expect(ledger?.examined).toBe(1);
  });
});
