/** Lock statistics are what a reader with a pencil would count. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Judge } from '../check/judge.ts';
import { SIMULATED } from '../check/sources.ts';
import { FACTS } from '../check/testing/judged.ts';
import { BTC, ETH, HEARTBEAT, TraceBuilder, XAU } from '../check/testing/trace-builder.ts';
import { ObjectId } from '../trace/event.ts';
import { type LockStats, LockStatsFold } from './lock-stats.ts';

const SEED = 127;

function statsOf(trace: TraceBuilder): LockStats {
  const fold = new LockStatsFold();
  const judge = new Judge(SIMULATED, FACTS, [], [fold]);
  for (const segment of trace.segments()) judge.read(segment);
  return fold.finish({ timeUs: trace.nowUs, complete: true }, judge.book);
}

describe('lock statistics', () => {
  it('measure waits from request to grant and holds from enter to exit, a symbol and in all', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).at(1).by(ETH).request(2).at(5);
    const stats = statsOf(trace.by(BTC).giveBack(1).by(ETH).grant(2).enter(2).at(8).giveBack(2));
    expect(stats).toMatchObject({ acquires: 2, releases: 2, maxHolders: 1, overlaps: 0 });
    expect(stats.heldUs).toBe(8_000);
    expect(stats.waitUs).toEqual({ samples: 2, p50: 0, p95: 4_000, p99: 4_000, max: 4_000 });
    expect(stats.holdUs).toMatchObject({ samples: 2, p50: 3_000, max: 5_000 });
    expect(stats.perSymbol.map(({ symbol, acquires }) => [symbol, acquires])).toEqual([
      [BTC, 1],
      [ETH, 1],
    ]);
    expect(stats.perSymbol[1]?.waitUs).toMatchObject({ samples: 1, max: 4_000 });
  });

  it('leave no wait out: neither time-outs nor those that last to the end', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).at(1).by(ETH).request(2).by(XAU).request(3);
    const { waitUs } = statsOf(trace.at(4).by(ETH).timeout(2).at(9));
    expect(waitUs).toMatchObject({ samples: 3, p50: 3_000, max: 8_000 });
  });

  it('count who is inside at once, whatever the lock says', () => {
    const trace = new TraceBuilder().by(BTC).enter(1).by(ETH).enter(2).by(XAU).enter(3).exit(3);
    expect(statsOf(trace)).toMatchObject({ maxHolders: 3, overlaps: 2, acquires: 3, releases: 1 });
  });

  it('count who stood in line, and not who was let in at once', () => {
    const alone = new TraceBuilder().by(BTC).acquire(1).giveBack(1);
    expect(statsOf(alone).queueDepthMax).toBe(0);
    const two = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).by(XAU).request(3);
    expect(statsOf(two).queueDepthMax).toBe(2);
    const lone = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).by(BTC).giveBack(1);
    expect(statsOf(lone.by(ETH).grant(2).release(2)).queueDepthMax).toBe(1);
  });

  it('count how often anybody was overtaken, and one waiter at most', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1).by(ETH).request(2).by(XAU).request(3);
    trace.by(BTC).giveBack(1).request(4).grant(4).release(4).by(XAU).grant(3).release(3);
    expect(statsOf(trace.by(ETH).grant(2))).toMatchObject({ bypassMax: 2, bypassTotal: 3 });
  });

  it('are of the gateway’s socket alone', () => {
    const trace = new TraceBuilder().by(BTC).acquire(1, ObjectId.aggregator);
    expect(statsOf(trace)).toMatchObject({ acquires: 0, maxHolders: 0 });
  });

  it('count tasks of no symbol in all, and list none for them', () => {
    const stats = statsOf(new TraceBuilder().by(HEARTBEAT).acquire(1).at(2).giveBack(1));
    expect(stats).toMatchObject({ acquires: 1, heldUs: 2_000, perSymbol: [] });
    expect(stats.holdUs.samples).toBe(1);
  });

  it('add up over the symbols', () => {
    const holds = fc.array(fc.tuple(fc.nat(2), fc.nat(20)), { maxLength: 60 });
    fc.assert(
      fc.property(holds, (played) => {
        const trace = new TraceBuilder();
        let ms = 0;
        played.forEach(([symbol, length], hold) => {
          trace.at(ms).by(symbol).acquire(hold);
          ms += length;
          trace.at(ms).giveBack(hold);
        });
        const stats = statsOf(trace);
        expect(stats.heldUs).toBe(ms * 1_000);
        expect(stats.holdUs.samples).toBe(played.length);
        const acquires = stats.perSymbol.reduce((sum, one) => sum + one.acquires, 0);
        expect(acquires).toBe(played.length);
        expect(stats.holdUs.max).toBe(Math.max(0, ...played.map(([, length]) => length * 1_000)));
      }),
      { seed: SEED },
    );
  });
});
