/**
 * The logger for Python is run by a real python3 over asyncio, and its output judged by the reader.
 *
 * Tasks hand over at `sleep(0)`, so the interleaving is asyncio's own and the same every time.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EventKind } from '../../sim/index.ts';
import { overlapsIn, readLog } from '../../sim/trace/log/testing.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SYMBOLS = 3;
const ROUNDS = 25;

/** A small engine; its argument says how it enters its critical section. */
const ENGINE = `
import asyncio, contextlib, sys
import interlock_log

interlock_log.start()
lock = asyncio.Lock()

async def acquire_lock():
    async with lock:
        return

@contextlib.asynccontextmanager
async def escaping():
    await acquire_lock()
    yield

@contextlib.asynccontextmanager
async def none():
    yield

GUARDS = {'exclusive': lambda: lock, 'escaping': escaping, 'none': none}

async def loop(symbol, guard):
    for number in range(${ROUNDS}):
        async with guard():
            with interlock_log.using(symbol):
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                interlock_log.filled(symbol, number, number - 10.25)
        await asyncio.sleep(0)

async def main(guard):
    await asyncio.gather(*(loop(s, guard) for s in ('BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s')))
    interlock_log.totals(131.25, 131.25)

async def fail():
    with contextlib.suppress(RuntimeError):
        with interlock_log.using('BTCUSD.s'):
            raise RuntimeError('the gateway is gone')

async def killed():
    with interlock_log.using('BTCUSD.s'):
        import os
        os._exit(0)

name = sys.argv[1]
asyncio.run({'fail': fail, 'killed': killed}[name]() if name in ('fail', 'killed')
            else main(GUARDS[name]))
`;

function runPython(name: string): string {
  const run = spawnSync('python3', ['-c', ENGINE, name], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: HERE, PYTHONDONTWRITEBYTECODE: '1' },
    timeout: 20_000,
  });
  if (run.error !== undefined) {
    throw new Error(
      'expected python3 on the PATH, to test the logger with a real asyncio; ' +
        `got ${run.error.message}; install it (Debian: apt-get install python3)`,
    );
  }
  if (run.status !== 0) throw new Error(`expected the engine to end well, got:\n${run.stderr}`);
  return run.stderr;
}

describe('a Python engine that uses the logger', () => {
  it('writes a pair for every critical section, in the accepted form', () => {
    const log = runPython('exclusive');
    const { summary, notes } = readLog(log);
    expect([summary.enters, summary.exits]).toEqual([SYMBOLS * ROUNDS, SYMBOLS * ROUNDS]);
    expect([summary.openHolds, summary.timedLockLines]).toEqual([0, 2 * SYMBOLS * ROUNDS]);
    expect([summary.fills, summary.ledgerTotal, summary.aggregatorTotal]).toEqual([75, true, true]);
    expect([...summary.symbolNames].sort()).toEqual(['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s']);
    expect(notes).toEqual([]);
    const [first = ''] = log.split('\n');
    expect(first).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - \[DEBUG\] - \[ZMQ_LOCK_ACQUIRE\]/,
    );
    expect(first).toMatch(/\[BTCUSD\.s\] lock_id=[0-9a-f]{8} access#1$/);
  });

  it('has no overlap when its lock excludes', () => {
    const { events } = readLog(runPython('exclusive'));
    expect(overlapsIn(events)).toEqual({ overlaps: 0, holders: 1 });
  });

  it.each(['escaping', 'none'])('is found out when its lock is %s', (guard) => {
    const { events, summary } = readLog(runPython(guard));
    const { overlaps, holders } = overlapsIn(events);
    expect([summary.enters, summary.exits]).toEqual([SYMBOLS * ROUNDS, SYMBOLS * ROUNDS]);
    expect(holders).toBe(SYMBOLS);
    expect(overlaps).toBe((SYMBOLS - 1) * ROUNDS);
  });

  it('logs the end of a critical section that fails', () => {
    const { events } = readLog(runPython('fail'));
    expect(events.map((e) => e.kind)).toEqual([EventKind.enter, EventKind.exit]);
  });

  it('leaves a hold open when it is killed inside', () => {
    expect(readLog(runPython('killed')).summary.openHolds).toBe(1);
  });
});

describe('what the page tells people to paste', () => {
  it('names functions that the logger has', () => {
    const code = readFileSync(`${HERE}interlock_log.py`, 'utf8');
    const page = readFileSync(`${HERE}README.md`, 'utf8');
    const named = [...page.matchAll(/interlock_log\.(\w+)\(/g)].map((match) => match[1]);
    expect(new Set(named)).toEqual(new Set(['start', 'using', 'totals', 'filled']));
    for (const name of named) expect(code).toContain(`def ${name ?? ''}(`);
  });
});
